//! A field of a form: label above, help and error below.

use maud::{Markup, html};

use crate::icons::{Icon, icon};

/// A field whose value somebody types.
#[derive(Debug, Clone, Default)]
pub(crate) struct Field<'a> {
    /// Its id and its name.
    pub(crate) name: &'a str,
    /// What stands above it.
    pub(crate) label: &'a str,
    /// The type of the input; `text` when empty.
    pub(crate) kind: &'a str,
    /// What a password manager may fill in.
    pub(crate) autocomplete: &'a str,
    /// What it holds.
    pub(crate) value: &'a str,
    /// Least length, where there is one.
    pub(crate) min_length: Option<usize>,
    /// What stands below it.
    pub(crate) help: &'a str,
    /// What is wrong with its value.
    pub(crate) error: Option<&'a str>,
}

impl Field<'_> {
    /// A field that has to be filled in.
    pub(crate) fn required(&self) -> Markup {
        let kind = if self.kind.is_empty() { "text" } else { self.kind };
        let described = described_by(self.name, !self.help.is_empty(), self.error.is_some());
        html! {
            div.field data-error[self.error.is_some()] {
                label for=(self.name) { (self.label) }
                input id=(self.name) name=(self.name) type=(kind) autocomplete=(self.autocomplete) required
                    value=[Some(self.value).filter(|value| !value.is_empty())] minlength=[self.min_length]
                    aria-invalid=[self.error.map(|_| "true")] aria-describedby=[described];
                (error(self.name, self.error))
                @if !self.help.is_empty() { p.field__help id={ (self.name) "-h" } { (self.help) } }
            }
        }
    }
}

/// The ids of what describes a field.
fn described_by(name: &str, has_help: bool, has_error: bool) -> Option<String> {
    let ids = [has_error.then(|| format!("{name}-e")), has_help.then(|| format!("{name}-h"))];
    let ids: Vec<String> = ids.into_iter().flatten().collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// The error below a field.
pub(crate) fn error(name: &str, text: Option<&str>) -> Markup {
    html! {
        @if let Some(text) = text { p.field__error id={ (name) "-e" } { (icon(Icon::Warn)) (text) } }
    }
}

/// What is wrong with a form that came back, above it.
pub(crate) fn summary(lead: &str, link: Option<(&str, &str)>, rest: &str) -> Markup {
    html! {
        div.notice data-kind="danger" role="alert" {
            (icon(Icon::Warn))
            div { p {
                b { (lead) }
                @if let Some((field, text)) = link { " " a href={ "#" (field) } { (text) } "." }
                @if !rest.is_empty() { " " (rest) }
            } }
        }
    }
}

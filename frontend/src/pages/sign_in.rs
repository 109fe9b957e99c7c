//! Signing in.

use axum::response::Response;
use maud::{Markup, Render, html};
use serde::Deserialize;
use todo_service::extract::Query;

use crate::icons::mark;
use crate::parts::document::Document;
use crate::parts::field::{Field, summary};

/// The sign-in form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SignIn {
    /// Where to go afterwards: a local path.
    pub(crate) next: String,
    /// The address that was typed.
    pub(crate) email: String,
    /// Why it was refused.
    pub(crate) error: Option<String>,
}

/// What the address of the form says.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    next: String,
}

/// `GET /sign-in`.
pub(crate) async fn show(Query(asked): Query<Asked>) -> Response {
    super::private(SignIn { next: local(&asked.next), ..SignIn::default() }.render())
}

/// The path of a page of ours; Today for everything else, so that no link can lead from the form to another site.
pub(crate) fn local(next: &str) -> String {
    let is_local = next.starts_with('/')
        && !next[1..].starts_with(['/', '\\'])
        && !next.contains(char::is_control);
    if is_local { next.to_owned() } else { "/today".to_owned() }
}

impl Render for SignIn {
    fn render(&self) -> Markup {
        let next = Some(&self.next).filter(|next| !next.is_empty() && *next != "/today");
        let inner = html! {
            h1 { "Welcome back" }
            @if let Some(error) = &self.error { (summary(error, None, "")) }
            @else if next.is_some() { p.lead { "Sign in to go on." } }
            form.stack method="post" action="/sign-in" {
                input type="hidden" name="next" value=(self.next);
                (Field { name: "email", label: "Email", kind: "email", autocomplete: "username", value: &self.email, ..Field::default() }.required())
                (Field { name: "password", label: "Password", kind: "password", autocomplete: "current-password", ..Field::default() }.required())
                label.tick { input type="checkbox" name="remember" value="true" checked; span { "Keep me signed in on this device" } }
                button.btn.btn--main.btn--block { "Sign in" }
            }
        };
        card("Sign in", &inner, &html! { "New here? " a href="/sign-up" { "Create an account" } })
    }
}

/// A page that is one card with a stub.
pub(crate) fn card(title: &str, inner: &Markup, stub: &Markup) -> Markup {
    let body = html! {
        main.card-page {
            a.brand.brand--big href="/" { (mark()) span { "Todo Chatbot" } }
            div.card {
                div.card__in { (inner) }
                div.card__stub { p { (stub) } }
            }
        }
    };
    Document { title, class: "plain", settings: None, body }.render()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_local_paths_are_followed() {
        assert_eq!(local("/tags/home?task=3"), "/tags/home?task=3");
        for bad in ["", "https://evil.example", "//evil.example", "/\\evil.example", "/a\r\nb"] {
            assert_eq!(local(bad), "/today", "{bad:?}");
        }
    }
}

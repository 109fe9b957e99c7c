//! How days and pages look to somebody, and their account.

use jiff::tz;
use maud::{Markup, Render, html};
use todo_api::terms::{Theme, WeekStart};

use super::load;
use crate::address::Address;
use crate::failure::Failure;
use crate::icons::{Icon, icon};
use crate::parts::field;
use crate::parts::frame::{Draft, Frame};
use crate::parts::page_head::page_head;
use crate::parts::shell;
use crate::session::Visitor;

/// Ways of writing dates and times.
const LOCALES: [(&str, &str); 6] = [
    ("en", "English"),
    ("en-GB", "English (United Kingdom)"),
    ("en-US", "English (United States)"),
    ("en-AU", "English (Australia)"),
    ("en-IN", "English (India)"),
    ("en-PK", "English (Pakistan)"),
];

/// The settings.
pub(crate) struct SettingsPage {
    pub(crate) frame: Frame,
}

impl SettingsPage {
    pub(crate) async fn load(
        visitor: &Visitor,
        at: Address,
        draft: Draft,
    ) -> Result<Self, Failure> {
        Ok(Self { frame: load::frame(visitor, at, draft).await? })
    }

    fn error_of(&self, field: &str) -> Option<&str> {
        match &self.frame.draft {
            Draft::Settings { field: wrong, error } if wrong == field => Some(error),
            _ => None,
        }
    }

    fn general(&self) -> Markup {
        let (settings, words) = (&self.frame.screen.settings, &self.frame.words);
        html! {
            // A new theme is an attribute of the whole document, so this form asks for a whole page.
            form.stack method="post" action="/settings" data-plain {
                @if let Draft::Settings { error, .. } = &self.frame.draft { (field::summary("One thing to mend:", None, error)) }
                div.fields {
                    (self.time_zone())
                    div.field {
                        label for="locale" { "Language and region" }
                        select #locale name="locale" aria-describedby="locale-h" {
                            @for (value, label) in LOCALES { option value=(value) selected[value == settings.locale] { (label) } }
                            @if !LOCALES.iter().any(|(value, _)| *value == settings.locale) {
                                option value=(settings.locale) selected { (settings.locale) }
                            }
                        }
                        p.field__help #locale-h { "Now it is " (words.long_day(words.today())) ", " (words.time(words.now().time())) "." }
                    }
                    div.field {
                        label for="week" { "Week starts on" }
                        select #week name="week_start" {
                            @for (start, value, label) in [(WeekStart::Monday, "monday", "Monday"), (WeekStart::Sunday, "sunday", "Sunday"), (WeekStart::Saturday, "saturday", "Saturday")] {
                                option value=(value) selected[start == settings.week_start] { (label) }
                            }
                        }
                    }
                }
                fieldset.field {
                    legend { "Theme" }
                    div.segments {
                        @for (theme, value, label) in [(Theme::System, "system", "As the device"), (Theme::Light, "light", "Light"), (Theme::Dark, "dark", "Dark")] {
                            label { input type="radio" name="theme" value=(value) checked[theme == settings.theme]; (label) }
                        }
                    }
                }
                label.switch {
                    input type="checkbox" role="switch" name="shortcuts" value="true" checked[settings.shortcuts];
                    span { b { "Single-key shortcuts" } span.field__help { "A adds, C goes to the chat, / searches." } }
                }
                div.stack__do { button.btn.btn--main { "Save" } }
            }
        }
    }

    fn time_zone(&self) -> Markup {
        let words = &self.frame.words;
        let current = self.frame.screen.settings.timezone.as_str();
        let mut zones: Vec<String> = tz::db()
            .available()
            .map(|name| name.to_string())
            .filter(|name| is_place(name))
            .collect();
        zones.sort_unstable();
        let error = self.error_of("timezone");
        html! {
            div.field data-error[error.is_some()] {
                label for="tz" { "Time zone" }
                select #tz name="timezone" aria-describedby="tz-h" {
                    @if !zones.iter().any(|zone| zone == current) { option value=(current) selected { (current) } }
                    @for zone in &zones { option selected[zone == current] { (zone) } }
                }
                (field::error("timezone", error))
                p.field__help #tz-h {
                    "It is " (words.time(words.now().time())) " on " (words.today().strftime("%A")) " there now."
                    @if current == "UTC" { " Choose your own, so that “tomorrow” is your tomorrow." }
                }
            }
        }
    }
}

/// Names of places, as people know their zone, and UTC; not the old names and offsets that the database also has.
fn is_place(name: &str) -> bool {
    const REGIONS: [&str; 10] = [
        "Africa/",
        "America/",
        "Antarctica/",
        "Arctic/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    ];
    name == "UTC" || REGIONS.iter().any(|region| name.starts_with(region))
}

fn panel(id: &str, title: &str, below: &str, body: &Markup) -> Markup {
    let heading = format!("{id}-t");
    html! {
        section.panel id=(id) aria-labelledby=(heading) {
            div.panel__head { h2 id=(heading) { (title) } p { (below) } }
            div.panel__body { (body) }
        }
    }
}

impl Render for SettingsPage {
    fn render(&self) -> Markup {
        let user = &self.frame.screen.user;
        let account = html! {
            ul.rows role="list" {
                li.row {
                    (icon(Icon::Person))
                    div { p { bdi { (user.name) } } p.change__sub { bdi { (user.email) } } }
                }
            }
        };
        let sessions = html! {
            ul.rows role="list" {
                li.row {
                    (icon(Icon::Laptop))
                    div { p { "This device" } p.change__sub { "Signed in as " bdi { (user.email) } } }
                    form method="post" action="/sign-out" { button.btn.btn--soft { "Sign out" } }
                }
            }
        };
        let main = html! {
            (page_head("Settings", &[html! { bdi { (user.email) } }], &html! {}))
            nav.jump aria-label="On this page" {
                ul role="list" {
                    li { a href="#general" { "General" } }
                    li { a href="#account" { "Account" } }
                    li { a href="#sessions" { "Sessions" } }
                }
            }
            (panel("general", "General", "How days and pages look to you.", &self.general()))
            (panel("account", "Account", "Who you are here.", &account))
            (panel("sessions", "Sessions", "Where you are signed in.", &sessions))
        };
        shell::page(&self.frame, "Settings", &main)
    }
}

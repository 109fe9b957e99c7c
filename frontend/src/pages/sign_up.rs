//! Creating an account.

use axum::response::Response;
use maud::{Markup, Render, html};

use super::sign_in::card;
use crate::parts::field::{Field, summary};

/// The shortest password that is accepted.
pub(crate) const SHORTEST_PASSWORD: usize = 8;

/// The sign-up form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SignUp {
    /// The name that was typed.
    pub(crate) name: String,
    /// The address that was typed.
    pub(crate) email: String,
    /// The field that was refused (empty: the whole), in a few words and as a sentence.
    pub(crate) error: Option<Refusal>,
}

/// Why an account was not made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The field, or nothing.
    pub(crate) field: &'static str,
    /// In a few words, for the link to the field.
    pub(crate) short: String,
    /// As a sentence, for below the field.
    pub(crate) sentence: String,
}

/// `GET /sign-up`.
pub(crate) async fn show() -> Response {
    super::private(SignUp::default().render())
}

impl SignUp {
    fn error_of(&self, field: &str) -> Option<&str> {
        self.error
            .as_ref()
            .filter(|error| error.field == field)
            .map(|error| error.sentence.as_str())
    }
}

impl Render for SignUp {
    fn render(&self) -> Markup {
        let inner = html! {
            h1 { "Create an account" }
            @if let Some(error) = &self.error {
                @if error.field.is_empty() { (summary(&error.sentence, None, "")) }
                @else { (summary("One thing to mend:", Some((error.field, &error.short)), "")) }
            }
            form.stack method="post" action="/sign-up" {
                // Filled in by a script; without one the zone is UTC until it is chosen in the settings.
                input type="hidden" name="timezone" autocomplete="off";
                (Field { name: "name", label: "Name", autocomplete: "name", value: &self.name, error: self.error_of("name"), ..Field::default() }.required())
                (Field { name: "email", label: "Email", kind: "email", autocomplete: "username", value: &self.email, error: self.error_of("email"), ..Field::default() }.required())
                (Field {
                    name: "password",
                    label: "Password",
                    kind: "password",
                    autocomplete: "new-password",
                    min_length: Some(SHORTEST_PASSWORD),
                    help: "A few words that belong together are easy to remember.",
                    error: self.error_of("password"),
                    ..Field::default()
                }.required())
                button.btn.btn--main.btn--block { "Create account" }
            }
        };
        card(
            "Create an account",
            &inner,
            &html! { "Already have one? " a href="/sign-in" { "Sign in" } },
        )
    }
}

//! Values that nobody may see: known once, hidden in everything that is shown or written.

use std::sync::{Arc, PoisonError, RwLock};

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// What is shown in place of a secret.
const HIDDEN: &str = "[hidden]";

/// Shorter texts would blot out ordinary words.
const SHORTEST: usize = 6;

/// Variables of our environment that hold secrets. No program that we start needs them.
pub(crate) const VARIABLES: [&str; 4] =
    ["DATABASE_URL", "DATABASE_DIRECT_URL", "BETTER_AUTH_SECRET", "OPENAI_API_KEY"];

/// The secret values of this run, in every form in which a program may print them.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Arc<RwLock<Vec<String>>>);

impl Secrets {
    /// From now on `value` is hidden, also as base64, and the password inside it when it is a URL.
    pub(crate) fn remember(&self, value: &str) {
        let mut forms = vec![value.to_owned()];
        if let Ok(url) = url::Url::parse(value)
            && let Some(password) = url.password()
        {
            forms.push(password.to_owned());
            forms.push(
                percent_encoding::percent_decode_str(password).decode_utf8_lossy().into_owned(),
            );
        }

        let encoded: Vec<_> = forms.iter().map(|form| STANDARD.encode(form)).collect();
        forms.extend(encoded);

        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.extend(forms.into_iter().filter(|form| form.len() >= SHORTEST));
        // The longest first: a password alone must not break up the URL that contains it.
        known.sort_by_key(|form| std::cmp::Reverse(form.len()));
        known.dedup();
    }

    /// `text` without any secret.
    pub(crate) fn clean(&self, text: &str) -> String {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        known.iter().fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), HIDDEN))
    }

    /// Whether a secret is in `text`.
    pub(crate) fn in_text(&self, text: &str) -> bool {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        known.iter().any(|secret| text.contains(secret.as_str()))
    }
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets([hidden])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_url_is_hidden_whole_and_its_password_alone() {
        let secrets = Secrets::default();
        secrets.remember("postgresql://app:s3cr%40t-word@db.example/todo");

        let shown = secrets.clean(
            "at postgresql://app:s3cr%40t-word@db.example/todo, password s3cr@t-word or s3cr%40t-word",
        );

        assert_eq!(shown, "at [hidden], password [hidden] or [hidden]");
    }

    #[test]
    fn the_encoded_form_that_kubectl_prints_is_hidden_too() {
        let secrets = Secrets::default();
        secrets.remember("correct horse battery");

        let encoded = STANDARD.encode("correct horse battery");

        assert!(secrets.in_text(&encoded));
        assert_eq!(secrets.clean(&format!("data: {encoded}")), "data: [hidden]");
    }

    #[test]
    fn a_very_short_value_does_not_blot_out_words() {
        let secrets = Secrets::default();
        secrets.remember("pod");

        assert_eq!(secrets.clean("the pod is ready"), "the pod is ready");
    }
}

//! Text that must never be shown.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// A secret setting. Prints as `[redacted]`; [`Secret::expose`] is the only way to its text.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// What is shown in place of a secret.
    pub const REDACTED: &'static str = "[redacted]";

    /// Takes text into custody.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one place that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl FromStr for Secret {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self::new(text))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::REDACTED)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::REDACTED)
    }
}

/// `text` with the password of a URL replaced, and unchanged when there is none.
pub(super) fn without_password(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let Some((user_info, _)) = authority.rsplit_once('@') else { return text.to_owned() };
    let user = user_info.split(':').next().unwrap_or_default();
    format!("{scheme}://{user}:{}{}", Secret::REDACTED, &rest[user_info.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_prints_as_redacted() {
        let secret = Secret::new("hunter2");

        assert_eq!(format!("{secret} {secret:?}"), "[redacted] [redacted]");
        assert_eq!(secret.expose(), "hunter2");
    }

    #[test]
    fn only_the_password_of_a_url_is_hidden() {
        assert_eq!(
            without_password("postgresql://app:p@ss@db:5432/todo?sslmode=require"),
            "postgresql://app:[redacted]@db:5432/todo?sslmode=require"
        );
        assert_eq!(without_password("sqlite://todo.db"), "sqlite://todo.db");
        assert_eq!(without_password("plain"), "plain");
    }
}

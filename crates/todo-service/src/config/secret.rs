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

/// `text` with the passwords of a URL replaced, in both places where it may have one, and unchanged when there is none.
pub(super) fn without_password(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let (address, query) = match rest.split_once('?') {
        Some((address, query)) => (address, Some(query)),
        None => (rest, None),
    };
    let authority = &address[..address.find(['/', '#']).unwrap_or(address.len())];
    let shown = match authority.rsplit_once('@') {
        Some((user_info, _)) => {
            let user = user_info.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}:{}{}", Secret::REDACTED, &address[user_info.len()..])
        }
        None => format!("{scheme}://{address}"),
    };
    let Some(query) = query else { return shown };
    let parameters = query.split('&').map(|parameter| match parameter.split_once('=') {
        Some((name @ ("password" | "sslpassword"), _)) => format!("{name}={}", Secret::REDACTED),
        _ => parameter.to_owned(),
    });
    format!("{shown}?{}", parameters.collect::<Vec<_>>().join("&"))
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
        assert_eq!(
            without_password("postgresql://db/todo?user=app&password=p@ss&sslmode=require"),
            "postgresql://db/todo?user=app&password=[redacted]&sslmode=require"
        );
        assert_eq!(without_password("sqlite://todo.db"), "sqlite://todo.db");
        assert_eq!(without_password("plain"), "plain");
    }
}

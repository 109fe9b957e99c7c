//! What people want to be called.

use std::str::FromStr;

/// A name of 1 to 100 characters without control characters, trimmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// The most characters of a name.
    pub const MAX: usize = 100;

    /// The name itself.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// Why a text cannot be a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadName {
    /// Nothing but blanks.
    #[error("Too small: expected string to have >=1 characters")]
    Empty,
    /// More than [`Name::MAX`] characters.
    #[error("Too big: expected string to have <={max} characters", max = Name::MAX)]
    TooLong,
    /// A character that cannot be shown.
    #[error("Invalid string: must not contain control characters")]
    Control,
}

impl FromStr for Name {
    type Err = BadName;

    fn from_str(text: &str) -> Result<Self, BadName> {
        let name = text.trim();
        if name.is_empty() {
            return Err(BadName::Empty);
        }
        if name.chars().count() > Self::MAX {
            return Err(BadName::TooLong);
        }
        if name.chars().any(char::is_control) {
            return Err(BadName::Control);
        }
        Ok(Self(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_trimmed_and_counted_in_characters() {
        assert_eq!(" Ann ".parse::<Name>().map(Name::into_string), Ok("Ann".into()));
        assert!("é".repeat(100).parse::<Name>().is_ok());
        assert_eq!("é".repeat(101).parse::<Name>(), Err(BadName::TooLong));
    }

    #[test]
    fn what_cannot_be_shown_is_no_name() {
        assert_eq!("".parse::<Name>(), Err(BadName::Empty));
        assert_eq!(" \u{3000}".parse::<Name>(), Err(BadName::Empty));
        assert_eq!("A\0B".parse::<Name>(), Err(BadName::Control));
        assert_eq!("A\nB".parse::<Name>(), Err(BadName::Control));
    }
}

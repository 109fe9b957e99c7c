use std::fmt;

use serde::{Deserialize, Serialize};

use super::Invalid;

/// What is to be done: 1 to 200 characters on one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Title(String);

impl Title {
    /// The longest title, in Unicode scalar values.
    pub const MAX: usize = 200;

    /// Trims, folds white space into single blanks, and checks the length.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if text.contains('\0') {
            return Err(Invalid::new("title", "a title cannot contain the NUL character"));
        }
        let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = folded.chars().count();
        if length == 0 || length > Self::MAX {
            let message =
                format!("a title needs 1 to {} characters, this one has {length}", Self::MAX);
            return Err(Invalid::new("title", message));
        }
        Ok(Self(folded))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Title {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_folded() {
        assert_eq!(Title::parse("  buy \n\t milk ").unwrap().as_str(), "buy milk");
    }

    #[test]
    fn two_hundred_characters_fit_and_one_more_does_not() {
        assert!(Title::parse(&"ü".repeat(200)).is_ok());
        assert_eq!(Title::parse(&"ü".repeat(201)).unwrap_err().field, "title");
    }

    #[test]
    fn a_title_that_is_only_white_space_is_refused() {
        assert!(Title::parse(" \u{a0}\n").is_err());
    }
}

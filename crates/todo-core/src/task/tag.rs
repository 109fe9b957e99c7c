use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::Invalid;

/// A tag: lower case, 1 to 50 characters, letters, digits, `-`, `_` and `/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tag(String);

impl Tag {
    /// The longest tag, in Unicode scalar values.
    pub const MAX: usize = 50;

    /// Drops a leading `#`, lowers the case, turns inner blanks into `-`, and checks the rest.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        let text = text.strip_prefix('#').unwrap_or(text);
        let name: String =
            text.split_whitespace().collect::<Vec<_>>().join("-").to_lowercase().nfc().collect();
        let length = name.chars().count();
        if length == 0 || length > Self::MAX {
            let message =
                format!("a tag needs 1 to {} characters, this one has {length}", Self::MAX);
            return Err(Invalid::new("tags", message));
        }
        match name.chars().find(|c| !Self::allows(*c)) {
            Some(c) => Err(Invalid::new(
                "tags",
                format!("a tag has letters, digits, -, _ and /, not {c:?}"),
            )),
            None => Ok(Self(name)),
        }
    }

    /// Whether a tag may contain this character. Marks belong to the letters of many scripts.
    pub fn allows(c: char) -> bool {
        c.is_alphanumeric() || matches!(c, '-' | '_' | '/') || (!c.is_ascii() && is_mark(c))
    }

    /// The name, without `#`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}')
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The most tags that one task may have.
const MOST: usize = 20;

/// Parses the tags of one task: doubles fall away, the order stays.
pub fn tags<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> Result<Vec<Tag>, Invalid> {
    let mut tags = Vec::new();
    for name in names {
        let tag = Tag::parse(name.as_ref())?;
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    if tags.len() > MOST {
        return Err(Invalid::new(
            "tags",
            format!("a task has at most {MOST} tags, not {}", tags.len()),
        ));
    }
    Ok(tags)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_hash_and_blanks_do_not_matter() {
        assert_eq!(Tag::parse(" #Deep Work ").unwrap().as_str(), "deep-work");
        assert_eq!(tags(["Home", "#home"]).unwrap().len(), 1);
    }

    #[test]
    fn what_would_break_a_query_or_a_link_is_refused() {
        for text in ["", "#", "a,b", "a\0b", "<b>", "a#b", &"x".repeat(51)] {
            assert!(Tag::parse(text).is_err(), "{text:?}");
        }
    }
}

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Invalid;

/// More about a task: 1 to 1000 characters, lines allowed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Description(String);

impl Description {
    /// The longest description, in Unicode scalar values.
    pub const MAX: usize = 1000;

    /// Trims and checks the length; blank text is no description.
    pub fn parse(text: &str) -> Result<Option<Self>, Invalid> {
        if text.contains('\0') {
            return Err(Invalid::new(
                "description",
                "a description cannot contain the NUL character",
            ));
        }
        let text = text.trim().replace("\r\n", "\n");
        let length = text.chars().count();
        if length > Self::MAX {
            let message = format!(
                "a description has at most {} characters, this one has {length}",
                Self::MAX
            );
            return Err(Invalid::new("description", message));
        }
        Ok((length > 0).then_some(Self(text)))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Description {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

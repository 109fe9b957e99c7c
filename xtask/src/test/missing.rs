//! A prerequisite that this machine does not have: no fault of the sources.

use std::fmt;

/// Why a step cannot run here, in words for its user: "no PostgreSQL server programs: install postgresql".
#[derive(Debug, Clone)]
pub(crate) struct Missing(pub(crate) String);

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Missing {}

/// An error that says what is missing.
pub(crate) fn missing(what: impl Into<String>) -> anyhow::Error {
    Missing(what.into()).into()
}

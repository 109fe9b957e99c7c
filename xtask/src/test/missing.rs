//! A prerequisite that this machine does not have: no fault of the sources.

use std::fmt;

/// Why a step cannot run here.
#[derive(Debug, Clone)]
pub(crate) struct Missing {
    /// In words for its user: "no PostgreSQL server programs: install postgresql".
    what: String,
    /// Whether a machine may go without, also when nothing else may be missing.
    pub(crate) excused: bool,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Missing {}

/// An error that says what is missing.
pub(crate) fn missing(what: impl Into<String>) -> anyhow::Error {
    Missing { what: what.into(), excused: false }.into()
}

/// The same of something that not every machine can have, such as a container engine.
pub(crate) fn excused(what: impl Into<String>) -> anyhow::Error {
    Missing { what: what.into(), excused: true }.into()
}

//! Why a database is not fit for use.

use std::{error::Error, fmt};

use todo_core::StoreError;

/// What [`Database::check`](crate::Database::check) found wrong.
#[derive(Debug)]
pub enum NotReady {
    /// It does not answer.
    Store(StoreError),
    /// It answers, and tables are missing.
    NotMigrated,
}

impl fmt::Display for NotReady {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::NotMigrated => f.write_str("the database is not migrated"),
        }
    }
}

impl Error for NotReady {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Store(error) => error.source(),
            Self::NotMigrated => None,
        }
    }
}

impl From<StoreError> for NotReady {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

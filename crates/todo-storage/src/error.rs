//! What the errors of the drivers mean for those who asked.

use sea_orm::{DbErr, RuntimeErr};
use todo_core::StoreError;

/// What kind of failure it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The connection is gone. What was running may or may not have happened.
    Lost,
    /// No connection was free in time, or the server takes no more: connections, memory or disk are used up.
    Busy,
    /// The database took the work back, because of somebody else's. It had no effect.
    Conflict,
    /// Data or code are wrong.
    Broken,
}

/// Classifies an error of the ORM.
pub(crate) fn fault(error: &DbErr) -> Fault {
    match error {
        DbErr::ConnectionAcquire(_) => Fault::Busy,
        DbErr::Conn(RuntimeErr::SqlxError(cause))
        | DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause)) => driver_fault(cause),
        _ => Fault::Broken,
    }
}

/// Classifies an error of the driver.
pub(crate) fn driver_fault(error: &sqlx::Error) -> Fault {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::WorkerCrashed => Fault::Lost,
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => Fault::Busy,
        // What a connection says that was cut in the middle of an answer.
        sqlx::Error::Protocol(_) => Fault::Lost,
        sqlx::Error::Database(cause) => {
            cause.code().map_or(Fault::Broken, |code| code_fault(&code))
        }
        _ => Fault::Broken,
    }
}

/// SQLSTATE of PostgreSQL, or the extended result code of SQLite.
fn code_fault(code: &str) -> Fault {
    match code {
        // Shut down by an administrator, crashed, starting up; and the whole class of connection failures.
        "57P01" | "57P02" | "57P03" => Fault::Lost,
        _ if code.len() == 5 && code.starts_with("08") => Fault::Lost,
        // The class of what is used up: connections, memory, disk.
        _ if code.len() == 5 && code.starts_with("53") => Fault::Busy,
        // Serialization failure, deadlock.
        "40001" | "40P01" => Fault::Conflict,
        // SQLITE_BUSY and its kinds, SQLITE_LOCKED: another process holds the file. SQLITE_FULL: the disk is full.
        "5" | "261" | "517" | "773" | "6" | "262" | "13" => Fault::Busy,
        _ => Fault::Broken,
    }
}

/// The error that a store answers with.
pub(crate) fn store_error(error: DbErr) -> StoreError {
    match fault(&error) {
        Fault::Broken => StoreError::Broken(error.into()),
        Fault::Lost | Fault::Busy | Fault::Conflict => StoreError::Unavailable(error.into()),
    }
}

/// The same, for an error that came straight from the driver.
pub(crate) fn sqlx_error(error: sqlx::Error) -> StoreError {
    match driver_fault(&error) {
        Fault::Broken => StoreError::Broken(error.into()),
        Fault::Lost | Fault::Busy | Fault::Conflict => StoreError::Unavailable(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_say_whether_trying_again_may_help() {
        assert_eq!(code_fault("57P01"), Fault::Lost);
        assert_eq!(code_fault("08006"), Fault::Lost);
        assert_eq!(code_fault("40P01"), Fault::Conflict);
        assert_eq!(code_fault("517"), Fault::Busy);
        assert_eq!(code_fault("13"), Fault::Busy);
        assert_eq!(code_fault("53100"), Fault::Busy);
        assert_eq!(code_fault("23505"), Fault::Broken);
        assert_eq!(code_fault("8"), Fault::Broken);
    }
}

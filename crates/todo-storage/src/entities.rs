//! Tables that are read and written a row at a time.

pub(crate) mod session;
pub(crate) mod signing_key;
pub(crate) mod user;

use jiff::Timestamp;
use todo_core::StoreError;

/// An instant from the microseconds that it is stored as.
fn instant(micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(micros).map_err(StoreError::broken)
}

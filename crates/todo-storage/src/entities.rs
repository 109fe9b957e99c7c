//! Tables that are read and written a row at a time.

pub(crate) mod session;
pub(crate) mod signing_key;
pub(crate) mod user;

use jiff::Timestamp;
use sea_orm::{DatabaseConnection, DbErr, EntityTrait, Select};
use todo_core::StoreError;

/// Every row that is selected.
pub(crate) async fn all<E: EntityTrait>(
    find: Select<E>,
    on: DatabaseConnection,
) -> Result<Vec<E::Model>, DbErr> {
    find.all(&on).await
}

/// The first row that is selected.
pub(crate) async fn one<E: EntityTrait>(
    find: Select<E>,
    on: DatabaseConnection,
) -> Result<Option<E::Model>, DbErr> {
    find.one(&on).await
}

/// An instant from the microseconds that it is stored as.
fn instant(micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(micros).map_err(StoreError::broken)
}

//! The schema, step by step. A step that was released is never edited: old programs run while a new one migrates, so
//! every step only adds, and what it makes obsolete goes one release later.

mod m0001_start;

use std::collections::HashSet;

use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr};
use sea_orm_migration::{MigrationTrait, MigratorTrait};
use todo_core::StoreError;

use crate::{database::begin_writing, error::store_error, sql::Sql};

/// The steps in order.
struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m0001_start::Start)]
    }
}

/// Held while migrating, so that replicas that start at once do it one after the other. The number is the word "todo".
const LOCK: i64 = 0x746f_646f;

/// Applies the missing steps, all or none.
pub(crate) async fn up(connection: &DatabaseConnection) -> Result<(), StoreError> {
    let tx = locked(connection).await.map_err(store_error)?;
    // Asked under the lock. A database that is ahead of this program has nothing missing and is left alone.
    if !missing(&tx).await.map_err(store_error)?.is_empty() {
        Migrator::up(&tx, None).await.map_err(store_error)?;
    }
    tx.commit().await.map_err(store_error)
}

/// Takes every step back.
pub(crate) async fn down(connection: &DatabaseConnection) -> Result<(), StoreError> {
    let tx = locked(connection).await.map_err(store_error)?;
    Migrator::down(&tx, None).await.map_err(store_error)?;
    tx.commit().await.map_err(store_error)
}

/// Whether no step is missing.
pub(crate) async fn are_applied(on: &DatabaseConnection) -> Result<bool, DbErr> {
    Ok(missing(on).await?.is_empty())
}

async fn locked(connection: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let tx = begin_writing(connection).await?;
    if tx.get_database_backend() == DbBackend::Postgres {
        Sql::new("SELECT pg_advisory_xact_lock($1)", [LOCK.into()]).one(&tx).await?;
    }
    Ok(tx)
}

/// The names of the steps that this database has not seen.
async fn missing(on: &impl ConnectionTrait) -> Result<HashSet<String>, DbErr> {
    let table = match on.get_database_backend() {
        DbBackend::Postgres => "SELECT 1 WHERE to_regclass('seaql_migrations') IS NOT NULL",
        _ => "SELECT 1 FROM sqlite_master WHERE name = 'seaql_migrations'",
    };
    let mut missing: HashSet<_> =
        Migrator::migrations().iter().map(|step| step.name().to_owned()).collect();
    if Sql::new(table, []).one(on).await?.is_some() {
        for row in Sql::new("SELECT version FROM seaql_migrations", []).all(on).await? {
            missing.remove(&row.try_get_by_index::<String>(0)?);
        }
    }
    Ok(missing)
}

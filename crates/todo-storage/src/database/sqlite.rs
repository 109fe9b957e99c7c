//! The two pools of a SQLite file: one connection that writes, several that read.

use std::{path::Path, time::Duration};

use sea_orm::{DatabaseConnection, SqlxSqliteConnector};
use sqlx::{
    ConnectOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use todo_core::StoreError;

use crate::error::sqlx_error;

/// How long a write waits for its turn: behind the other writes of this process, and behind those of another one
/// (the terminal client on the same file).
const PATIENCE: Duration = Duration::from_secs(15);

/// How many rows a connection may be ahead of its reader: a whole page of a list, so that neither waits for the other.
const PAGE: usize = 256;

/// The pools that read and write. What was committed survives a loss of power: every commit is synced.
pub(super) async fn open(
    url: &str,
    max_readers: u32,
) -> Result<(DatabaseConnection, DatabaseConnection), StoreError> {
    let rest = url.strip_prefix("sqlite:").unwrap_or(url);
    let path = rest.strip_prefix("//").unwrap_or(rest).split('?').next().unwrap_or_default();
    if path == ":memory:" {
        let only = pool(SqliteConnectOptions::new().in_memory(true), 1).await?;
        return Ok((only.clone(), only));
    }
    create(Path::new(path)).map_err(StoreError::broken)?;
    let file = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(PATIENCE)
        .row_buffer_size(PAGE);
    let writer = pool(file.clone(), 1).await?;
    let reader = pool(file.pragma("query_only", "1"), max_readers).await?;
    Ok((reader, writer))
}

async fn pool(options: SqliteConnectOptions, size: u32) -> Result<DatabaseConnection, StoreError> {
    // Rows are deleted together with their owner in one transaction, so foreign keys would only cost look-ups.
    let options = options.foreign_keys(false).disable_statement_logging();
    let pool = SqlitePoolOptions::new()
        .max_connections(size)
        .min_connections(1)
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(options)
        .await
        .map_err(sqlx_error)?;
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
}

/// Makes the file when there is none, for its owner's eyes only: it holds hashes of passwords. SQLite gives the files
/// that it puts beside it the same permissions.
fn create(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

//! The two pools of a SQLite file: one connection that writes, several that read.

use std::{path::Path, time::Duration};

use sea_orm::{DatabaseConnection, SqlxSqliteConnector};
use sqlx::{
    ConnectOptions, Connection,
    sqlite::{
        SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions,
        SqliteSynchronous,
    },
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
        .before_acquire(|connection, _| Box::pin(is_outside_transaction(connection)))
        .connect_with(options)
        .await
        .map_err(sqlx_error)?;
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
}

/// Whether a transaction that begins on this connection is a transaction.
///
/// When the disk is full, SQLite ends a transaction by itself. The driver's own roll-back fails then, and it goes on
/// counting: everything that follows would be nested in a transaction that nobody commits. Such a connection is closed.
async fn is_outside_transaction(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    if connection.is_in_transaction() {
        // A roll-back that a drop began may be on its way. An answer comes after it.
        connection.ping().await?;
    }
    Ok(!connection.is_in_transaction())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{database::begin_writing, sql::Sql};

    #[tokio::test]
    async fn a_transaction_that_sqlite_ended_does_not_swallow_the_next_ones() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("todo.db").display());
        let (reader, writer) = open(&url, 1).await.unwrap();
        let run = |text: &'static str| Sql::new(text, []);
        run("CREATE TABLE things (body)").run(&writer).await.unwrap();

        let ended = begin_writing(&writer).await.unwrap();
        // What SQLite does by itself when the disk is full, without the driver's knowledge.
        run("ROLLBACK").run(&ended).await.unwrap();
        drop(ended);
        let abandoned = begin_writing(&writer).await.unwrap();
        run("INSERT INTO things VALUES ('abandoned')").run(&abandoned).await.unwrap();
        drop(abandoned);
        let kept = begin_writing(&writer).await.unwrap();
        run("INSERT INTO things VALUES ('kept')").run(&kept).await.unwrap();
        kept.commit().await.unwrap();

        let rows = run("SELECT body FROM things").all(&reader).await.unwrap();
        let bodies: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
        assert_eq!(bodies, ["kept"]);
    }
}

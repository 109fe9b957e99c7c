//! Connections: who opens them, who writes, and what happens when one breaks.

mod postgres;
mod sqlite;

use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, QueryResult, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use todo_core::StoreError;

use crate::{
    Options,
    error::{Fault, fault, store_error},
    migrations,
    sql::Sql,
};
use postgres::Trust;

/// A database with the stores of `todo-core`. Cheap to clone: clones share their connections.
#[derive(Clone)]
pub struct Database {
    /// Where statements that only read go.
    reader: DatabaseConnection,
    /// Where transactions are opened. On SQLite it has exactly one connection.
    writer: DatabaseConnection,
    /// The address that migrations use, if it is another one.
    direct_url: Option<String>,
    /// What is known about connections that lie idle.
    trust: Trust,
}

impl Database {
    /// Opens the database. Connections of PostgreSQL are made when they are needed, so a server that is down for a
    /// moment does not stop a start; a SQLite file is created when there is none.
    ///
    /// # Errors
    /// The address cannot be used, or the file cannot be opened.
    pub async fn connect(options: &Options) -> Result<Self, StoreError> {
        let is_postgres =
            ["postgresql://", "postgres://"].iter().any(|prefix| options.url.starts_with(prefix));
        if is_postgres {
            let trust = Trust::default();
            let pool = postgres::open(
                &options.url,
                options.max_connections,
                options.acquire_timeout,
                &trust,
            )?;
            let direct_url = options.direct_url.clone();
            return Ok(Self { reader: pool.clone(), writer: pool, direct_url, trust });
        }
        if options.url.starts_with("sqlite:") {
            let (reader, writer) = sqlite::open(&options.url, options.max_connections).await?;
            return Ok(Self { reader, writer, direct_url: None, trust: Trust::default() });
        }
        Err(StoreError::broken("a database address begins with sqlite:// or postgresql://"))
    }

    /// Applies the migrations that are missing. Safe when several processes start at once: one does it, the others wait.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        match &self.direct_url {
            None => migrations::up(&self.writer).await,
            Some(url) => {
                let direct = postgres::open(url, 1, postgres::PATIENT, &Trust::default())?;
                let migrated = migrations::up(&direct).await;
                direct.close().await.map_err(store_error)?;
                migrated
            }
        }
    }

    /// Takes back every migration, and with them all data. For tests of the migrations.
    pub async fn unmigrate(&self) -> Result<(), StoreError> {
        migrations::down(&self.writer).await
    }

    /// Whether the database answers and has every table that this program needs. A database that is ahead of this
    /// program is fine: the next release migrates first.
    pub async fn is_ready(&self) -> bool {
        migrations::are_applied(&self.reader).await.unwrap_or_else(|error| {
            tracing::debug!(%error, "the database is not ready");
            false
        })
    }

    /// Closes all connections. On SQLite this also folds the write-ahead log into the file.
    pub async fn close(&self) -> Result<(), StoreError> {
        self.reader.close_by_ref().await.map_err(store_error)?;
        self.writer.close_by_ref().await.map_err(store_error)
    }

    pub(crate) fn backend(&self) -> DbBackend {
        self.writer.get_database_backend()
    }

    /// Every row of a statement that only reads. Asked again once when the connection turns out to be dead.
    pub(crate) async fn all(&self, sql: &Sql) -> Result<Vec<QueryResult>, StoreError> {
        let rows = match sql.all(&self.reader).await {
            Err(error) if self.can_retry(&error) => sql.all(&self.reader).await,
            done => done,
        };
        rows.map_err(store_error)
    }

    /// The first row of a statement that only reads.
    pub(crate) async fn one(&self, sql: &Sql) -> Result<Option<QueryResult>, StoreError> {
        Ok(self.all(sql).await?.into_iter().next())
    }

    /// Runs one statement that writes, on its own, and says how many rows it touched. It is run again only if the
    /// database says that it had no effect.
    pub(crate) async fn run(&self, sql: &Sql) -> Result<u64, StoreError> {
        let done = match sql.run(&self.writer).await {
            Err(error) if matches!(fault(&error), Fault::Conflict) => sql.run(&self.writer).await,
            done => done,
        };
        done.map_err(store_error)
    }

    /// As [`Database::run`], for statements that return rows.
    pub(crate) async fn run_returning(&self, sql: &Sql) -> Result<Option<QueryResult>, StoreError> {
        let done = match sql.one(&self.writer).await {
            Err(error) if matches!(fault(&error), Fault::Conflict) => sql.one(&self.writer).await,
            done => done,
        };
        done.map_err(store_error)
    }

    /// Opens a transaction that will write. Nothing has happened yet, so a dead connection is simply replaced.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, StoreError> {
        let tx = match begin_writing(&self.writer).await {
            Err(error) if self.can_retry(&error) => begin_writing(&self.writer).await,
            done => done,
        };
        tx.map_err(store_error)
    }

    /// What to append to a `SELECT` inside a transaction, so that the row stays as it was read. A SQLite transaction is
    /// alone anyway.
    pub(crate) fn for_update(&self) -> &'static str {
        for_update(self.backend())
    }

    /// The connections that read, for queries that the ORM builds.
    pub(crate) fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// The connections that write, for single statements that the ORM builds.
    pub(crate) fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    fn can_retry(&self, error: &DbErr) -> bool {
        let fault = fault(error);
        if matches!(fault, Fault::Lost) {
            self.trust.lose();
        }
        matches!(fault, Fault::Lost | Fault::Conflict)
    }
}

/// See [`Database::for_update`].
pub(crate) fn for_update(backend: DbBackend) -> &'static str {
    if backend == DbBackend::Postgres { " FOR UPDATE" } else { "" }
}

/// A transaction that takes SQLite's write lock at once, so that it never has to give up half-way.
pub(crate) async fn begin_writing(
    connection: &DatabaseConnection,
) -> Result<DatabaseTransaction, DbErr> {
    let immediate = Some(SqliteTransactionMode::Immediate);
    connection
        .begin_with_options(TransactionOptions {
            sqlite_transaction_mode: immediate,
            ..Default::default()
        })
        .await
}

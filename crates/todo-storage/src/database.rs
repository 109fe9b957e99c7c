//! Connections: who opens them, who writes, and what happens when one breaks.

mod not_ready;
mod postgres;
mod reach;
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

pub use not_ready::NotReady;
pub use reach::Unreachable;

/// A database with the stores of `todo-core`. Cheap to clone: clones share their connections.
#[derive(Clone)]
pub struct Database {
    /// Where statements that only read go.
    reader: DatabaseConnection,
    /// Where transactions are opened. On SQLite it has exactly one connection.
    writer: DatabaseConnection,
    /// Where the server is migrated, without a pooler between; none for a file.
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
            let direct_url = options.direct_url.clone().or_else(|| Some(options.url.clone()));
            return Ok(Self { reader: pool.clone(), writer: pool, direct_url, trust });
        }
        if options.url.starts_with("sqlite:") {
            let (reader, writer) = sqlite::open(&options.url, options.max_connections).await?;
            return Ok(Self { reader, writer, direct_url: None, trust: Trust::default() });
        }
        Err(StoreError::broken("a database address begins with sqlite:// or postgresql://"))
    }

    /// Connects to where migrations run, once and without patience; a file is always there.
    ///
    /// # Errors
    /// The server does not let us in.
    pub async fn reach(&self) -> Result<(), Unreachable> {
        match &self.direct_url {
            None => Ok(()),
            Some(url) => reach::reach(url).await,
        }
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

    /// Looks whether the database answers and has every table that this program needs. A database that is ahead of this
    /// program is fine: the next release migrates first.
    ///
    /// # Errors
    /// It is not fit for use yet, or not at the moment.
    pub async fn check(&self) -> Result<(), NotReady> {
        let is_migrated = self.read(|on| async move { migrations::are_applied(&on).await }).await?;
        if is_migrated { Ok(()) } else { Err(NotReady::NotMigrated) }
    }

    /// Whether [`Database::check`] finds nothing wrong.
    pub async fn is_ready(&self) -> bool {
        self.check().await.is_ok()
    }

    /// Closes all connections. On SQLite this also folds the write-ahead log into the file.
    pub async fn close(&self) -> Result<(), StoreError> {
        self.reader.close_by_ref().await.map_err(store_error)?;
        self.writer.close_by_ref().await.map_err(store_error)
    }

    pub(crate) fn backend(&self) -> DbBackend {
        self.writer.get_database_backend()
    }

    /// Runs something that only reads. It is run again once when its connection turns out to be dead.
    pub(crate) async fn read<T, F>(
        &self,
        ask: impl Fn(DatabaseConnection) -> F,
    ) -> Result<T, StoreError>
    where
        F: Future<Output = Result<T, DbErr>>,
    {
        self.twice(&self.reader, ask).await
    }

    /// Runs one statement that writes, on its own. It must be one that may be run twice: when a connection breaks, nobody
    /// knows whether the statement was carried out.
    pub(crate) async fn write<T, F>(
        &self,
        statement: impl Fn(DatabaseConnection) -> F,
    ) -> Result<T, StoreError>
    where
        F: Future<Output = Result<T, DbErr>>,
    {
        self.twice(&self.writer, statement).await
    }

    /// Opens a transaction that will write. Nothing has happened yet, so a dead connection is simply replaced.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, StoreError> {
        self.write(|on| async move { begin_writing(&on).await }).await
    }

    /// Every row of a statement that only reads.
    pub(crate) async fn all(&self, sql: &Sql) -> Result<Vec<QueryResult>, StoreError> {
        self.read(|on| async move { sql.all(&on).await }).await
    }

    /// The first row of a statement that only reads.
    pub(crate) async fn one(&self, sql: &Sql) -> Result<Option<QueryResult>, StoreError> {
        self.read(|on| async move { sql.one(&on).await }).await
    }

    /// Runs a statement as [`Database::write`] does, and says how many rows it touched.
    pub(crate) async fn run(&self, sql: &Sql) -> Result<u64, StoreError> {
        self.write(|on| async move { sql.run(&on).await }).await
    }

    /// Runs a statement as [`Database::write`] does, and hands out the first row that it returns.
    pub(crate) async fn run_returning(&self, sql: &Sql) -> Result<Option<QueryResult>, StoreError> {
        self.write(|on| async move { sql.one(&on).await }).await
    }

    /// What to append to a `SELECT` inside a transaction, so that the row stays as it was read. A SQLite transaction is
    /// alone anyway.
    pub(crate) fn for_update(&self) -> &'static str {
        for_update(self.backend())
    }

    async fn twice<T, F>(
        &self,
        pool: &DatabaseConnection,
        work: impl Fn(DatabaseConnection) -> F,
    ) -> Result<T, StoreError>
    where
        F: Future<Output = Result<T, DbErr>>,
    {
        let done = match work(pool.clone()).await {
            Err(error) if self.can_retry(&error) => work(pool.clone()).await,
            done => done,
        };
        done.map_err(store_error)
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

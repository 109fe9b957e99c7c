//! A fresh database for each app.

use std::{
    env,
    sync::atomic::{AtomicU32, Ordering},
};

use sea_orm::ConnectionTrait as _;
use tempfile::TempDir;
use todo_storage::{Database, Options};

use crate::Gate;

/// The variable with the address of a PostgreSQL server on which databases may be made and dropped.
const SERVER: &str = "TEST_POSTGRES_URL";

/// A migrated database and where it lives.
pub(crate) struct Fresh {
    pub(crate) database: Database,
    home: Home,
}

enum Home {
    /// A file in a folder that goes away with this.
    Folder { _folder: TempDir },
    /// A database of its own on a server.
    Server(EmptyPostgres),
}

impl Fresh {
    pub(crate) async fn sqlite() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let url = format!("sqlite://{}", folder.path().join("todo.db").display());
        Self::open(&url, Home::Folder { _folder: folder }).await
    }

    /// `None` when there is no server.
    pub(crate) async fn postgres() -> Option<Self> {
        let empty = EmptyPostgres::create().await?;
        Some(Self::open(&empty.url(), Home::Server(empty)).await)
    }

    async fn open(url: &str, home: Home) -> Self {
        let database = Database::connect(&Options::new(url)).await.expect("a database");
        database.migrate().await.expect("the migrations run");
        Self { database, home }
    }

    pub(crate) async fn tear_down(self) {
        self.database.close().await.expect("the database closes");
        if let Home::Server(empty) = self.home {
            empty.tear_down().await;
        }
    }
}

/// A database without tables on the PostgreSQL server of `TEST_POSTGRES_URL`.
pub struct EmptyPostgres {
    admin: String,
    name: String,
}

impl EmptyPostgres {
    /// `None` when there is no server.
    ///
    /// # Panics
    /// The server makes no database.
    pub async fn create() -> Option<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(1);

        let admin = env::var(SERVER).ok()?;
        let name = format!("app_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        run(&admin, &format!("CREATE DATABASE {name} TEMPLATE template0")).await;
        Some(Self { admin, name })
    }

    /// Its address.
    pub fn url(&self) -> String {
        let (server, _) = self.admin.rsplit_once('/').expect("an address ends with a database");
        format!("{server}/{}", self.name)
    }

    /// Its address as it is seen through `gate`, with a password that nobody may ever print.
    ///
    /// # Panics
    /// `TEST_POSTGRES_URL` names no user and host.
    pub fn url_through(&self, gate: &Gate) -> String {
        let url = self.url();
        let (_, rest) = url.split_once("://").expect("an address has a scheme");
        let (user, _) = rest.split_once(['@', ':']).expect("an address has a user");
        format!("postgresql://{user}:{}@{}/{}", Gate::PASSWORD, gate.address(), self.name)
    }

    /// Where the server listens.
    ///
    /// # Panics
    /// `TEST_POSTGRES_URL` names no host and port.
    pub fn server(&self) -> String {
        let (_, rest) = self.admin.rsplit_once('@').expect("an address has a user");
        rest.split('/').next().expect("a split has a first part").to_owned()
    }

    /// Takes the database away, whoever is connected.
    ///
    /// # Panics
    /// The server does not do it.
    pub async fn tear_down(self) {
        run(&self.admin, &format!("DROP DATABASE {} WITH (FORCE)", self.name)).await;
    }
}

async fn run(url: &str, statement: &str) {
    let server = sea_orm::Database::connect(url).await.expect("the server answers");
    server.execute_unprepared(statement).await.expect("the statement runs");
    server.close().await.expect("the connection closes");
}

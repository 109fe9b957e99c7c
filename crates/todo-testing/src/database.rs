//! A fresh database for each app.

use std::{
    env,
    sync::atomic::{AtomicU32, Ordering},
};

use sea_orm::ConnectionTrait as _;
use tempfile::TempDir;
use todo_storage::{Database, Options};

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
    Server { admin: String, name: String },
}

impl Fresh {
    pub(crate) async fn sqlite() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let url = format!("sqlite://{}", folder.path().join("todo.db").display());
        Self::open(&url, Home::Folder { _folder: folder }).await
    }

    /// `None` when there is no server.
    pub(crate) async fn postgres() -> Option<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(1);

        let admin = env::var(SERVER).ok()?;
        let name = format!("app_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        run(&admin, &format!("CREATE DATABASE {name} TEMPLATE template0")).await;
        let (server, _) = admin.rsplit_once('/').expect("an address ends with a database");
        let url = format!("{server}/{name}");
        Some(Self::open(&url, Home::Server { admin, name }).await)
    }

    async fn open(url: &str, home: Home) -> Self {
        let database = Database::connect(&Options::new(url)).await.expect("a database");
        database.migrate().await.expect("the migrations run");
        Self { database, home }
    }

    pub(crate) async fn tear_down(self) {
        self.database.close().await.expect("the database closes");
        if let Home::Server { admin, name } = &self.home {
            run(admin, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

async fn run(url: &str, statement: &str) {
    let server = sea_orm::Database::connect(url).await.expect("the server answers");
    server.execute_unprepared(statement).await.expect("the statement runs");
    server.close().await.expect("the connection closes");
}

//! A fresh database for each story, a clock that stands still, and people.

use std::{
    env,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
};

use jiff::{SignedDuration, Timestamp};
use sea_orm::ConnectionTrait;
use tempfile::TempDir;
use todo_core::{
    Caller, Clock, Task, TaskNumber, UserId,
    accounts::{AccountStore, User},
    settings::Settings,
    tasks::{Command, Draft, NewTask, Owner, Receipt, Target, TaskStore, Tasks},
};
use todo_storage::{Database, Options};

/// Makes each story a test on SQLite and a test on PostgreSQL.
macro_rules! stories {
    ($($story:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                let lab = $crate::lab::Lab::sqlite().await;
                super::$story(&lab).await;
                lab.tear_down().await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                let Some(lab) = $crate::lab::Lab::postgres().await else { return };
                super::$story(&lab).await;
                lab.tear_down().await;
            })+
        }
    };
}

/// The moment at which every story begins: a Friday.
pub(crate) const START: &str = "2026-11-20T09:00:00Z";

/// A clock that moves when it is told to.
#[derive(Clone)]
pub(crate) struct FakeClock(Arc<Mutex<Timestamp>>);

impl FakeClock {
    pub(crate) fn advance(&self, by: SignedDuration) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// One fresh, migrated database.
pub(crate) struct Lab {
    pub(crate) db: Database,
    pub(crate) clock: FakeClock,
    pub(crate) url: String,
    home: Home,
}

/// Where the database lives, so that it can be taken away.
enum Home {
    Folder(#[expect(dead_code, reason = "deletes the folder when it is dropped")] TempDir),
    Server { admin: String, name: String },
}

static NEXT: AtomicI64 = AtomicI64::new(1);

impl Lab {
    pub(crate) async fn sqlite() -> Self {
        let folder = TempDir::new().unwrap();
        let url = format!("sqlite://{}", folder.path().join("todo.db").display());
        Self::open(url, Home::Folder(folder)).await
    }

    /// `None`, with a word about it, when there is no server.
    pub(crate) async fn postgres() -> Option<Self> {
        let Ok(admin) = env::var("TEST_POSTGRES_URL") else {
            println!("skipped: TEST_POSTGRES_URL is not set");
            return None;
        };
        let name = format!("todo_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        run_on(&admin, &format!("CREATE DATABASE {name} TEMPLATE template0")).await;
        let (address, parameters) = admin.split_once('?').unwrap_or((&admin, ""));
        let (server, _) = address.rsplit_once('/').expect("an address ends with a database");
        let url = format!("{server}/{name}?{parameters}");
        Some(Self::open(url, Home::Server { admin, name }).await)
    }

    async fn open(url: String, home: Home) -> Self {
        let db = Database::connect(&Options::new(&url)).await.unwrap();
        db.migrate().await.unwrap();
        Self { db, clock: FakeClock(Arc::new(Mutex::new(START.parse().unwrap()))), url, home }
    }

    pub(crate) async fn tear_down(self) {
        self.db.close().await.unwrap();
        if let Home::Server { admin, name } = &self.home {
            run_on(admin, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }

    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self.home, Home::Server { .. })
    }

    /// Runs a statement past the stores.
    pub(crate) async fn sabotage(&self, statement: &str) {
        run_on(&self.url, statement).await;
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn tasks(&self) -> Tasks {
        Tasks::new(
            Arc::new(self.db.clone()),
            Arc::new(self.db.clone()),
            Arc::new(self.clock.clone()),
        )
    }

    /// Somebody with an empty list.
    pub(crate) async fn someone(&self) -> Caller {
        Caller::person(self.sign_up().await.id)
    }

    pub(crate) async fn sign_up(&self) -> User {
        let user = new_user(self.now());
        self.db.sign_up(&user, "hash", &Settings::default()).await.unwrap().unwrap();
        user
    }

    /// Runs a command that must succeed.
    pub(crate) async fn execute(&self, caller: &Caller, command: Command) -> Receipt {
        self.tasks().execute(caller, command, None).await.unwrap()
    }

    pub(crate) async fn add(&self, caller: &Caller, titles: &[&str]) -> Receipt {
        self.execute(caller, add(titles)).await
    }

    pub(crate) async fn owner(&self, caller: &Caller) -> Owner {
        self.db.owner(caller.user).await.unwrap().unwrap()
    }

    /// Every task of somebody, by number.
    pub(crate) async fn everything(&self, caller: &Caller) -> Vec<Task> {
        let next = self.owner(caller).await.next_number.0;
        let mut tasks = self
            .db
            .tasks(caller.user, &(1..=next).map(TaskNumber).collect::<Vec<_>>())
            .await
            .unwrap();
        tasks.sort_by_key(|task| task.number);
        tasks
    }
}

pub(crate) fn new_user(now: Timestamp) -> User {
    let id = NEXT.fetch_add(1, Ordering::Relaxed);
    User {
        id: UserId(id),
        email: format!("user{id}@example.test"),
        name: "Somebody".into(),
        image: None,
        created_at: now,
        updated_at: now,
    }
}

pub(crate) fn draft(title: &str) -> Draft {
    Draft::titled(title).unwrap()
}

pub(crate) fn add(titles: &[&str]) -> Command {
    Command::Add(titles.iter().map(|title| NewTask::Draft(Box::new(draft(title)))).collect())
}

pub(crate) fn targets(numbers: &[i64]) -> Vec<Target> {
    numbers.iter().map(|number| TaskNumber(*number).into()).collect()
}

async fn run_on(url: &str, statement: &str) {
    let db = sea_orm::Database::connect(url).await.unwrap();
    db.execute_unprepared(statement).await.unwrap();
    db.close().await.unwrap();
}

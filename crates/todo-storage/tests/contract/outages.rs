//! Broken connections and failing servers.

use std::time::Duration;

use todo_core::{StoreError, tasks::TaskStore};
use todo_storage::{Database, NotReady, Options, Unreachable};

use crate::lab::Lab;

stories!(an_unmigrated_database_is_not_ready);

async fn an_unmigrated_database_is_not_ready(lab: &Lab) {
    assert!(lab.db.is_ready().await);

    lab.db.unmigrate().await.unwrap();

    assert!(matches!(lab.db.check().await, Err(NotReady::NotMigrated)));
    lab.db.migrate().await.unwrap();
    assert!(lab.db.is_ready().await);
}

#[tokio::test]
async fn after_the_server_cut_every_connection_nobody_notices() {
    let Some(lab) = Lab::postgres().await else { return };
    let me = lab.someone().await;
    let cut =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
               AND pid <> pg_backend_pid()";
    let warm_up = (0..8).map(|_| lab.db.owner(me.user));

    futures::future::join_all(warm_up).await;
    lab.sabotage(cut).await;
    lab.db.owner(me.user).await.unwrap();
    lab.sabotage(cut).await;
    lab.add(&me, &["a"]).await;

    assert_eq!(lab.owner(&me).await.open, 1);
    lab.tear_down().await;
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unavailable_and_soon() {
    let mut options = Options::new("postgresql://nobody@127.0.0.1:1/nothing");
    options.acquire_timeout = Duration::from_millis(200);
    let db = Database::connect(&options).await.unwrap();

    let error = db.owner(todo_core::UserId(1)).await.unwrap_err();

    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    assert!(!db.is_ready().await);
}

#[tokio::test]
async fn who_cannot_be_let_in_learns_whether_waiting_helps() {
    let Some(lab) = Lab::postgres().await else { return };
    let reach =
        async |url: &str| Database::connect(&Options::new(url)).await.unwrap().reach().await;
    let nowhere = reach("postgresql://nobody@127.0.0.1:1/nothing").await;
    let unknown = reach(&lab.url.replacen("/todo_", "/never_", 1)).await;

    assert!(reach(&lab.url).await.is_ok());
    assert!(matches!(nowhere, Err(Unreachable::Away(_))), "{nowhere:?}");
    assert!(matches!(unknown, Err(Unreachable::Refused(_))), "{unknown:?}");
    lab.tear_down().await;
}

#[tokio::test]
async fn an_address_of_another_engine_is_refused() {
    assert!(Database::connect(&Options::new("mysql://localhost/todo")).await.is_err());
}

#[tokio::test]
async fn a_database_in_memory_works_like_any_other() {
    let db = Database::connect(&Options::new("sqlite::memory:")).await.unwrap();
    db.migrate().await.unwrap();

    assert!(db.is_ready().await);
    assert_eq!(db.owner(todo_core::UserId(1)).await.unwrap(), None);
}

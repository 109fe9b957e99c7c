//! Migrations and the sweep.

use futures::future::join_all;
use jiff::SignedDuration;
use todo_core::{
    ChangeSeq, TaskNumber,
    accounts::{AccountStore, Housekeeping},
    chats::ChatStore,
    plans::PlanStore,
    tasks::{ChangeQuery, Command, TaskError, TaskStore, UndoTarget},
};
use todo_storage::{Database, Options};

use crate::{
    accounts::session,
    lab::{Lab, add, targets},
    writes::assert_counted,
};

stories!(
    migrations_go_up_down_and_up_again,
    replicas_that_start_at_once_migrate_once,
    what_is_old_is_swept_and_what_is_not_stays,
    sweeps_at_once_take_everything_once,
);

const DAY: SignedDuration = SignedDuration::from_hours(24);

async fn migrations_go_up_down_and_up_again(lab: &Lab) {
    lab.db.migrate().await.unwrap();
    lab.db.unmigrate().await.unwrap();
    lab.db.migrate().await.unwrap();

    let me = lab.someone().await;
    lab.add(&me, &["a"]).await;
    assert_eq!(lab.owner(&me).await.open, 1);
}

async fn replicas_that_start_at_once_migrate_once(lab: &Lab) {
    lab.db.unmigrate().await.unwrap();
    let direct_url = lab.is_postgres().then(|| lab.url.clone());
    let options = Options { direct_url, max_connections: 2, ..Options::new(&lab.url) };
    let replicas = join_all((0..4).map(|_| Database::connect(&options))).await;

    let migrated = join_all(replicas.iter().map(|db| db.as_ref().unwrap().migrate())).await;

    assert!(migrated.iter().all(Result::is_ok), "{migrated:?}");
    assert!(lab.db.is_ready().await);
    for db in replicas {
        db.unwrap().close().await.unwrap();
    }
}

async fn what_is_old_is_swept_and_what_is_not_stays(lab: &Lab) {
    let user = lab.sign_up().await;
    let me = todo_core::Caller::person(user.id);
    lab.tasks().execute(&me, add(&["a", "b", "c", "d"]), Some("old-key")).await.unwrap();
    lab.execute(&me, Command::Delete(targets(&[1, 2]))).await;
    let plan = lab.tasks().propose(&me, Command::Delete(targets(&[3, 4])), false).await.unwrap();
    lab.db.insert_session(&session(&user, 1, lab.now())).await.unwrap();
    lab.db.count_failure("ana", lab.now(), lab.now()).await.unwrap();
    let chat = lab.db.create(me.user, "chat", lab.now()).await.unwrap();
    assert_eq!(lab.db.sweep(lab.now() - DAY, 100).await.unwrap(), 0);

    lab.clock.advance(DAY * 31);
    lab.execute(&me, Command::Delete(targets(&[3]))).await;
    let gone = lab.db.sweep(lab.now(), 100).await.unwrap();

    // A retry key, a session, a plan, a failure, two tasks.
    assert_eq!(gone, 6);
    assert_eq!(lab.db.plan(me.user, plan.id).await.unwrap(), None);
    assert_eq!(lab.db.session(&[1; 32]).await.unwrap(), None);
    let left: Vec<_> = lab.everything(&me).await.iter().map(|task| task.number.0).collect();
    assert_eq!(left, [3, 4]);
    assert_counted(lab, &me).await;
    let undo = Command::Undo(UndoTarget::Change(ChangeSeq(2)));
    let error = lab.tasks().execute(&me, undo, None).await.unwrap_err();
    assert!(matches!(error, TaskError::NotFound(TaskNumber(_))), "{error}");

    lab.clock.advance(DAY * 60);
    assert_eq!(lab.db.sweep(lab.now(), 100).await.unwrap(), 3);
    let all = ChangeQuery { limit: 10, ..ChangeQuery::default() };
    let kept: Vec<_> = lab
        .db
        .changes(me.user, &all)
        .await
        .unwrap()
        .iter()
        .map(|change| change.rows.len())
        .collect();
    assert_eq!(kept, [1, 0, 0]);
    assert_eq!(lab.db.sweep(lab.now(), 100).await.unwrap(), 0);
    assert!(lab.db.conversation(me.user, chat.id).await.unwrap().is_some());
}

async fn sweeps_at_once_take_everything_once(lab: &Lab) {
    let me = lab.someone().await;
    let titles = ["task"; 40];
    lab.add(&me, &titles).await;
    lab.execute(&me, Command::Delete(targets(&(1..=40).collect::<Vec<_>>()))).await;
    lab.clock.advance(DAY * 31);

    let mut gone = 0;
    while lab.owner(&me).await.trashed > 0 {
        let swept = join_all((0..3).map(|_| lab.db.sweep(lab.now(), 10))).await;
        gone += swept.into_iter().map(Result::unwrap).sum::<u64>();
    }

    assert_eq!(gone, 40);
    assert_counted(lab, &me).await;
}

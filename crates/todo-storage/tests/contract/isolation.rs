//! Somebody else's row looks like a missing one.

use todo_core::{
    ChangeSeq, TaskNumber,
    chats::{ChatStore, TurnStart},
    plans::PlanStore,
    tasks::{Begun, ChangeQuery, Command, Filter, ListQuery, Sort, Status, TaskStore},
    words::words,
};

use crate::lab::{Lab, targets};

stories!(tasks_of_others_are_missing, conversations_and_plans_of_others_are_missing);

async fn tasks_of_others_are_missing(lab: &Lab) {
    let (me, you) = (lab.someone().await, lab.someone().await);
    lab.add(&me, &["secret"]).await;
    let filter = Filter { status: Status::All, words: words("secret"), ..Filter::default() };
    let query = ListQuery { filter: filter.clone(), sort: Sort::Due, limit: 10, after: None };

    assert_eq!(lab.db.task(you.user, TaskNumber(1)).await.unwrap(), None);
    assert_eq!(lab.db.tasks(you.user, &[TaskNumber(1)]).await.unwrap(), []);
    assert_eq!(lab.db.list(you.user, &query).await.unwrap().tasks, []);
    assert_eq!(lab.db.count(you.user, &filter, 10).await.unwrap(), 0);
    let all = ChangeQuery { limit: 10, ..ChangeQuery::default() };
    assert_eq!(lab.db.changes(you.user, &all).await.unwrap(), []);
    let Begun::Fresh(mut tx) = lab.db.begin(you.user, None, lab.now()).await.unwrap() else {
        panic!("no owner")
    };
    assert_eq!(tx.tasks(&[TaskNumber(1)]).await.unwrap(), []);
    assert_eq!(tx.change(ChangeSeq(1)).await.unwrap(), None);
    drop(tx);
    let receipt = lab.execute(&you, Command::Delete(targets(&[1]))).await;
    assert_eq!(receipt.change, None);
    assert_eq!(lab.owner(&me).await.open, 1);
}

async fn conversations_and_plans_of_others_are_missing(lab: &Lab) {
    let (me, you) = (lab.someone().await, lab.someone().await);
    lab.add(&me, &["a", "b"]).await;
    let plan = lab.tasks().propose(&me, Command::Delete(targets(&[1, 2])), false).await.unwrap();
    let chat = lab.db.create(me.user, "secret", lab.now()).await.unwrap();
    lab.db.begin_turn(me.user, chat.id, "m", "hello", lab.now()).await.unwrap();

    assert_eq!(lab.db.plan(you.user, plan.id).await.unwrap(), None);
    assert_eq!(lab.db.waiting(you.user, lab.now()).await.unwrap(), []);
    assert!(!lab.db.cancel(you.user, plan.id, lab.now()).await.unwrap());
    assert_eq!(lab.db.conversation(you.user, chat.id).await.unwrap(), None);
    assert_eq!(lab.db.conversations(you.user, Some("secret"), None, 10).await.unwrap(), []);
    assert_eq!(lab.db.messages(you.user, chat.id, None, 10).await.unwrap(), []);
    assert!(!lab.db.rename(you.user, chat.id, "mine").await.unwrap());
    assert!(!lab.db.delete(you.user, chat.id).await.unwrap());
    let start = lab.db.begin_turn(you.user, chat.id, "m", "hello", lab.now()).await.unwrap();
    assert_eq!(start, TurnStart::NoSuchConversation);
}

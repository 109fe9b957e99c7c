//! Writes: their order, their numbers, and the counters that go with them.

use std::collections::{BTreeMap, BTreeSet};

use futures::future::join_all;
use todo_core::{
    Caller, ChangeSeq,
    tasks::{Begun, ChangeQuery, Command, TaskStore},
};

use crate::{
    lab::{Lab, add, targets},
    random,
};

stories!(
    writers_at_once_get_numbers_and_places_without_gaps,
    counters_are_what_counting_gives,
    a_thousand_tasks_at_once_are_one_change,
    what_goes_into_the_trash_comes_back_the_same,
    a_dropped_transaction_changes_nothing_and_blocks_nobody,
    a_task_is_read_as_it_was_written,
);

async fn writers_at_once_get_numbers_and_places_without_gaps(lab: &Lab) {
    let me = lab.someone().await;

    join_all((0..20).map(|n| {
        let (tasks, me) = (lab.tasks(), me.clone());
        async move {
            tasks.execute(&me, add(&[&format!("a{n}"), &format!("b{n}")]), None).await.unwrap()
        }
    }))
    .await;

    let numbers: BTreeSet<_> = lab.everything(&me).await.iter().map(|task| task.number.0).collect();
    assert_eq!(numbers, (1..=40).collect());
    let query = ChangeQuery { after: Some(ChangeSeq(0)), limit: 100, ..ChangeQuery::default() };
    let seqs: Vec<_> =
        lab.db.changes(me.user, &query).await.unwrap().iter().map(|change| change.seq.0).collect();
    assert_eq!(seqs, (1..=20).collect::<Vec<_>>());
    assert_eq!(lab.owner(&me).await.open, 40);
}

async fn counters_are_what_counting_gives(lab: &Lab) {
    for commands in random::samples(proptest::collection::vec(random::command(12), 1..14), 12) {
        let me = lab.someone().await;
        for command in commands {
            lab.tasks().execute(&me, command, None).await.ok();
        }
        assert_counted(lab, &me).await;
    }
}

/// The counters of the owner's row and of the tags are what the tasks themselves say.
pub(crate) async fn assert_counted(lab: &Lab, caller: &Caller) {
    let all = lab.everything(caller).await;
    let open: Vec<_> =
        all.iter().filter(|task| !task.is_deleted() && !task.is_completed()).collect();
    let done = all.iter().filter(|task| !task.is_deleted() && task.is_completed()).count();
    let trashed = all.iter().filter(|task| task.is_deleted()).count();
    let owner = lab.owner(caller).await;
    assert_eq!(
        (owner.open, owner.done, owner.trashed),
        (open.len() as i64, done as i64, trashed as i64)
    );

    let mut tags: BTreeMap<String, i64> = BTreeMap::new();
    for tag in open.iter().flat_map(|task| &task.tags) {
        *tags.entry(tag.to_string()).or_default() += 1;
    }
    let counted = lab.db.tags(caller.user).await.unwrap();
    let in_use: BTreeMap<_, _> = counted
        .iter()
        .filter(|count| count.open > 0)
        .map(|count| (count.tag.to_string(), count.open))
        .collect();
    assert_eq!(in_use, tags);
    assert!(counted.iter().all(|count| count.open >= 0));
    assert!(counted.is_sorted_by_key(|count| (-count.open, count.tag.clone())));
}

async fn a_thousand_tasks_at_once_are_one_change(lab: &Lab) {
    let me = lab.someone().await;
    let titles: Vec<_> = (0..Command::MOST).map(|n| format!("task {n}")).collect();
    let titles: Vec<_> = titles.iter().map(String::as_str).collect();
    let all: Vec<_> = (1..=Command::MOST as i64).collect();

    lab.add(&me, &titles).await;
    lab.execute(&me, Command::Complete(targets(&all))).await;
    lab.execute(&me, Command::Delete(targets(&all))).await;

    let owner = lab.owner(&me).await;
    assert_eq!((owner.seq.0, owner.open, owner.done, owner.trashed), (3, 0, 0, 1000));
    for _ in 0..3 {
        lab.execute(&me, Command::Undo(todo_core::tasks::UndoTarget::Newest)).await;
    }
    assert_eq!(lab.everything(&me).await, []);
}

async fn what_goes_into_the_trash_comes_back_the_same(lab: &Lab) {
    let me = lab.someone().await;
    let command = random::samples(random::addition(5), 4).pop().unwrap();
    lab.execute(&me, command).await;
    let before = lab.everything(&me).await;
    let numbers: Vec<_> = before.iter().map(|task| task.number.0).collect();

    lab.execute(&me, Command::Delete(targets(&numbers))).await;
    let trashed = lab.owner(&me).await.trashed;
    lab.execute(&me, Command::Restore(targets(&numbers))).await;

    assert_eq!(trashed, numbers.len() as i64);
    let after = lab.everything(&me).await;
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(
            (&before.title, &before.tags, &before.due),
            (&after.title, &after.tags, &after.due)
        );
        assert_eq!(after.deleted_at, None);
        assert_eq!(after.version, before.version + 2);
    }
    assert_counted(lab, &me).await;
}

async fn a_dropped_transaction_changes_nothing_and_blocks_nobody(lab: &Lab) {
    let me = lab.someone().await;
    for _ in 0..5 {
        let Begun::Fresh(mut tx) = lab.db.begin(me.user, None, lab.now()).await.unwrap() else {
            panic!("no owner")
        };
        tx.tasks(&[todo_core::TaskNumber(1)]).await.unwrap();
        drop(tx);
    }

    lab.add(&me, &["still works"]).await;

    assert_eq!(lab.owner(&me).await.seq, ChangeSeq(1));
}

async fn a_task_is_read_as_it_was_written(lab: &Lab) {
    let me = lab.someone().await;
    for command in random::samples(random::addition(6), 8) {
        let receipt = lab.execute(&me, command).await;

        let written: Vec<_> = receipt.tasks().cloned().collect();
        let numbers: Vec<_> = written.iter().map(|task| task.number).collect();
        let mut read = lab.db.tasks(me.user, &numbers).await.unwrap();
        read.sort_by_key(|task| task.number);
        assert_eq!(read, written);
        assert_eq!(lab.db.task(me.user, numbers[0]).await.unwrap().as_ref(), written.first());
    }
}

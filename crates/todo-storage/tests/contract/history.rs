//! Changes: reading them, taking them back, and taking that back.

use jiff::SignedDuration;
use todo_core::{
    Caller, ChangeSeq, ConversationId, Task, TaskNumber,
    task::Title,
    tasks::{ChangeQuery, Command, Patch, TaskEdit, TaskError, TaskStore, UndoTarget},
};

use crate::{
    lab::{Lab, targets},
    random,
    writes::assert_counted,
};

stories!(
    any_sequence_of_commands_can_be_taken_back,
    a_later_change_is_in_the_way_of_an_undo,
    an_undo_can_be_undone,
    undo_of_an_actor_takes_back_what_it_did_since,
    the_newest_change_of_a_conversation_can_be_named,
    the_history_is_read_from_either_end_and_by_task_and_actor,
    completions_count_repeating_tasks_and_not_what_was_undone,
);

/// Whatever was done, undoing each change, newest first, gives what was there before.
async fn any_sequence_of_commands_can_be_taken_back(lab: &Lab) {
    let mut taken_back = 0;
    for commands in random::samples(proptest::collection::vec(random::command(10), 1..10), 16) {
        let me = lab.someone().await;
        lab.execute(&me, random::samples(random::addition(6), 1).remove(0)).await;
        let before = state(lab, &me).await;
        let start = lab.owner(&me).await.seq;

        for command in commands {
            lab.clock.advance(SignedDuration::from_secs(1));
            lab.tasks().execute(&me, command, None).await.ok();
        }
        let last = lab.owner(&me).await.seq;
        for seq in (start.0 + 1..=last.0).rev() {
            lab.execute(&me, Command::Undo(UndoTarget::Change(ChangeSeq(seq)))).await;
        }

        assert_eq!(state(lab, &me).await, before);
        assert_counted(lab, &me).await;
        taken_back += last.0 - start.0;
    }
    assert!(taken_back > 30, "{taken_back}");
}

/// All tasks, but for what counts writes.
async fn state(lab: &Lab, caller: &Caller) -> Vec<Task> {
    let plain = |task: Task| Task { version: 0, updated_at: task.created_at, ..task };
    lab.everything(caller).await.into_iter().map(plain).collect()
}

async fn a_later_change_is_in_the_way_of_an_undo(lab: &Lab) {
    let me = lab.someone().await;
    lab.add(&me, &["a", "b"]).await;
    lab.execute(&me, Command::Complete(targets(&[1, 2]))).await;
    lab.execute(&me, rename(2, "c")).await;

    let undo = Command::Undo(UndoTarget::Change(ChangeSeq(2)));
    let error = lab.tasks().execute(&me, undo, None).await.unwrap_err();

    assert!(
        matches!(error, TaskError::UndoConflict { number: TaskNumber(2), by: ChangeSeq(3), .. }),
        "{error}"
    );
    assert!(lab.everything(&me).await[0].is_completed());
}

async fn an_undo_can_be_undone(lab: &Lab) {
    let me = lab.someone().await;
    lab.add(&me, &["a"]).await;
    lab.execute(&me, rename(1, "b")).await;
    lab.execute(&me, Command::Undo(UndoTarget::Newest)).await;
    let change =
        |seq| ChangeQuery { only: vec![ChangeSeq(seq)], limit: 1, ..ChangeQuery::default() };
    assert_eq!(lab.db.changes(me.user, &change(2)).await.unwrap()[0].undone_by, Some(ChangeSeq(3)));

    lab.execute(&me, Command::Undo(UndoTarget::Change(ChangeSeq(3)))).await;

    assert_eq!(lab.everything(&me).await[0].title.as_str(), "b");
    assert_eq!(lab.db.changes(me.user, &change(2)).await.unwrap()[0].undone_by, None);
    assert_eq!(lab.db.changes(me.user, &change(3)).await.unwrap()[0].undone_by, Some(ChangeSeq(4)));
    let again = lab.execute(&me, Command::Undo(UndoTarget::Newest)).await;
    assert_eq!(again.change.unwrap().undoes, [ChangeSeq(2)]);
    assert_eq!(lab.everything(&me).await[0].title.as_str(), "a");
}

async fn undo_of_an_actor_takes_back_what_it_did_since(lab: &Lab) {
    let me = lab.someone().await;
    let robot = Caller { actor: "client:robot".parse().unwrap(), ..me.clone() };
    lab.add(&me, &["mine"]).await;
    lab.add(&robot, &["early"]).await;
    lab.clock.advance(SignedDuration::from_hours(1));
    let since = lab.now();
    lab.add(&robot, &["late"]).await;
    lab.execute(&robot, rename(3, "later")).await;

    let target = UndoTarget::Actor { actor: robot.actor.clone(), since };
    let receipt = lab.execute(&me, Command::Undo(target)).await;

    assert_eq!(receipt.change.unwrap().undoes, [ChangeSeq(4), ChangeSeq(3)]);
    let titles: Vec<_> =
        lab.everything(&me).await.iter().map(|task| task.title.to_string()).collect();
    assert_eq!(titles, ["mine", "early"]);
}

async fn the_newest_change_of_a_conversation_can_be_named(lab: &Lab) {
    let me = lab.someone().await;
    let chat = Caller::assistant(me.user, ConversationId(7));
    lab.add(&chat, &["from chat"]).await;
    lab.add(&me, &["by hand"]).await;

    let receipt = lab.execute(&chat, Command::Undo(UndoTarget::NewestIn(ConversationId(7)))).await;
    let nothing = Command::Undo(UndoTarget::NewestIn(ConversationId(7)));
    let error = lab.tasks().execute(&chat, nothing, None).await.unwrap_err();

    assert_eq!(receipt.change.unwrap().undoes, [ChangeSeq(1)]);
    assert!(matches!(error, TaskError::NothingToUndo));
}

async fn the_history_is_read_from_either_end_and_by_task_and_actor(lab: &Lab) {
    let me = lab.someone().await;
    let key = Caller { actor: "key:abc".parse().unwrap(), ..me.clone() };
    lab.add(&me, &["a", "b"]).await;
    lab.execute(&key, rename(1, "c")).await;
    lab.execute(&me, rename(2, "d")).await;
    lab.execute(&me, Command::Complete(targets(&[1, 2]))).await;
    let all = ChangeQuery { limit: 10, ..ChangeQuery::default() };
    let seqs = async |query: ChangeQuery| -> Vec<i64> {
        lab.db.changes(me.user, &query).await.unwrap().iter().map(|change| change.seq.0).collect()
    };

    assert_eq!(seqs(all.clone()).await, [4, 3, 2, 1]);
    assert_eq!(seqs(ChangeQuery { limit: 2, ..all.clone() }).await, [4, 3]);
    assert_eq!(seqs(ChangeQuery { before: Some(ChangeSeq(3)), ..all.clone() }).await, [2, 1]);
    assert_eq!(
        seqs(ChangeQuery { after: Some(ChangeSeq(1)), limit: 2, ..all.clone() }).await,
        [2, 3]
    );
    assert_eq!(seqs(ChangeQuery { task: Some(TaskNumber(1)), ..all.clone() }).await, [4, 2, 1]);
    assert_eq!(seqs(ChangeQuery { actor: Some(key.actor.clone()), ..all.clone() }).await, [2]);
    assert_eq!(seqs(ChangeQuery { actor: Some(me.actor.clone()), ..all.clone() }).await, [4, 3, 1]);
    assert_eq!(
        seqs(ChangeQuery { only: vec![ChangeSeq(3), ChangeSeq(1), ChangeSeq(9)], ..all }).await,
        [3, 1]
    );
}

async fn completions_count_repeating_tasks_and_not_what_was_undone(lab: &Lab) {
    let me = lab.someone().await;
    let mut daily = crate::lab::draft("water the plants");
    daily.repeat = Some(todo_core::tasks::RepeatInput("FREQ=DAILY".into()));
    lab.execute(&me, Command::Add(vec![todo_core::tasks::NewTask::Draft(Box::new(daily))])).await;
    lab.add(&me, &["b", "c", "d"]).await;
    lab.execute(&me, Command::Complete(targets(&[2]))).await;
    lab.clock.advance(SignedDuration::from_hours(1));
    let since = lab.now();

    lab.execute(&me, Command::Complete(targets(&[1, 3]))).await;
    lab.execute(&me, Command::Complete(targets(&[4]))).await;
    lab.execute(&me, Command::Undo(UndoTarget::Newest)).await;

    assert_eq!(lab.db.completions(me.user, since).await.unwrap(), [since, since]);
}

fn rename(number: i64, title: &str) -> Command {
    let patch = Patch { title: Some(Title::parse(title).unwrap()), ..Patch::default() };
    Command::Update(vec![TaskEdit { target: TaskNumber(number).into(), patch }])
}

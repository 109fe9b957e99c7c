//! Undo and redo, as laws over any history.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use todo_core::{
    Actor, ActorKind, Caller, ChangeSeq, ConversationId, Task, TaskNumber,
    task::Title,
    tasks::{Command, ItemResult, Patch, TaskEdit, TaskError, UndoTarget, Verb},
};

use crate::people::{Person, draft, targets};

fn commands() -> impl Strategy<Value = Command> {
    let numbers = || proptest::collection::vec(1..8i64, 1..4).prop_map(|numbers| targets(&numbers));
    let line = "(buy|call|walk) [a-z]{3}( every day| tomorrow| !high| #home)?";
    prop_oneof![
        3 => line.prop_map(|text| Command::Add(vec![
            todo_core::tasks::NewTask::Text { text, literal: Vec::new() }
        ])),
        2 => numbers().prop_map(Command::Complete),
        1 => numbers().prop_map(Command::Reopen),
        2 => numbers().prop_map(Command::Delete),
        1 => numbers().prop_map(Command::Restore),
        2 => ("[a-z]{4}", numbers()).prop_map(|(title, targets)| {
            let patch = Patch { title: Some(Title::parse(&title).unwrap()), ..Patch::default() };
            let edit = |target| TaskEdit { target, patch: patch.clone() };
            Command::Update(targets.into_iter().map(edit).collect())
        }),
    ]
}

/// The list without what no undo brings back: a version is never given twice.
fn content(person: &Person) -> BTreeMap<TaskNumber, Task> {
    let plain = |task: Task| Task { version: 0, updated_at: Timestamp::UNIX_EPOCH, ..task };
    person.store.rows().tasks.into_iter().map(|(number, task)| (number, plain(task))).collect()
}

/// Runs commands and returns the changes they wrote, with the list before each, and the list at the end.
type Story = (Vec<(ChangeSeq, BTreeMap<TaskNumber, Task>)>, BTreeMap<TaskNumber, Task>);

fn play(person: &Person, commands: Vec<Command>) -> Story {
    let mut changes = Vec::new();
    for command in commands {
        let before = content(person);
        if let Some(change) = person.run(command).unwrap().change {
            changes.push((change.seq, before));
        }
        person.clock.advance(SignedDuration::from_secs(1));
    }
    (changes, content(person))
}

fn counted(person: &Person) -> (i64, i64, i64) {
    let rows = person.store.rows();
    let count = |wanted: &dyn Fn(&Task) -> bool| {
        rows.tasks.values().filter(|task| wanted(task)).count() as i64
    };
    (
        count(&|task| !task.is_deleted() && !task.is_completed()),
        count(&|task| !task.is_deleted() && task.is_completed()),
        count(&|task| task.is_deleted()),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn undoing_everything_newest_first_and_then_the_undos_walks_the_same_way_back_and_forth(
        commands in proptest::collection::vec(commands(), 1..20)
    ) {
        let person = Person::new();
        let (changes, end) = play(&person, commands);

        let mut undos = Vec::new();
        for (seq, before) in changes.iter().rev() {
            let after = content(&person);
            let receipt = person.undo(UndoTarget::Change(*seq)).unwrap();
            prop_assert_eq!(&content(&person), before);
            undos.push((receipt.change.unwrap().seq, after));
        }
        prop_assert!(content(&person).is_empty());

        for (seq, before) in undos.iter().rev() {
            person.undo(UndoTarget::Change(*seq)).unwrap();
            prop_assert_eq!(&content(&person), before);
        }
        prop_assert_eq!(content(&person), end);
    }

    #[test]
    fn counters_numbers_and_sequence_always_agree_with_the_rows(
        commands in proptest::collection::vec(commands(), 1..20), undos in 0..20usize
    ) {
        let person = Person::new();
        play(&person, commands);
        for _ in 0..undos {
            let _ = person.undo(UndoTarget::Newest);
        }

        let rows = person.store.rows();
        let owner = &rows.owner;
        let seqs: Vec<_> = rows.changes.iter().map(|change| change.seq.0).collect();
        prop_assert_eq!((owner.open, owner.done, owner.trashed), counted(&person));
        prop_assert_eq!(seqs, (1..=owner.seq.0).collect::<Vec<_>>());
        prop_assert!(rows.tasks.keys().all(|number| *number < owner.next_number));
    }

    #[test]
    fn a_task_never_has_the_same_version_twice(
        commands in proptest::collection::vec(commands(), 1..20)
    ) {
        let person = Person::new();
        let (changes, _) = play(&person, commands);
        for (seq, _) in changes.iter().rev() {
            person.undo(UndoTarget::Change(*seq)).unwrap();
        }
        if !changes.is_empty() {
            person.undo(UndoTarget::Change(person.store.rows().owner.seq)).unwrap();
        }

        let mut seen = std::collections::HashSet::new();
        for row in person.changes().iter().flat_map(|change| &change.rows) {
            if let Some(task) = &row.after {
                prop_assert!(seen.insert((task.number, task.version)), "{} twice", task.number);
            }
        }
    }
}

#[test]
fn a_number_is_not_given_again_after_its_task_was_undone() {
    let person = Person::new();
    let first = person.add("buy milk");
    person.undo(UndoTarget::Newest).unwrap();

    let second = person.add("buy eggs");

    assert_eq!((first.number.0, second.number.0), (1, 2));
}

#[test]
fn a_bare_undo_passes_over_undos_and_what_was_undone() {
    let person = Person::new();
    person.add("one");
    person.add("two");

    person.undo(UndoTarget::Newest).unwrap();
    person.undo(UndoTarget::Newest).unwrap();

    assert!(content(&person).is_empty());
    assert!(matches!(person.undo(UndoTarget::Newest), Err(TaskError::NothingToUndo)));
}

#[test]
fn a_later_change_to_the_same_task_is_in_the_way_and_is_named() {
    let person = Person::new();
    let task = person.add("buy milk");
    person.complete(&task);

    let refused = person.undo(UndoTarget::Change(ChangeSeq(1)));

    assert!(
        matches!(refused, Err(TaskError::UndoConflict { seq: ChangeSeq(1), by: ChangeSeq(2), .. })),
        "{refused:?}"
    );
    assert_eq!(person.store.rows().owner.seq, ChangeSeq(2));
}

#[test]
fn a_change_is_undone_once() {
    let person = Person::new();
    person.add("buy milk");
    person.undo(UndoTarget::Change(ChangeSeq(1))).unwrap();

    let again = person.undo(UndoTarget::Change(ChangeSeq(1)));

    assert!(matches!(again, Err(TaskError::AlreadyUndone(ChangeSeq(1)))), "{again:?}");
}

#[test]
fn a_change_whose_undo_was_undone_can_be_undone_again() {
    let person = Person::new();
    let task = person.add("buy milk");
    person.undo(UndoTarget::Change(ChangeSeq(1))).unwrap();
    person.undo(UndoTarget::Change(ChangeSeq(2))).unwrap();
    assert!(person.task(task.number).is_some());

    let receipt = person.undo(UndoTarget::Change(ChangeSeq(1))).unwrap();

    assert_eq!(receipt.items[0].result, ItemResult::Removed);
    assert_eq!(person.task(task.number), None);
}

#[test]
fn everything_that_one_actor_did_since_a_moment_goes_in_one_change() {
    let person = Person::new();
    let mine = person.add("my own");
    person.clock.advance(SignedDuration::from_mins(1));
    let since = person.tasks.now();
    let program = Actor { kind: ActorKind::Key, id: Some("script".into()) };
    let script = Caller { actor: program.clone(), ..person.caller.clone() };
    let theirs =
        |command| crate::people::wait(person.tasks.execute(&script, command, None)).unwrap();
    theirs(Command::Add(vec![draft("a mess")]));
    theirs(Command::Complete(targets(&[mine.number.0, 2])));
    theirs(Command::Delete(targets(&[2])));

    let receipt = person.undo(UndoTarget::Actor { actor: program, since }).unwrap();

    let change = receipt.change.unwrap();
    assert_eq!((change.verb, change.undoes), (Verb::Undo, [4, 3, 2].map(ChangeSeq).to_vec()));
    assert_eq!(content(&person).len(), 1);
    assert!(!person.task(mine.number).unwrap().is_completed());
}

#[test]
fn undo_within_a_conversation_leaves_the_others_alone() {
    let person = Person::new();
    let chat = Caller::assistant(person.caller.user, ConversationId(1));
    crate::people::wait(person.tasks.execute(&chat, Command::Add(vec![draft("said")]), None))
        .unwrap();
    person.add("typed");

    person.undo(UndoTarget::NewestIn(ConversationId(1))).unwrap();

    let titles: Vec<_> =
        content(&person).into_values().map(|task| task.title.to_string()).collect();
    assert_eq!(titles, ["typed"]);
}

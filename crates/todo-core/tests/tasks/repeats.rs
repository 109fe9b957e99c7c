//! Tasks that come back.

use todo_core::{
    task::Task,
    tasks::{Command, UndoTarget, Verb},
};

use crate::people::{Person, targets};

fn day(task: &Task) -> String {
    task.due.as_ref().map(|due| due.date.to_string()).unwrap_or_default()
}

#[test]
fn completing_a_task_that_repeats_moves_it_on_and_leaves_it_open() {
    let person = Person::new();
    let rent = person.add("pay rent every month on the 1st");
    assert_eq!(day(&rent), "2026-12-01");

    let next = person.complete(&rent);

    assert_eq!(day(&next), "2027-01-01");
    assert!(!next.is_completed());
    assert_eq!((next.number, next.version), (rent.number, 2));
}

#[test]
fn each_completion_of_a_repeat_stays_in_the_history() {
    let person = Person::new();
    let rent = person.add("pay rent every month on the 1st");
    person.complete(&rent);
    person.complete(&rent);

    let changes = person.changes();

    let days: Vec<_> = changes
        .iter()
        .filter(|change| change.verb == Verb::Complete)
        .map(|change| {
            (
                day(change.rows[0].before.as_ref().unwrap()),
                day(change.rows[0].after.as_ref().unwrap()),
            )
        })
        .collect();
    assert_eq!(
        days,
        [("2026-12-01", "2027-01-01"), ("2027-01-01", "2027-02-01")]
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
    );
}

#[test]
fn undoing_the_completion_of_a_repeat_brings_its_date_back() {
    let person = Person::new();
    let rent = person.add("pay rent every month on the 1st");
    person.complete(&rent);

    person.undo(UndoTarget::Newest).unwrap();

    assert_eq!(day(&person.task(rent.number).unwrap()), "2026-12-01");
}

#[test]
fn a_repeat_that_counts_ends_with_a_task_that_is_done() {
    let person = Person::new();
    let dose = person.add("take a pill every day for 2 days");

    let second = person.complete(&dose);
    let last = person.complete(&dose);

    assert!(!second.is_completed());
    assert!(last.is_completed());
}

#[test]
fn a_completed_task_is_not_completed_again() {
    let person = Person::new();
    let task = person.add("buy milk");
    person.complete(&task);

    let receipt = person.run(Command::Complete(targets(&[task.number.0]))).unwrap();

    assert_eq!(receipt.change, None);
    assert_eq!(receipt.single().unwrap().version, 2);
}

//! Tasks that come back.

use todo_core::{
    task::Task,
    tasks::{Command, DueInput, Field, Patch, RepeatInput, TaskEdit, TaskError, UndoTarget, Verb},
};

use crate::people::{Person, draft, targets};

fn rescheduled(words: &str) -> Patch {
    Patch { due: Field::Set(DueInput::Words(words.to_owned())), ..Patch::default() }
}

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

#[test]
fn one_date_of_a_repeat_can_be_skipped_without_being_done() {
    let person = Person::new();
    let rent = person.add("pay rent every month on the 1st");

    let next = person.edit(&rent, rescheduled("skip")).unwrap();

    assert_eq!(day(&next), "2027-01-01");
    assert!(next.repeat.is_some());
    let verbs: Vec<_> = person.changes().iter().map(|change| change.verb).collect();
    assert!(verbs.contains(&Verb::Update) && !verbs.contains(&Verb::Complete), "{verbs:?}");

    person.undo(UndoTarget::Newest).unwrap();
    assert_eq!(day(&person.task(rent.number).unwrap()), "2026-12-01");
}

#[test]
fn what_does_not_repeat_or_has_one_date_left_cannot_be_skipped() {
    let person = Person::new();
    let once = person.add("buy milk tomorrow");
    let last = person.add("take a pill every day for 1 day");

    for (task, why) in [(&once, "does not repeat"), (&last, "the last date")] {
        let refused = person.edit(task, rescheduled("skip")).unwrap_err();
        assert!(matches!(&refused, TaskError::Invalid(_)), "{refused:?}");
        assert!(refused.to_string().contains(why), "{refused}");
    }
}

#[test]
fn a_repeat_ends_by_losing_its_rule_and_keeps_its_date() {
    let person = Person::new();
    let rent = person.add("pay rent every month on the 1st");

    let ended = person.edit(&rent, Patch { repeat: Field::Clear, ..Patch::default() }).unwrap();
    let done = person.complete(&ended);

    assert_eq!((day(&ended), ended.repeat.as_ref()), ("2026-12-01".to_owned(), None));
    assert!(done.is_completed());
}

#[test]
fn a_rule_that_never_comes_is_refused_in_a_sentence() {
    let person = Person::new();
    let task = person.add("sing tomorrow");
    let never = RepeatInput("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30".to_owned());

    let refused =
        person.edit(&task, Patch { repeat: Field::Set(never), ..Patch::default() }).unwrap_err();

    assert!(refused.to_string().contains("never comes"), "{refused}");
}

#[test]
fn several_tasks_move_from_their_own_dates_and_those_without_stay() {
    let person = Person::new();
    let milk = person.add("buy milk tomorrow");
    let call = person.add("call bob 1 december at 5pm");
    person.run(Command::Add(vec![draft("read")])).unwrap();
    let edits = [1, 2, 3]
        .map(|number| TaskEdit { target: targets(&[number])[0], patch: rescheduled("+7 days") });

    let receipt = person.run(Command::Update(edits.to_vec())).unwrap();

    let after = |task: &Task| person.task(task.number).unwrap();
    assert_eq!(day(&after(&milk)), "2026-11-28");
    assert_eq!(day(&after(&call)), "2026-12-08");
    assert_eq!(after(&call).due.unwrap().time, call.due.unwrap().time);
    assert_eq!(receipt.change.unwrap().rows.len(), 2, "the third has no date to move from");
}

#[test]
fn a_move_of_a_task_without_a_date_counts_from_today() {
    let person = Person::new();
    let milk = person.add("buy milk");

    assert_eq!(day(&person.edit(&milk, rescheduled("+7 days")).unwrap()), "2026-11-27");
}

//! What a patch does to a task, and what it leaves alone.

use todo_core::{
    task::{Description, Priority, Tag, Title},
    tasks::{
        Command, DueInput, Field, ItemResult, Patch, RepeatInput, TagEdit, Target, TaskEdit,
        TaskError,
    },
};

use crate::people::{Person, targets};

fn words(text: &str) -> Field<DueInput> {
    Field::Set(DueInput::Words(text.to_owned()))
}

fn due(task: &todo_core::Task) -> String {
    match &task.due {
        None => "-".to_owned(),
        Some(due) => match &due.time {
            None => due.date.to_string(),
            Some((time, zone)) => format!("{} {} {zone}", due.date, time.strftime("%H:%M")),
        },
    }
}

fn tag(name: &str) -> Tag {
    Tag::parse(name).unwrap()
}

#[test]
fn an_empty_patch_writes_nothing() {
    let person = Person::new();
    let task = person.add("pay rent tomorrow 9am !high #home // the flat");

    let same = person.edit(&task, Patch::default()).unwrap();

    assert_eq!(same, task);
    assert_eq!(person.changes().len(), 1);
}

#[test]
fn what_a_patch_leaves_out_stays() {
    let person = Person::new();
    let task = person.add("pay rent tomorrow 9am !high #home // the flat");

    let renamed = person
        .edit(
            &task,
            Patch { title: Some(Title::parse("pay the rent").unwrap()), ..Patch::default() },
        )
        .unwrap();

    assert_eq!(renamed.title.as_str(), "pay the rent");
    assert_eq!(
        (&renamed.due, renamed.priority, &renamed.tags, &renamed.description),
        (&task.due, Priority::High, &task.tags, &task.description)
    );
}

#[test]
fn clear_empties_a_field() {
    let person = Person::new();
    let task = person.add("pay rent tomorrow // the flat");
    assert_eq!(task.description, Description::parse("the flat").unwrap());

    let cleared = person
        .edit(&task, Patch { description: Field::Clear, due: Field::Clear, ..Patch::default() })
        .unwrap();

    assert_eq!((cleared.description, cleared.due), (None, None));
}

#[test]
fn a_new_day_keeps_the_time_and_a_new_time_keeps_the_day() {
    let person = Person::new();
    let task = person.add("dentist tomorrow 9am");
    assert_eq!(due(&task), "2026-11-21 09:00 UTC");

    let moved = person.edit(&task, Patch { due: words("monday"), ..Patch::default() }).unwrap();
    assert_eq!(due(&moved), "2026-11-23 09:00 UTC");

    let later = person.edit(&task, Patch { due: words("5pm"), ..Patch::default() }).unwrap();
    assert_eq!(due(&later), "2026-11-23 17:00 UTC");
}

#[test]
fn without_a_date_there_is_no_repeat() {
    let person = Person::new();
    let task = person.add("water the plants every day");

    let someday = person.edit(&task, Patch { due: Field::Clear, ..Patch::default() }).unwrap();

    assert_eq!((someday.due, someday.repeat), (None, None));
}

#[test]
fn a_repeat_without_a_date_gets_its_first_one() {
    let person = Person::new();
    let task = person.add("water the plants");

    let repeat = Field::Set(RepeatInput("every monday".into()));
    let weekly = person.edit(&task, Patch { repeat, ..Patch::default() }).unwrap();

    assert_eq!(due(&weekly), "2026-11-23");
    assert_eq!(weekly.repeat.unwrap().as_str(), "FREQ=WEEKLY;BYDAY=MO");
}

#[test]
fn a_new_date_moves_a_repeat_and_does_not_end_it() {
    let person = Person::new();
    let task = person.add("water the plants every monday");

    let moved = person.edit(&task, Patch { due: words("2026-12-07"), ..Patch::default() }).unwrap();

    assert_eq!(due(&moved), "2026-12-07");
    assert_eq!(moved.repeat, task.repeat);
}

#[test]
fn a_replacement_takes_the_repeat_that_the_words_of_its_date_hold() {
    let person = Person::new();
    let task = person.add("water the plants every monday");

    let patch = Patch { due: words("every friday"), repeat: Field::Clear, ..Patch::default() };
    let moved = person.edit(&task, patch).unwrap();

    assert_eq!(moved.repeat.unwrap().as_str(), "FREQ=WEEKLY;BYDAY=FR");
}

#[test]
fn tags_are_replaced_then_added_to_then_taken_from() {
    let person = Person::new();
    let task = person.add("pay rent #home #money");

    let edit = TagEdit {
        set: Some(vec![tag("flat"), tag("bank")]),
        add: vec![tag("flat"), tag("soon")],
        remove: vec![tag("bank")],
    };
    let tagged = person.edit(&task, Patch { tags: edit, ..Patch::default() }).unwrap();

    assert_eq!(tagged.tags, [tag("flat"), tag("soon")]);
}

#[test]
fn words_that_are_no_date_are_refused_and_nothing_changes() {
    let person = Person::new();
    let task = person.add("pay rent tomorrow");

    let refused = person.edit(&task, Patch { due: words("blue"), ..Patch::default() });

    assert!(
        matches!(&refused, Err(TaskError::Invalid(invalid)) if invalid.field == "due"),
        "{refused:?}"
    );
    assert_eq!(person.task(task.number).unwrap(), task);
}

#[test]
fn an_edit_and_a_completion_together_are_one_version() {
    let person = Person::new();
    let task = person.add("buy milk");

    let patch = Patch { priority: Some(Priority::High), completed: Some(true), ..Patch::default() };
    let done = person.edit(&task, patch).unwrap();

    assert!(done.is_completed());
    assert_eq!((done.priority, done.version), (Priority::High, 2));
}

#[test]
fn a_version_that_the_caller_did_not_see_is_refused_and_the_others_are_written() {
    let person = Person::new();
    let (first, second) = (person.add("one"), person.add("two"));
    person.complete(&first);

    let stale = Target { number: first.number, version: Some(1) };
    let receipt = person.run(Command::Delete(vec![stale, second.number.into()])).unwrap();

    assert!(matches!(receipt.items[0].result, ItemResult::Stale(_)));
    assert!(matches!(receipt.items[1].result, ItemResult::Changed(_)));
    assert!(!person.task(first.number).unwrap().is_deleted());
}

#[test]
fn a_task_that_is_named_twice_is_changed_once() {
    let person = Person::new();
    person.add("one");

    let receipt = person.run(Command::Complete(targets(&[1, 1]))).unwrap();

    assert_eq!(receipt.items.len(), 1);
}

#[test]
fn a_command_that_names_nothing_is_refused() {
    let person = Person::new();
    person.add("one");

    for nothing in [Command::Delete(vec![]), Command::Complete(vec![]), Command::Add(vec![])] {
        assert!(matches!(person.run(nothing), Err(TaskError::NothingNamed)));
    }
}

#[test]
fn one_command_names_a_thousand_tasks_and_no_more() {
    let person = Person::new();

    let fits = person.run(Command::Delete(targets(&(1..=1000).collect::<Vec<_>>())));
    let too_many = person.run(Command::Delete(targets(&(1..=1001).collect::<Vec<_>>())));

    assert!(fits.is_ok());
    assert!(matches!(too_many, Err(TaskError::TooMany { count: 1001, max: 1000 })));
}

#[test]
fn only_what_was_deleted_is_restored() {
    let person = Person::new();
    let task = person.add("buy milk");
    person.run(Command::Delete(vec![task.number.into()])).unwrap();
    assert!(matches!(
        person.run(Command::Complete(vec![task.number.into()])).unwrap().single(),
        Err(TaskError::NotFound(_))
    ));

    person.run(Command::Restore(vec![task.number.into()])).unwrap();
    let again = person.run(Command::Restore(vec![task.number.into()])).unwrap();

    assert!(!person.task(task.number).unwrap().is_deleted());
    assert_eq!(again.change, None);
}

#[test]
fn a_missing_task_is_named_as_missing() {
    let person = Person::new();

    let edit = TaskEdit { target: todo_core::TaskNumber(9).into(), patch: Patch::default() };
    let receipt = person.run(Command::Update(vec![edit])).unwrap();

    assert_eq!(receipt.items[0].result, ItemResult::Missing);
}

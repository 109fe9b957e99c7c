//! Orders, cursors and words.

use jiff::{
    Timestamp,
    civil::{Date, Time},
};
use proptest::prelude::*;
use todo_core::{
    ChangeSeq, Task, TaskNumber,
    task::{Due, Priority, Title},
    tasks::{Cursor, Sort},
    words::words,
};

const SORTS: [Sort; 6] =
    [Sort::Due, Sort::Priority, Sort::Newest, Sort::Oldest, Sort::Completed, Sort::Deleted];

fn any_due() -> impl Strategy<Value = Option<Due>> {
    let date = (1900i16..=9000, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| Date::constant(y, m, d));
    let time = (0i8..24, 0i8..60).prop_map(|(h, m)| Time::constant(h, m, 0, 0));
    proptest::option::of((date, proptest::option::of(time))).prop_map(|due| {
        due.map(|(date, time)| Due { date, time: time.map(|time| (time, "UTC".to_owned())) })
    })
}

fn any_task() -> impl Strategy<Value = Task> {
    let moment = || proptest::option::of(0i64..4_000_000_000_000_000);
    (any_due(), 0usize..4, 1i64.., moment(), moment()).prop_map(
        |(due, priority, number, done, gone)| Task {
            number: TaskNumber(number),
            title: Title::parse("x").unwrap(),
            description: None,
            priority: Priority::ALL[priority],
            tags: Vec::new(),
            due,
            repeat: None,
            reminders: Vec::new(),
            completed_at: done.map(|at| Timestamp::from_microsecond(at).unwrap()),
            deleted_at: gone.map(|at| Timestamp::from_microsecond(at).unwrap()),
            version: 1,
            last_change: ChangeSeq(1),
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
        },
    )
}

/// The order in words: with a date before without, the earlier day, a time before the whole day, the earlier time, the
/// higher priority.
fn meaning(task: &Task) -> impl Ord {
    let due = task.due.as_ref();
    let time = due.and_then(|due| due.time.as_ref()).map(|(time, _)| *time);
    (due.is_none(), due.map(|due| due.date), time.is_none(), time, std::cmp::Reverse(task.priority))
}

proptest! {
    #[test]
    fn due_keys_sort_as_bytes_like_what_they_mean(a in any_task(), b in any_task()) {
        prop_assert_eq!(a.due_key().cmp(&b.due_key()), meaning(&a).cmp(&meaning(&b)));
    }

    #[test]
    fn a_cursor_survives_its_text(task in any_task(), sort in 0..SORTS.len()) {
        let cursor = Cursor::after(&task, SORTS[sort]);

        prop_assert_eq!(Cursor::decode(&cursor.encode(), SORTS[sort]).unwrap(), cursor);
    }

    #[test]
    fn a_cursor_of_another_order_is_refused(task in any_task(), a in 0..SORTS.len(), b in 0..SORTS.len()) {
        prop_assume!(a != b);
        let text = Cursor::after(&task, SORTS[a]).encode();

        prop_assert!(Cursor::decode(&text, SORTS[b]).is_err());
    }

    #[test]
    fn reading_any_cursor_never_panics(
        text in prop_oneof![any::<String>(), "[0-9]{0,2}_[0-9]{0,2}_-?[0-9]{0,25}_.{0,50}"],
        sort in 0..SORTS.len()
    ) {
        let _ = Cursor::decode(&text, SORTS[sort]);
    }

    #[test]
    fn words_of_any_text_are_short_and_never_empty(text in any::<String>()) {
        for word in words(&text) {
            prop_assert!((1..=64).contains(&word.len()), "{word:?}");
        }
    }

    #[test]
    fn words_do_not_depend_on_case(text in "[a-zA-Z0-9 .,!'-]{0,80}") {
        prop_assert_eq!(words(&text.to_uppercase()), words(&text.to_lowercase()));
    }
}

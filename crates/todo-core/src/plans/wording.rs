//! The question that a plan asks.

use jiff::civil::Date;

use crate::tasks::{Command, RowChange};

/// "Delete all 34 tasks?", "Move 6 tasks to Monday 23 November?", "Move 6 tasks by 7 days?"
pub(super) fn title(command: &Command, rows: &[RowChange], all: bool) -> String {
    let count = match (rows.len(), all) {
        (1, _) => "1 task".to_owned(),
        (n, true) => format!("all {n} tasks"),
        (n, false) => format!("{n} tasks"),
    };
    match command {
        Command::Delete(_) => format!("Delete {count}?"),
        Command::Complete(_) => format!("Complete {count}?"),
        Command::Reopen(_) => format!("Reopen {count}?"),
        Command::Restore(_) => format!("Restore {count}?"),
        Command::Add(_) => format!("Add {count}?"),
        Command::Undo(_) => "Undo?".to_owned(),
        Command::Update(_) => match (same_day(rows), same_distance(rows)) {
            (Some(day), _) => format!("Move {count} to {}?", day.strftime("%A %-d %B")),
            (None, Some(1)) => format!("Move {count} by a day?"),
            (None, Some(-1)) => format!("Move {count} back by a day?"),
            (None, Some(days @ 1..)) => format!("Move {count} by {days} days?"),
            (None, Some(days)) => format!("Move {count} back by {} days?", -days),
            (None, None) => format!("Change {count}?"),
        },
    }
}

/// The day that every row moves to, when that is all that happens.
fn same_day(rows: &[RowChange]) -> Option<Date> {
    same(rows.iter().map(|row| moved(row).map(|(_, to)| to)))
}

/// By how many days every row moves, when that is all that happens.
fn same_distance(rows: &[RowChange]) -> Option<i32> {
    let days = |row| moved(row).and_then(|(from, to)| Some((to - from?).get_days()));
    same(rows.iter().map(days)).filter(|days| *days != 0)
}

/// Where a row moves from and to, if that is all that happens to it.
fn moved(row: &RowChange) -> Option<(Option<Date>, Date)> {
    let (before, after) = (row.before.as_ref()?, row.after.as_ref()?);
    let to = after.due.as_ref()?.date;
    let only_moved = before.due != after.due
        && before.title == after.title
        && before.tags == after.tags
        && before.priority == after.priority;
    only_moved.then(|| (before.due.as_ref().map(|due| due.date), to))
}

/// The value that all have.
fn same<T: PartialEq>(mut values: impl Iterator<Item = Option<T>>) -> Option<T> {
    let first = values.next()??;
    values.all(|value| value.as_ref() == Some(&first)).then_some(first)
}

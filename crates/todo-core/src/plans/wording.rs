//! The question that a plan asks.

use jiff::civil::Date;

use crate::tasks::{Command, RowChange};

/// "Delete all 34 tasks?", "Move 6 tasks to Monday 23 November?"
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
        Command::Update(_) => match same_day(rows) {
            Some(day) => format!("Move {count} to {}?", day.strftime("%A %-d %B")),
            None => format!("Change {count}?"),
        },
    }
}

/// The day that every row moves to, when that is all that happens.
fn same_day(rows: &[RowChange]) -> Option<Date> {
    let mut day = None;
    for row in rows {
        let (before, after) = (row.before.as_ref()?, row.after.as_ref()?);
        let moved = after.due.as_ref()?.date;
        let only_moved = before.due != after.due
            && before.title == after.title
            && before.tags == after.tags
            && before.priority == after.priority;
        if !only_moved || day.is_some_and(|known| known != moved) {
            return None;
        }
        day = Some(moved);
    }
    day
}

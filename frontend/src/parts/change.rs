//! A change as a sentence in the past tense, read off its rows before and after.

use jiff::civil::Date;
use maud::{Markup, html};
use todo_api::change::{ChangeBody, RowBody};
use todo_api::task::TaskBody;
use todo_api::terms::Verb;

use super::frame::Frame;
use crate::icons::Icon;
use crate::words::{Words, count, listed, listed_text};

/// More tasks than this are counted instead of named.
const NAMED: usize = 3;

/// The task of a row as it is shown.
pub(crate) fn shown(row: &RowBody) -> Option<&TaskBody> {
    row.after.as_ref().or(row.before.as_ref())
}

/// Several changes of one form as if they were one.
pub(crate) fn merged(changes: &[ChangeBody]) -> Option<ChangeBody> {
    let (first, rest) = changes.split_first()?;
    let mut whole = first.clone();
    for change in rest {
        if change.verb != whole.verb {
            whole.verb = Verb::Update;
        }
        whole.tasks.extend(change.tasks.iter().cloned());
    }
    Some(whole)
}

/// "Added Pay rent", with links to tasks that are on the list.
pub(crate) fn sentence(frame: &Frame, change: &ChangeBody) -> Markup {
    let (before, after) = frames(&frame.words, change);
    html! {
        (before)
        @if let Some(counted) = counted(&change.tasks) { (counted) }
        @else { (listed(&change.tasks.iter().map(|row| named(frame, change, row)).collect::<Vec<_>>())) }
        (after)
    }
}

/// The same without markup.
pub(crate) fn plain(words: &Words, change: &ChangeBody) -> String {
    let (before, after) = frames(words, change);
    let title = |row: &RowBody| shown(row).map(|task| task.title.clone()).unwrap_or_default();
    let names = counted(&change.tasks)
        .unwrap_or_else(|| listed_text(&change.tasks.iter().map(title).collect::<Vec<_>>()));
    format!("{before}{names}{after}")
}

/// Where an added task went: " to Tue 1 Dec", " to tomorrow".
pub(crate) fn where_to(frame: &Frame, change: &ChangeBody) -> Markup {
    let task = match change.tasks.as_slice() {
        [row] if change.verb == Verb::Add => row.after.as_ref(),
        _ => None,
    };
    let due = task.and_then(|task| frame.words.due_of(task));
    html! { @if let Some(due) = due { " to " b { (frame.words.due_within(due)) } } }
}

/// The icon of a change.
pub(crate) fn symbol(change: &ChangeBody) -> Icon {
    match change.verb {
        Verb::Add => Icon::Plus,
        Verb::Update => Icon::Edit,
        Verb::Complete => Icon::Done,
        Verb::Delete => Icon::Trash,
        Verb::Reopen | Verb::Restore | Verb::Undo => Icon::Undo,
    }
}

/// Who made it.
pub(crate) fn actor(actor: &str) -> (Icon, &'static str) {
    match actor.split(':').next().unwrap_or_default() {
        "person" => (Icon::Person, "You"),
        "assistant" => (Icon::Chat, "Assistant"),
        "key" => (Icon::Key, "A key"),
        _ => (Icon::Plug, "An app"),
    }
}

/// What stands before and after the names of the tasks.
fn frames(words: &Words, change: &ChangeBody) -> (String, String) {
    if change.verb != Verb::Undo {
        return around(words, change.verb, &change.tasks);
    }
    let original: Vec<RowBody> = change
        .tasks
        .iter()
        .map(|row| RowBody { id: row.id, before: row.after.clone(), after: row.before.clone() })
        .collect();
    let (before, after) = around(words, undone_verb(&original), &original);
    (format!("Undid “{before}"), format!("{after}”"))
}

fn around(words: &Words, verb: Verb, rows: &[RowBody]) -> (String, String) {
    let (before, after) = match verb {
        Verb::Add => ("Added ", String::new()),
        Verb::Complete => ("Completed ", String::new()),
        Verb::Reopen => ("Reopened ", String::new()),
        Verb::Delete => ("Moved ", " to the trash".to_owned()),
        Verb::Restore => ("Restored ", String::new()),
        Verb::Undo => ("Undid a change to ", String::new()),
        Verb::Update => match (same_day(words, rows), rows.iter().all(is_renamed)) {
            (Some(day), _) => ("Moved ", format!(" to {}", words.short_day(day))),
            (None, true) => ("Renamed ", String::new()),
            (None, false) => ("Changed ", String::new()),
        },
    };
    (before.to_owned(), after)
}

/// What a change did that an undo took back, read off its rows.
fn undone_verb(rows: &[RowBody]) -> Verb {
    let Some(row) = rows.first() else { return Verb::Undo };
    match (&row.before, &row.after) {
        (None, _) => Verb::Add,
        (Some(before), Some(after))
            if before.deleted_at.is_none() && after.deleted_at.is_some() =>
        {
            Verb::Delete
        }
        (Some(before), Some(after))
            if before.deleted_at.is_some() && after.deleted_at.is_none() =>
        {
            Verb::Restore
        }
        (Some(before), Some(after)) if !before.completed && after.completed => Verb::Complete,
        (Some(before), Some(after)) if before.completed && !after.completed => Verb::Reopen,
        _ => Verb::Update,
    }
}

/// A task with everything that may change, but one field, made equal to another.
fn differs_only(row: &RowBody, make_equal: impl Fn(&mut TaskBody, &TaskBody)) -> bool {
    let (Some(before), Some(after)) = (&row.before, &row.after) else { return false };
    let mut expected = before.clone();
    make_equal(&mut expected, after);
    expected.version = after.version;
    expected.updated_at = after.updated_at;
    expected == *after
}

fn is_renamed(row: &RowBody) -> bool {
    differs_only(row, |task, after| task.title.clone_from(&after.title))
}

/// The day that every row moved to, when nothing else happened.
fn same_day(words: &Words, rows: &[RowBody]) -> Option<Date> {
    let mut days = rows.iter().map(|row| {
        let is_moved = differs_only(row, |task, after| task.due.clone_from(&after.due));
        let day = |task: &Option<TaskBody>| {
            task.as_ref().and_then(|task| words.due_of(task)).map(|due| due.date)
        };
        day(&row.after).filter(|_| is_moved && day(&row.before) != day(&row.after))
    });
    let first = days.next()??;
    days.all(|day| day == Some(first)).then_some(first)
}

/// What stands for tasks that are not named.
fn counted(rows: &[RowBody]) -> Option<String> {
    match rows.len() {
        0 => Some("some tasks".to_owned()),
        named if named <= NAMED => None,
        many => Some(count(many, "task")),
    }
}

/// The title in the sentence about a change. A task whose addition was undone is nowhere.
fn named(frame: &Frame, change: &ChangeBody, row: &RowBody) -> Markup {
    if change.verb == Verb::Add && change.undone_by.is_some() {
        return html! { bdi { (shown(row).map_or("", |task| task.title.as_str())) } };
    }
    linked(frame, row)
}

/// The title, as a link when the task is on the list.
pub(crate) fn linked(frame: &Frame, row: &RowBody) -> Markup {
    let title = shown(row).map_or("", |task| task.title.as_str());
    match &row.after {
        Some(task) if task.deleted_at.is_none() => frame.link(row.id, title),
        Some(_) => html! { a href="/trash" { bdi { (title) } } },
        None => html! { bdi { (title) } },
    }
}

//! What a change did to the fields of a task, before → after.

use maud::{Markup, html};
use todo_api::change::RowBody;
use todo_api::task::TaskBody;

use super::facts::priority;
use crate::icons::{Icon, icon};
use crate::words::{self, Words};

/// Longer texts are cut.
const LONGEST: usize = 80;

/// What reads a field as text.
type Field = (&'static str, fn(&Words, &TaskBody) -> String);

const FIELDS: [Field; 7] = [
    ("Title", |_, task| task.title.clone()),
    ("Note", |_, task| task.description.clone().unwrap_or_default()),
    ("Due", |words, task| words.due_of(task).map(|due| words.due_words(due)).unwrap_or_default()),
    ("Repeat", |_, task| task.repeat.as_deref().map(words::repeat).unwrap_or_default()),
    ("Priority", |_, task| {
        priority(task.priority).map(|(_, word)| word.to_owned()).unwrap_or_default()
    }),
    ("Tags", |_, task| task.tags.join(", ")),
    ("Reminder", |_, task| {
        let minutes: Vec<String> =
            task.reminders.iter().map(|reminder| reminder.minutes_before.to_string()).collect();
        if minutes.is_empty() {
            String::new()
        } else {
            format!("{} min before", minutes.join(", "))
        }
    }),
];

/// The fields that differ.
pub(crate) fn diff(words: &Words, row: &RowBody) -> Markup {
    let (Some(before), Some(after)) = (&row.before, &row.after) else { return html! {} };
    let changed: Vec<(&str, String, String)> = FIELDS
        .iter()
        .map(|(label, read)| (*label, read(words, before), read(words, after)))
        .filter(|(_, before, after)| before != after)
        .collect();
    html! {
        @if !changed.is_empty() {
            dl.diff {
                @for (label, before, after) in changed {
                    div { dt { (label) } dd { s { (value(&before)) } (arrow()) b { (value(&after)) } } }
                }
            }
        }
    }
}

/// One line of what a plan would do to a task: its day before and after, or what else would change.
pub(crate) fn movement(words: &Words, row: &RowBody) -> Markup {
    let due = |task: &TaskBody| {
        words.due_of(task).map_or_else(|| "No date".to_owned(), |due| words.due_words(due))
    };
    match (&row.before, &row.after) {
        (Some(before), Some(after)) if before.due != after.due => {
            html! { s { (due(before)) } (arrow()) b { (due(after)) } }
        }
        (Some(before), Some(after))
            if before.deleted_at.is_none() && after.deleted_at.is_none() =>
        {
            html! { (due(before)) @if before.completed == after.completed { (diff(words, row)) } }
        }
        (Some(task), _) | (None, Some(task)) => html! { (due(task)) },
        (None, None) => html! {},
    }
}

fn arrow() -> Markup {
    html! { (icon(Icon::Arrow)) span.vh { "to" } }
}

fn value(text: &str) -> Markup {
    let short: String = text.chars().take(LONGEST).collect();
    html! {
        @if text.is_empty() { "none" } @else { bdi { (short) @if short.len() < text.len() { "…" } } }
    }
}

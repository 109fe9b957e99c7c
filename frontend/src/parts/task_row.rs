//! One task in a list.

use maud::{Markup, html};
use todo_api::task::TaskBody;
use todo_api::terms::Priority;

use super::editor::editor;
use super::facts::{When, facts};
use super::frame::Frame;
use crate::icons::{Icon, icon};

/// What a row shows beside its task.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shown<'a> {
    /// How its due date is written.
    pub(crate) when: When,
    /// Words that were searched for.
    pub(crate) marked: &'a [String],
}

impl Shown<'static> {
    /// A row that nobody searched for.
    pub(crate) fn plain(when: When) -> Self {
        Self { when, marked: &[] }
    }
}

/// The row, or the editor in its place.
pub(crate) fn task_row(frame: &Frame, task: &TaskBody, shown: Shown<'_>) -> Markup {
    if frame.at.query.task == Some(task.id) && task.deleted_at.is_none() {
        return editor(frame, task);
    }
    let id = task.id;
    let href = frame.at.task(id);
    let class = if task.completed { "task task--done" } else { "task" };
    html! {
        li class=(class) id={ "task-" (id) } data-priority=[coloured(task.priority)] {
            span.task__num { span.vh { "Task " } (id) }
            (check(task, &format!("t{id}")))
            div.task__body {
                a.task__title id={ "t" (id) } href=(href) { bdi { (marked(&task.title, shown.marked)) } }
                @if let Some(note) = found_in_note(task, shown.marked) { p.task__note { bdi { (note) } } }
                (facts(&frame.words, task, shown.when))
            }
            a.icon-btn.task__more href=(href) aria-label={ "More for task " (id) } { (icon(Icon::More)) }
        }
    }
}

/// The box. It sets a state and never toggles; its value is the state that a press asks for.
fn check(task: &TaskBody, label: &str) -> Markup {
    html! {
        button.check role="checkbox" aria-checked=(task.completed) aria-labelledby=(label)
            form="act" formaction={ "/tasks/" (task.id) "/complete" } name="completed" value=(!task.completed) {}
    }
}

/// The priorities that colour the box.
pub(crate) fn coloured(priority: Priority) -> Option<&'static str> {
    match priority {
        Priority::High => Some("high"),
        Priority::Medium => Some("medium"),
        Priority::Low | Priority::None => None,
    }
}

/// Longer notes are cut around what was found.
const AROUND: usize = 60;

/// The part of the note with the first word that the title does not have.
fn found_in_note(task: &TaskBody, wanted: &[String]) -> Option<Markup> {
    let note = task.description.as_deref()?;
    let missing: Vec<String> = wanted
        .iter()
        .filter(|word| hits(&task.title, std::slice::from_ref(*word)).is_empty())
        .cloned()
        .collect();
    let (start, end) = *hits(note, &missing).first()?;
    let before = note[..start].char_indices().rev().nth(AROUND).map_or(0, |(at, _)| at);
    let after = note[end..].char_indices().nth(AROUND).map_or(note.len(), |(at, _)| end + at);
    Some(html! {
        @if before > 0 { "… " }
        (marked(&note[before..after], &missing))
        @if after < note.len() { " …" }
    })
}

/// The text with the beginnings of words marked that were searched for.
pub(crate) fn marked(text: &str, wanted: &[String]) -> Markup {
    let hits = hits(text, wanted);
    let starts = std::iter::once(0).chain(hits.iter().map(|(_, end)| *end));
    let rest = hits.last().map_or(0, |(_, end)| *end);
    html! {
        @for (from, (start, end)) in starts.zip(&hits) { (text[from..*start]) mark { (text[*start..*end]) } }
        (text[rest..])
    }
}

/// Where words of the text begin with one of the wanted ones (in lower case), as byte positions.
fn hits(text: &str, wanted: &[String]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut previous = None;
    for (at, letter) in text.char_indices() {
        let begins = letter.is_alphanumeric() && !previous.is_some_and(char::is_alphanumeric);
        previous = Some(letter);
        let end = begins
            .then(|| wanted.iter().filter_map(|word| prefix_end(&text[at..], word)).max())
            .flatten();
        if let Some(length) = end {
            found.push((at, at + length));
        }
    }
    found
}

/// How many bytes of `text` are `wanted` when case does not matter.
fn prefix_end(text: &str, wanted: &str) -> Option<usize> {
    let mut wanted = wanted.chars().peekable();
    for (at, letter) in text.char_indices() {
        if wanted.peek().is_none() {
            return Some(at);
        }
        for lower in letter.to_lowercase() {
            wanted.next_if_eq(&lower)?;
        }
    }
    wanted.peek().is_none().then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(text: &str, wanted: &[&str]) -> String {
        marked(text, &wanted.iter().map(ToString::to_string).collect::<Vec<_>>()).into_string()
    }

    #[test]
    fn beginnings_of_words_are_marked_whatever_their_case() {
        assert_eq!(mark("Rent a car, parent", &["rent"]), "<mark>Rent</mark> a car, parent");
        assert_eq!(mark("İstanbul", &["i"]), "İstanbul");
        assert_eq!(mark("CAFÉ table", &["café", "ta"]), "<mark>CAFÉ</mark> <mark>ta</mark>ble");
    }

    #[test]
    fn what_is_marked_stays_text() {
        assert_eq!(mark("<b>rent</b>", &["rent"]), "&lt;b&gt;<mark>rent</mark>&lt;/b&gt;");
    }
}

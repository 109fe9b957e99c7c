//! Facts of a task: short, in a fixed order, each with an icon or a colour that says no more than its words.

use jiff::civil::Date;
use maud::{Markup, Render, html};
use todo_api::task::TaskBody;
use todo_api::terms::Priority;

use crate::icons::{Icon, icon};
use crate::words::{self, Words};

/// How much of a due date is news: a heading may have said the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// The heading says the day.
    Time,
    /// Nothing says the day.
    Day,
    /// The day has passed.
    Late,
    /// The time at which it was completed.
    Done,
}

/// How many colours tags have.
const HUES: u32 = 6;

/// The colour of a tag; its name always stands beside it.
pub(crate) fn dot(tag: &str) -> Markup {
    // FNV-1a: the same colour for a name on every device and after every restart.
    let hash = tag
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    html! { span.dot data-hue=(hash % HUES + 1) {} }
}

/// A fact that is no part of a task, such as its number.
pub(crate) fn fact(kind: &str, symbol: Option<Icon>, text: impl Render) -> Markup {
    html! { li class={ "fact fact--" (kind) } { @if let Some(symbol) = symbol { (icon(symbol)) } (text) } }
}

/// The facts of a row, nothing when there are none.
pub(crate) fn facts(words: &Words, task: &TaskBody, when: When) -> Markup {
    let (due, rest) = (due(words, task, when), others(task));
    html! {
        @if due.is_some() || !rest.is_empty() {
            ul.facts role="list" {
                @if let Some(due) = due { (due) }
                @for fact in rest { (fact) }
            }
        }
    }
}

/// The facts of a receipt, after some of its own: days are written in full.
pub(crate) fn receipt_facts(words: &Words, first: &[Markup], task: Option<&TaskBody>) -> Markup {
    let due = task
        .and_then(|task| words.due_of(task))
        .map(|due| fact("due", Some(Icon::Calendar), words.due_words(due)));
    html! {
        ul.facts role="list" {
            @for fact in first { (fact) }
            @if let Some(due) = due { (due) }
            @if let Some(task) = task { @for fact in others(task) { (fact) } }
        }
    }
}

fn due(words: &Words, task: &TaskBody, when: When) -> Option<Markup> {
    if when == When::Done {
        return task.completed_at.map(|at| fact("due", None, words.clock(at)));
    }
    let due = words.due_of(task)?;
    let kind = if when == When::Late { "late" } else { "due" };
    let text = if when == When::Time { words.time(due.time?) } else { words.due_words(due) };
    Some(fact(kind, None, text))
}

fn others(task: &TaskBody) -> Vec<Markup> {
    let mut facts = Vec::new();
    facts.extend(
        task.repeat.as_deref().map(|rule| fact("repeat", Some(Icon::Repeat), words::repeat(rule))),
    );
    facts.extend(priority(task.priority).map(|(kind, word)| fact(kind, Some(Icon::Flag), word)));
    facts.extend(task.description.as_ref().map(|_| fact("note", Some(Icon::Note), "Note")));
    facts.extend(
        task.tags.iter().map(|tag| html! { li.fact.fact--tag { (dot(tag)) bdi { (tag) } } }),
    );
    facts
}

/// The class and the word of a priority that somebody gave.
pub(crate) fn priority(priority: Priority) -> Option<(&'static str, &'static str)> {
    match priority {
        Priority::None => None,
        Priority::Low => Some(("low", "Low")),
        Priority::Medium => Some(("medium", "Medium")),
        Priority::High => Some(("high", "High")),
    }
}

/// Whether a day lies before today.
pub(crate) fn is_past(words: &Words, date: Date) -> bool {
    date < words.today()
}

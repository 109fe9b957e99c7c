//! What changed, and below the perforation the part to tear off, Undo. Drawn from the database, never from what a model
//! said.

use jiff::Timestamp;
use maud::{Markup, html};
use todo_api::change::{ChangeBody, RowBody};
use todo_api::chat::ToolCallBody;
use todo_api::terms::Verb;

use super::diff::diff;
use super::facts::{fact, receipt_facts};
use super::flash::undo;
use super::frame::Frame;
use super::{change, change::shown};
use crate::icons::{Icon, icon};

/// More tasks than this are folded.
const UNFOLDED: usize = 5;

/// A card with a stub.
pub(crate) struct Receipt<'a> {
    /// `done`, `undone` or `failed`.
    pub(crate) state: &'static str,
    pub(crate) icon: Icon,
    /// The sentence.
    pub(crate) what: Markup,
    /// Facts, before → after, a list.
    pub(crate) more: Markup,
    /// The tool that did it.
    pub(crate) tool: &'a str,
    /// When.
    pub(crate) time: String,
    /// Undo, or why there is none.
    pub(crate) stub: Markup,
}

impl Receipt<'_> {
    pub(crate) fn render(&self) -> Markup {
        html! {
            article.receipt data-state=(self.state) {
                div.receipt__body {
                    span.receipt__icon { (icon(self.icon)) }
                    div { p.receipt__what { (self.what) } (self.more) }
                }
                footer.receipt__stub {
                    span.receipt__tool {
                        @if !self.tool.is_empty() { code { (self.tool) } " " }
                        span { (self.time) }
                    }
                    (self.stub)
                }
            }
        }
    }
}

/// The receipt of a change as it stands now: perhaps somebody took it back.
pub(crate) fn of_change(frame: &Frame, made: &ChangeBody, tool: &str) -> Markup {
    Receipt {
        state: if made.undone_by.is_some() { "undone" } else { "done" },
        icon: change::symbol(made),
        what: change::sentence(frame, made),
        more: more(frame, made),
        tool,
        time: frame.words.clock(made.at),
        stub: stub(frame, made),
    }
    .render()
}

/// Undo; or that it was undone, and when if that is known here.
pub(crate) fn stub(frame: &Frame, made: &ChangeBody) -> Markup {
    let Some(by) = made.undone_by else {
        // What is older than 90 days has lost its rows, and with them the way back.
        return html! { @if !made.tasks.is_empty() { (undo(&[made.id], &change::plain(&frame.words, made))) } };
    };
    let undone_at =
        frame.screen.message_changes.iter().find(|change| change.id == by).map(|change| change.at);
    html! {
        span.receipt__tag {
            (icon(Icon::Undo)) "Undone" @if let Some(at) = undone_at { " at " (frame.words.clock(at)) }
        }
    }
}

fn more(frame: &Frame, made: &ChangeBody) -> Markup {
    match made.tasks.as_slice() {
        [] => html! {},
        [row] => one(frame, made.verb, row),
        rows => several(frame, made.verb, rows),
    }
}

fn one(frame: &Frame, verb: Verb, row: &RowBody) -> Markup {
    let number = fact("num", None, format!("Task {}", row.id));
    match verb {
        Verb::Update | Verb::Undo => html! {
            ul.facts role="list" { (number) }
            (diff(&frame.words, row))
        },
        Verb::Delete => html! { ul.facts role="list" { (number) } },
        Verb::Complete => {
            let facts =
                [Some(number), returns(frame, row)].into_iter().flatten().collect::<Vec<_>>();
            receipt_facts(&frame.words, &facts, None)
        }
        Verb::Add | Verb::Reopen | Verb::Restore => {
            receipt_facts(&frame.words, &[number], shown(row))
        }
    }
}

/// A repeating task that was completed comes back.
fn returns(frame: &Frame, row: &RowBody) -> Option<Markup> {
    let after = row.after.as_ref().filter(|task| !task.completed)?;
    let due = frame.words.due_of(after)?;
    Some(fact("repeat", Some(Icon::Repeat), format!("Returns {}", frame.words.short_day(due.date))))
}

fn several(frame: &Frame, verb: Verb, rows: &[RowBody]) -> Markup {
    let (first, rest) = rows.split_at(rows.len().min(UNFOLDED));
    let line = |row: &RowBody| {
        html! {
            li {
                span.fact.fact--num { (row.id) } " " (change::linked(frame, row))
                @if verb == Verb::Update { (diff(&frame.words, row)) }
            }
        }
    };
    html! {
        ul.receipt__list role="list" { @for row in first { (line(row)) } }
        @if !rest.is_empty() {
            details {
                summary { (rest.len()) " more" }
                ul.receipt__list role="list" { @for row in rest { (line(row)) } }
            }
        }
    }
}

/// The receipt of a call that changed nothing: refused, or so already. Nothing for calls that only looked.
pub(crate) fn of_call(frame: &Frame, call: &ToolCallBody, at: Timestamp) -> Markup {
    if is_reading(&call.tool) {
        return html! {};
    }
    let failed =
        call.failed || outcome(call).is_some_and(|outcome| matches!(outcome, "missing" | "stale"));
    let (state, symbol) = if failed { ("failed", Icon::Warn) } else { ("done", Icon::Check) };
    let said = reason(call);
    Receipt {
        state,
        icon: symbol,
        what: html! {
            @if failed { "Nothing changed" @if let Some(said) = said { ": " bdi { (crate::words::uncapitalized(said)) } } }
            @else if let Some(said) = said { bdi { (said) } }
            @else { "Nothing changed: it was so already" }
        },
        more: html! {},
        tool: &call.tool,
        time: frame.words.clock(at),
        stub: html! {},
    }
    .render()
}

/// Tools that look and change nothing.
fn is_reading(tool: &str) -> bool {
    matches!(tool, "list_tasks" | "get_task" | "history")
}

/// What became of the first task that a call named.
fn outcome(call: &ToolCallBody) -> Option<&str> {
    call.result.get("results")?.get(0)?.get("outcome")?.as_str()
}

/// What the tool said, without the full stop.
fn reason(call: &ToolCallBody) -> Option<&str> {
    let text = ["summary", "detail", "message", "error"]
        .iter()
        .find_map(|key| call.result.get(*key)?.as_str());
    text.or_else(|| call.result.as_str())
        .map(|text| text.trim_end_matches('.'))
        .filter(|text| !text.is_empty())
}

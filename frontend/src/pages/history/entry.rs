//! Changes in the history.

use maud::{Markup, html};
use todo_api::change::ChangeBody;
use todo_api::terms::Verb;

use crate::address::joined;
use crate::icons::{Icon, icon};
use crate::parts::change::{actor, linked, plain, sentence};
use crate::parts::diff::diff;
use crate::parts::frame::Frame;
use crate::words::{count, listed};

/// More titles than this are not listed below a change.
const LISTED: usize = 10;

/// Changes of one day. Neighbours of one app share a line on top from which all of them can be taken back.
pub(super) fn entries(frame: &Frame, changes: &[&ChangeBody]) -> Markup {
    let runs = changes.chunk_by(|a, b| a.actor == b.actor);
    html! {
        ol.changes role="list" {
            @for run in runs {
                @if run.len() > 1 && is_outside(&run[0].actor) { (batch(frame, run)) }
                @for change in run { (entry(frame, change)) }
            }
        }
    }
}

fn is_outside(actor: &str) -> bool {
    actor.starts_with("key:") || actor.starts_with("client:")
}

fn batch(frame: &Frame, run: &[&ChangeBody]) -> Markup {
    let (symbol, who) = actor(&run[0].actor);
    let open: Vec<i64> =
        run.iter().filter(|change| can_be_undone(change)).map(|change| change.id).collect();
    let tasks: usize = run.iter().map(|change| change.tasks.len()).sum();
    let (last, first) = (frame.words.clock(run[0].at), frame.words.clock(run[run.len() - 1].at));
    html! {
        li.batch {
            div.batch__head {
                span.change__who { (icon(symbol)) span { (who) } }
                p {
                    (count(tasks, "task")) " changed "
                    @if first == last { "at " (first) } @else { "between " (first) " and " (last) }
                }
                @if open.len() > 1 {
                    button.btn.btn--soft form="act" formaction={ "/changes/undo?ids=" (joined(&open)) } {
                        (icon(Icon::Undo)) "Undo all " (open.len())
                    }
                }
            }
        }
    }
}

fn can_be_undone(change: &ChangeBody) -> bool {
    change.undone_by.is_none() && !change.tasks.is_empty()
}

fn entry(frame: &Frame, change: &ChangeBody) -> Markup {
    let (symbol, who) = actor(&change.actor);
    html! {
        li.change id={ "change-" (change.id) } data-state=[change.undone_by.map(|_| "undone")] {
            time.change__time datetime=(change.at) { (frame.words.clock(change.at)) }
            span.change__who { (icon(symbol)) span { (who) } }
            div.change__what {
                p { (sentence(frame, change)) }
                (titles(frame, change))
                (place(frame, change))
                @if let ([row], Verb::Update) = (change.tasks.as_slice(), change.verb) { (diff(&frame.words, row)) }
            }
            @if change.undone_by.is_some() {
                span.receipt__tag { "Undone" }
            } @else if can_be_undone(change) {
                button.btn.btn--soft form="act" formaction={ "/changes/" (change.id) "/undo" } {
                    (icon(Icon::Undo)) "Undo" span.vh { " " (plain(&frame.words, change)) }
                }
            }
        }
    }
}

/// The titles of tasks that the sentence only counts.
fn titles(frame: &Frame, change: &ChangeBody) -> Markup {
    let titles: Vec<Markup> =
        change.tasks.iter().take(LISTED).map(|row| linked(frame, row)).collect();
    html! {
        @if change.tasks.len() > 3 {
            p.change__sub {
                (listed(&titles)) @if change.tasks.len() > LISTED { " and " (change.tasks.len() - LISTED) " more" }
            }
        }
    }
}

/// In which conversation the assistant did it.
fn place(frame: &Frame, change: &ChangeBody) -> Markup {
    let Some(id) = change.conversation_id else { return html! {} };
    let title = frame
        .screen
        .conversations
        .iter()
        .find(|talk| talk.id == id)
        .map(|talk| talk.title.as_str());
    html! {
        p.change__sub {
            "In " a href={ "/today?conversation=" (id) "#chat" } {
                @if let Some(title) = title { "“" bdi { (title) } "”" } @else { "conversation " (id) }
            }
        }
    }
}

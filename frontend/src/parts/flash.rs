//! The answer to the last form: a receipt with Undo, or a notice.

use maud::{Markup, html};
use todo_api::change::ChangeBody;

use super::change;
use super::frame::Frame;
use super::notice::Notice;
use crate::address::joined;
use crate::icons::{Icon, icon};

/// The answer to the last form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Flash {
    /// These changes were made, oldest first.
    Did(Vec<ChangeBody>),
    /// There is something to say.
    Said(Notice),
    /// A change could not be taken back, because this later one touched the same task.
    InTheWay(Box<ChangeBody>),
}

pub(crate) fn flash(frame: &Frame, flash: &Flash) -> Markup {
    match flash {
        Flash::Did(changes) => did(frame, changes),
        Flash::Said(notice) => said(*notice),
        Flash::InTheWay(later) => in_the_way(frame, later),
    }
}

fn did(frame: &Frame, changes: &[ChangeBody]) -> Markup {
    let Some(whole) = change::merged(changes) else { return html! {} };
    let open: Vec<i64> = changes
        .iter()
        .filter(|change| change.undone_by.is_none())
        .map(|change| change.id)
        .collect();
    html! {
        div.flash role="status" {
            (icon(Icon::Check))
            p {
                @if open.is_empty() { s { (change::sentence(frame, &whole)) } " Undone" }
                @else { (change::sentence(frame, &whole)) (change::where_to(frame, &whole)) }
            }
            @if !open.is_empty() && !whole.tasks.is_empty() { (undo(&open, &change::plain(&frame.words, &whole))) }
        }
    }
}

/// The button that takes changes back.
pub(crate) fn undo(changes: &[i64], what: &str) -> Markup {
    let action = match changes {
        [one] => format!("/changes/{one}/undo"),
        several => format!("/changes/undo?ids={}", joined(several)),
    };
    html! {
        button.btn.btn--quiet form="act" formaction=(action) { (icon(Icon::Undo)) "Undo" span.vh { " " (what) } }
    }
}

fn said(notice: Notice) -> Markup {
    let (lead, rest) = notice.sentences();
    html! {
        @if notice.is_trouble() {
            div.flash data-kind="danger" role="alert" { (icon(Icon::Warn)) p { b { (lead) } " " (rest) } }
        } @else {
            div.flash role="status" { (icon(Icon::Check)) p { (lead) } }
        }
    }
}

fn in_the_way(frame: &Frame, later: &ChangeBody) -> Markup {
    let title = later
        .tasks
        .iter()
        .find_map(|row| row.after.as_ref().or(row.before.as_ref()))
        .map(|task| &task.title);
    html! {
        div.notice data-kind="danger" role="alert" {
            (icon(Icon::Warn))
            div {
                p {
                    b { "This cannot be undone on its own." }
                    " “" bdi { (title.map_or("A task", String::as_str)) } "” was changed again "
                    (frame.words.moment(later.at)) ". Undo that change first."
                }
                div.notice__do {
                    a.btn.btn--soft href={ "/history?before=" (later.id + 1) "#change-" (later.id) } { "Show the later change" }
                }
            }
        }
    }
}

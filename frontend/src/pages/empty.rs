//! What stands where nothing is to be listed.

use maud::{Markup, html};
use todo_api::task::TaskBody;

use crate::address::Place;
use crate::icons::{Icon, icon};
use crate::parts::frame::Frame;

const STARTERS: [&str; 3] = [
    "Call mum on Sunday at 6pm",
    "Water the plants every 3 days #home",
    "Pay rent every month on the 1st !high",
];

/// An empty list.
pub(crate) fn list(frame: &Frame) -> Markup {
    let counts = &frame.screen.counts;
    if counts.open + counts.completed + counts.trashed == 0 {
        return new_account(frame);
    }
    match &frame.at.place {
        Place::Today => simple("Nothing left for today", "What comes next is in Upcoming."),
        Place::Upcoming => {
            simple("Nothing is coming up", "Tasks with a date after today appear here.")
        }
        Place::Completed => simple("Nothing completed yet", "Tick a task, and it moves here."),
        Place::Tag(tag) => html! {
            div.empty {
                (art())
                h2 { "Nothing with #" bdi { (tag) } }
                p { "Write #" bdi { (tag) } " in a new task to put it here." }
            }
        },
        _ => simple("Nothing to do", "Type a task above, or tell the chat."),
    }
}

/// A heading and a sentence.
pub(crate) fn simple(title: &str, text: &str) -> Markup {
    html! { div.empty { (art()) h2 { (title) } @if !text.is_empty() { p { (text) } } } }
}

/// A search without results.
pub(crate) fn nothing_found(wanted: &str) -> Markup {
    html! {
        div.empty { (drawing(GLASS)) h2 { "No tasks with “" bdi { (wanted) } "”" } p { "Beginnings of words are enough. The trash is not searched." } }
    }
}

/// An editor was asked for a task that is in the trash.
pub(crate) fn in_trash(frame: &Frame, task: &TaskBody) -> Markup {
    html! {
        div.notice {
            (icon(Icon::Trash))
            div {
                p { b { bdi { (task.title) } } " is in the trash" @if let Some(at) = task.deleted_at { ", since " (frame.words.moment(at)) } "." }
                div.notice__do {
                    button.btn.btn--soft form="act" formaction={ "/tasks/" (task.id) "/restore" } { "Restore" }
                }
            }
        }
    }
}

/// An editor was asked for a task that there is not.
pub(crate) fn no_such_task(id: i64) -> Markup {
    html! { div.notice { (icon(Icon::Warn)) p { b { "There is no task " (id) "." } " Perhaps its addition was undone." } } }
}

fn new_account(frame: &Frame) -> Markup {
    html! {
        div.empty {
            (art())
            h2 { "Nothing to do yet" }
            p {
                "Type a task above, or tell the chat. Words such as " span.said { "tomorrow at 5" } " or "
                span.said { "every Monday" } " become the date."
            }
            ul.starters role="list" {
                @for starter in STARTERS {
                    li {
                        button.starter form="act" formaction="/tasks" name="text" value=(starter) {
                            (icon(Icon::Plus)) span { (starter) }
                        }
                    }
                }
            }
            p.empty__zone {
                (icon(Icon::Clock))
                span { "Times are in " b { (frame.screen.settings.timezone) } ". " a href="/settings" { "Change" } }
            }
        }
    }
}

const PLUS: &str = "M60 34v24M48 46h24";
const GLASS: &str = "M58 32a12 12 0 1 1 0 24a12 12 0 0 1 0-24zM67 53l9 9";

fn art() -> Markup {
    drawing(PLUS)
}

/// The empty bubble with a sign in it.
fn drawing(sign: &str) -> Markup {
    html! {
        svg.empty__art aria-hidden="true" viewBox="0 0 120 96" {
            path d="M60 10a36 36 0 1 1 0 72H33a9 9 0 0 1-9-9V46a36 36 0 0 1 36-36z" {}
            path d=(sign) {}
        }
    }
}

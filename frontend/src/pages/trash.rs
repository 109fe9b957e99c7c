//! What was deleted and can come back.

use maud::{Markup, Render, html};

use super::{empty, load};
use crate::address::Address;
use crate::failure::Failure;
use crate::parts::frame::{Draft, Frame};
use crate::parts::page_head::page_head;
use crate::parts::shell;
use crate::session::Visitor;

/// The trash.
pub(crate) struct TrashPage {
    pub(crate) frame: Frame,
}

impl TrashPage {
    pub(crate) async fn load(
        visitor: &Visitor,
        at: Address,
        draft: Draft,
    ) -> Result<Self, Failure> {
        Ok(Self { frame: load::frame(visitor, at, draft).await? })
    }
}

impl Render for TrashPage {
    fn render(&self) -> Markup {
        let frame = &self.frame;
        let list = &frame.screen.list;
        let below = html! { "Deleted tasks wait here for 30 days. Restoring one brings back its date, tags and number." };
        let main = html! {
            (page_head("Trash", &[below], &html! {}))
            @if list.tasks.is_empty() { (empty::simple("The trash is empty", "")) } @else {
                ul.tasks.tasks--plain role="list" {
                    @for task in &list.tasks {
                        li.bin id={ "task-" (task.id) } {
                            span.task__num { span.vh { "Task " } (task.id) }
                            div.bin__body {
                                p.bin__title { bdi { (task.title) } }
                                @if let Some(at) = task.deleted_at { p.change__sub { "Deleted " (frame.words.moment(at)) } }
                            }
                            button.btn.btn--soft form="act" formaction={ "/tasks/" (task.id) "/restore" } {
                                "Restore" span.vh { " " (task.title) }
                            }
                        }
                    }
                }
            }
            @if let Some(cursor) = &list.next_cursor {
                nav.pager aria-label="Pages" { a.btn.btn--soft href=(frame.at.next(cursor)) { "Show more" } }
            }
        };
        shell::page(frame, "Trash", &main)
    }
}

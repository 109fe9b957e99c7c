//! Conversations: all of them, and what can be done with one.

use maud::{Markup, Render, html};
use todo_api::conversation::{ConversationBody, ConversationParams};

use super::{empty, load};
use crate::address::{Address, Place, Talk};
use crate::failure::Failure;
use crate::icons::{Icon, icon};
use crate::parts::frame::{Draft, Frame};
use crate::parts::page_head::page_head;
use crate::parts::shell;
use crate::session::Visitor;
use crate::words::count;

/// Conversations, all or those in which something was said.
pub(crate) struct ConversationsPage {
    pub(crate) frame: Frame,
    pub(crate) found: Vec<ConversationBody>,
}

impl ConversationsPage {
    pub(crate) async fn load(
        visitor: &Visitor,
        at: Address,
        draft: Draft,
    ) -> Result<Self, Failure> {
        let params = ConversationParams { q: at.query.q.clone(), limit: Some(200), before: None };
        let (frame, found) =
            tokio::join!(load::frame(visitor, at, draft), visitor.client.conversations(&params));
        Ok(Self { frame: frame?, found: found?.conversations })
    }
}

impl Render for ConversationsPage {
    fn render(&self) -> Markup {
        let frame = &self.frame;
        let wanted = frame.at.query.q.as_deref().unwrap_or_default();
        let today = Address::of(Place::Today);
        let main = html! {
            (page_head("Conversations", &[html! { (count(self.found.len(), "conversation")) }], &html! {}))
            form.find role="search" aria-label="Search conversations" action="/conversations" {
                (icon(Icon::Search))
                input name="q" type="search" aria-label="Search conversations" value=(wanted) autocomplete="off";
                button.btn.btn--main { "Search" }
            }
            @if self.found.is_empty() { (empty::simple("No conversation", "Say something in the chat to begin one.")) }
            ul.rows role="list" {
                @for talk in &self.found {
                    li.row {
                        (icon(Icon::Chat))
                        div {
                            p { a href=(today.conversation(Talk::Id(talk.id))) { bdi { (talk.title) } } }
                            p.change__sub { (frame.words.moment(talk.updated_at)) }
                        }
                        a.icon-btn href=(frame.at.to(Place::Conversation(talk.id))) aria-label={ "Rename, export or delete " (talk.title) } {
                            (icon(Icon::More))
                        }
                    }
                }
            }
        };
        shell::page(frame, "Conversations", &main)
    }
}

/// One conversation: rename, export, delete. The page itself is the question before the deletion.
pub(crate) struct ConversationPage {
    pub(crate) frame: Frame,
    pub(crate) talk: ConversationBody,
    /// How much was said in it.
    pub(crate) messages: usize,
}

impl ConversationPage {
    pub(crate) async fn load(
        visitor: &Visitor,
        mut at: Address,
        draft: Draft,
        id: i64,
    ) -> Result<Self, Failure> {
        at.query.conversation = Some(Talk::Id(id));
        let (frame, whole) =
            tokio::join!(load::frame(visitor, at, draft), visitor.client.export_conversation(id));
        let whole = whole?;
        Ok(Self { frame: frame?, talk: whole.conversation, messages: whole.messages.len() })
    }
}

impl Render for ConversationPage {
    fn render(&self) -> Markup {
        let (id, title) = (self.talk.id, &self.talk.title);
        let main = html! {
            (page_head(html! { bdi { (title) } }, &[html! { (count(self.messages, "message")) }], &html! {}))
            div.stack {
                form.inline method="post" action={ "/conversations/" (id) "/rename" } {
                    div.field {
                        label for="title" { "Name" }
                        input #title name="title" value=(title) required maxlength="100" dir="auto" autocomplete="off";
                    }
                    button.btn.btn--soft { "Rename" }
                }
                ul.rows role="list" {
                    li.row {
                        (icon(Icon::Download))
                        div { p { "Export" } p.change__sub { "Everything that was said, as one JSON file" } }
                        a.btn.btn--soft href={ "/conversations/" (id) "/export" } download { "Download" }
                    }
                    li.row {
                        (icon(Icon::Trash))
                        div {
                            p { "Delete “" bdi { (title) } "”?" }
                            p.change__sub {
                                "Its " (count(self.messages, "message")) " go for good. What they changed on your list stays, and stays in the history."
                            }
                        }
                        form method="post" action={ "/conversations/" (id) "/delete" } {
                            button.btn.btn--danger { "Delete the conversation" }
                        }
                    }
                }
                p { a.btn.btn--quiet href={ "/today?conversation=" (id) "#chat" } { "Back to the conversation" } }
            }
        };
        shell::page(&self.frame, title, &main)
    }
}

//! The conversation beside the list.

use jiff::SignedDuration;
use maud::{Markup, html};
use todo_api::conversation::ConversationBody;
use todo_api::terms::Role;

use super::frame::{Draft, Frame};
use super::turn::turn;
use crate::address::{Place, Talk};
use crate::icons::{Icon, icon};

const STARTERS: [&str; 3] = ["What can you do?", "Add buy milk tomorrow", "What is due this week?"];

pub(crate) fn chat(frame: &Frame) -> Markup {
    let title =
        frame.screen.conversation.as_ref().map_or("New conversation", |talk| talk.title.as_str());
    html! {
        section.chat #chat aria-labelledby="chat-title" data-conversation=[frame.conversation()] {
            div.chat__head {
                h2.chat__name {
                    button.chat__title type="button" popovertarget="conversations" {
                        span {
                            span #chat-title dir="auto" { (title) }
                            span.chat__who { (who(&frame.screen.assistant)) }
                        }
                        (icon(Icon::Down))
                        span.vh { "Conversations" }
                    }
                }
                form method="post" action="/conversations" {
                    button.icon-btn aria-label="New conversation" { (icon(Icon::Plus)) }
                }
                (conversations(frame))
            }
            div.chat__log role="log" aria-label="Conversation" aria-busy=(waits(frame)) tabindex="0" {
                ol.turns role="list" {
                    @if begins(frame) { (greeting(frame)) }
                    (turns(frame))
                }
            }
            (composer(frame))
        }
    }
}

/// Who thinks, for people.
fn who(assistant: &str) -> &str {
    if assistant == "builtin" || assistant.is_empty() { "Built-in assistant" } else { assistant }
}

fn conversations(frame: &Frame) -> Markup {
    html! {
        div.menu.menu--wide #conversations popover {
            form.menu__search role="search" action="/conversations" {
                (icon(Icon::Search))
                label.vh for="cq" { "Search conversations" }
                input #cq name="q" type="search" placeholder="Search conversations" autocomplete="off";
            }
            ul role="list" { @for talk in &frame.screen.conversations { (row(frame, talk)) } }
        }
    }
}

fn row(frame: &Frame, talk: &ConversationBody) -> Markup {
    let is_open = frame.conversation() == Some(talk.id);
    html! {
        li.menu__row {
            a.menu__item href=(frame.at.conversation(Talk::Id(talk.id))) aria-current=[is_open.then_some("page")] {
                bdi { (talk.title) } span.menu__sub { (frame.words.moment(talk.updated_at)) }
            }
            a.icon-btn href=(frame.at.to(Place::Conversation(talk.id))) aria-label={ "Rename, export or delete " (talk.title) } {
                (icon(Icon::More))
            }
        }
    }
}

fn turns(frame: &Frame) -> Markup {
    let messages = &frame.screen.messages;
    let mut day = None;
    html! {
        @for (at, message) in messages.iter().enumerate() {
            @let date = frame.words.local(message.at).date();
            @if day.replace(date) != Some(date) { li.day { span { (frame.words.day(date)) } } }
            (turn(frame, message, at + 1 == messages.len()))
        }
        @if waits(frame) {
            li.turn.turn--bot { p.working { span.spinner aria-hidden="true" {} span { "Working on it" } } }
        }
        @if let Draft::Message { text, error } = &frame.draft { (refused(text, error)) }
    }
}

/// A message that got no answer; the composer still holds it.
fn refused(text: &str, error: &str) -> Markup {
    html! {
        li.turn.turn--bot {
            h3.vh { "Assistant" }
            div.receipt data-state="failed" role="alert" {
                div.receipt__body {
                    span.receipt__icon { (icon(Icon::Warn)) }
                    div {
                        p.receipt__what { "There is no answer to this" }
                        p.receipt__sub { (error) @if !text.is_empty() { " Your message is kept below." } }
                    }
                }
                footer.receipt__stub {}
            }
        }
    }
}

/// Whether the first thing that was said in the conversation is shown.
fn begins(frame: &Frame) -> bool {
    frame.screen.messages.first().is_none_or(|message| message.id == 1)
}

/// The first line of every conversation, with something to say as long as nothing was said.
fn greeting(frame: &Frame) -> Markup {
    let first = frame.screen.user.name.split_whitespace().next().unwrap_or_default();
    html! {
        li.turn.turn--bot {
            h3.vh { "Assistant" }
            p {
                "Hello" @if !first.is_empty() { " " bdi { (first) } } ". Tell me what you want to get done, and I keep the list. "
                "Each change I make comes with a receipt, and you can undo it."
            }
            @if frame.screen.messages.is_empty() {
                ul.starters role="list" {
                    @for starter in STARTERS {
                        li {
                            button.starter form="act" formaction="/chat" name="message" value=(starter) { span { (starter) } }
                        }
                    }
                }
            }
        }
    }
}

fn composer(frame: &Frame) -> Markup {
    let text = match &frame.draft {
        Draft::Message { text, .. } => text.as_str(),
        _ => "",
    };
    html! {
        form.composer method="post" action="/chat" {
            input type="hidden" name="key" value=(frame.key);
            @if let Some(id) = frame.conversation() { input type="hidden" name="conversation" value=(id); }
            label.vh for="message" { "Message" }
            div.composer__box {
                textarea #message name="message" rows="1" maxlength="4000" placeholder="Ask, add or change anything"
                    dir="auto" enterkeyhint="send" aria-describedby="message-help" aria-keyshortcuts="c" { (text) }
                button.go type="submit" aria-label="Send" { (icon(Icon::Send)) }
            }
            p.composer__help #message-help {
                kbd { "Enter" } " sends, " kbd { "Shift" } kbd { "Enter" } " starts a line"
            }
        }
    }
}

/// Whether an answer is being worked on. After two minutes without one it was lost.
fn waits(frame: &Frame) -> bool {
    let last = frame.screen.messages.last().filter(|message| message.role == Role::User);
    last.is_some_and(|message| {
        frame.screen.now.duration_since(message.at) < SignedDuration::from_mins(2)
    })
}

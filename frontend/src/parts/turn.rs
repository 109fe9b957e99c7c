//! One thing that was said in the chat, with what came of it.

use maud::{Markup, html};
use todo_api::chat::{ChoiceBody, TaskRefBody};
use todo_api::conversation::MessageBody;
use todo_api::terms::{Ending, Role};

use super::frame::Frame;
use super::plan::plan;
use super::receipt;
use crate::icons::{Icon, icon};

/// A turn; `is_last` says whether its choices can still be chosen.
pub(crate) fn turn(frame: &Frame, message: &MessageBody, is_last: bool) -> Markup {
    match message.role {
        Role::User => mine(frame, message),
        Role::Assistant => answer(frame, message, is_last),
    }
}

fn mine(frame: &Frame, message: &MessageBody) -> Markup {
    html! {
        li.turn.turn--me {
            h3.vh { "You, " (frame.words.clock(message.at)) }
            p.said-by-me dir="auto" { (message.text) }
        }
    }
}

fn answer(frame: &Frame, message: &MessageBody, is_last: bool) -> Markup {
    html! {
        li.turn.turn--bot {
            h3.vh { "Assistant, " (frame.words.clock(message.at)) }
            (receipts(frame, message))
            @if let Some(asked) = message.plan_id.and_then(|id| frame.screen.message_plans.iter().find(|plan| plan.id == id)) {
                (plan(frame, asked))
            }
            @if message.ending == Ending::Failed { (failed(frame, message)) } @else { (text(&message.text)) }
            @if !message.refs.is_empty() { (refs(frame, &message.refs)) }
            // A plan has its own buttons.
            @if !message.choices.is_empty() && message.plan_id.is_none() { (choices(&message.choices, is_last)) }
            @if message.ending == Ending::Stopped { p.hint { "Stopped. What has a receipt above was done." } }
        }
    }
}

fn receipts(frame: &Frame, message: &MessageBody) -> Markup {
    let changes = &frame.screen.message_changes;
    html! {
        @for call in &message.tool_calls {
            @let made = call.change_id.and_then(|id| changes.iter().find(|change| change.id == id));
            @if let Some(made) = made { (receipt::of_change(frame, made, &call.tool)) }
            @else if !is_question(call) { (receipt::of_call(frame, call, message.at)) }
        }
    }
}

/// Whether the call made a plan, which has a card of its own.
fn is_question(call: &todo_api::chat::ToolCallBody) -> bool {
    call.result.get("plan").is_some_and(|plan| !plan.is_null())
}

fn failed(frame: &Frame, message: &MessageBody) -> Markup {
    html! {
        div.receipt data-state="failed" role="alert" {
            div.receipt__body {
                span.receipt__icon { (icon(Icon::Warn)) }
                div { p.receipt__what { "There is no answer to this" } p.receipt__sub dir="auto" { (message.text) } }
            }
            footer.receipt__stub { span.receipt__tool { span { (frame.words.clock(message.at)) } } }
        }
    }
}

/// What a line of an answer is.
#[derive(PartialEq, Eq)]
enum Line<'a> {
    Blank,
    Item(&'a str),
    Text(&'a str),
}

impl<'a> Line<'a> {
    fn of(line: &'a str) -> Self {
        match list_item(line) {
            Some(item) => Self::Item(item),
            None if line.trim().is_empty() => Self::Blank,
            None => Self::Text(line),
        }
    }
}

/// Plain text: paragraphs, lines, and lines that begin with a dash as a list. Never markup.
fn text(text: &str) -> Markup {
    let lines: Vec<Line<'_>> = text.lines().map(Line::of).collect();
    let blocks = lines.chunk_by(|a, b| std::mem::discriminant(a) == std::mem::discriminant(b));
    html! {
        @for block in blocks {
            @match block[0] {
                Line::Blank => {}
                Line::Item(_) => ul dir="auto" { @for line in block { (item(line)) } },
                Line::Text(_) => p dir="auto" { @for (at, line) in block.iter().enumerate() { @if at > 0 { br; } (words(line)) } },
            }
        }
    }
}

fn item(line: &Line<'_>) -> Markup {
    html! { li { (words(line)) } }
}

fn words<'a>(line: &Line<'a>) -> &'a str {
    match line {
        Line::Blank => "",
        Line::Item(text) | Line::Text(text) => text,
    }
}

fn list_item(line: &str) -> Option<&str> {
    let line = line.trim_start();
    ["- ", "* ", "• "].iter().find_map(|mark| line.strip_prefix(mark))
}

fn refs(frame: &Frame, tasks: &[TaskRefBody]) -> Markup {
    html! {
        ul.refs role="list" {
            @for task in tasks {
                li {
                    a.ref href=(frame.at.task(task.id)) {
                        span.task__num { span.vh { "Task " } (task.id) }
                        span { bdi { @if task.completed { s { (task.title) } } @else { (task.title) } } }
                        span.ref__when { (task.when) }
                    }
                }
            }
        }
    }
}

/// One button for each; grey once something else was said.
fn choices(choices: &[ChoiceBody], can_choose: bool) -> Markup {
    html! {
        ul.choices role="list" {
            @for choice in choices {
                li {
                    button.choice form="act" formaction="/chat" name="message" value=(choice.say) disabled[!can_choose] {
                        span.task__num { @if let Some(id) = choice.task_id { span.vh { "Task " } (id) } }
                        span { bdi { (choice.label) } }
                        span.ref__when {}
                    }
                }
            }
        }
    }
}

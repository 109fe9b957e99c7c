//! One thing that was said in the chat, with what came of it.

use maud::{Markup, html};
use todo_api::chat::{ChoiceBody, TaskRefBody};
use todo_api::conversation::MessageBody;
use todo_api::plan::PlanBody;
use todo_api::terms::{Ending, Role};

use super::change::shown;
use super::frame::Frame;
use super::plan::{UNCHANGED, plan};
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
    let plans = &frame.screen.message_plans;
    let asked = message.plan_id.and_then(|id| plans.iter().find(|plan| plan.id == id));
    html! {
        li.turn.turn--bot {
            h3.vh { "Assistant, " (frame.words.clock(message.at)) }
            (receipts(frame, message))
            @if let Some(asked) = asked { (plan(frame, asked)) }
            @if message.ending == Ending::Failed { (failed(frame, message)) } @else { (said(frame, message, asked, is_last)) }
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

/// The words of an answer. What a card, a list or buttons beside them say is left out: the text is whole for those who
/// read it without pages.
fn said(frame: &Frame, message: &MessageBody, asked: Option<&PlanBody>, is_last: bool) -> Markup {
    let words = asked.map_or(message.text.as_str(), |plan| beside_plan(&message.text, plan));
    let planned = asked.map_or(&[][..], |plan| plan.tasks.as_slice());
    let planned = planned.iter().filter_map(|row| Some((row.id, shown(row)?.title.as_str())));
    let refs = message.refs.iter().map(|task| (task.id, task.title.as_str()));
    let tasks: Vec<(i64, &str)> = refs.chain(planned).collect();
    let is_listed = |line: &&str| tasks.iter().any(|(id, title)| stands_for(line, *id, title));
    let before: Vec<&str> = words.lines().take_while(|line| !is_listed(line)).collect();
    let after: Vec<&str> =
        words.lines().skip(before.len()).filter(|line| !is_listed(line)).collect();
    let is_choice =
        |task: &&TaskRefBody| message.choices.iter().any(|choice| choice.task_id == Some(task.id));
    let listed: Vec<&TaskRefBody> = message.refs.iter().filter(|task| !is_choice(task)).collect();
    html! {
        (text(&before))
        @if !listed.is_empty() { (links(frame, &listed)) }
        // A plan has its own buttons.
        @if !message.choices.is_empty() && message.plan_id.is_none() { (choices(message, is_last)) }
        (text(&after))
    }
}

/// What an answer says beyond the question of its plan.
fn beside_plan<'a>(text: &'a str, plan: &PlanBody) -> &'a str {
    let rest = text.strip_prefix(plan.title.as_str()).unwrap_or(text).trim_start();
    rest.strip_prefix(UNCHANGED).unwrap_or(rest).trim_start()
}

/// Whether a line like "28 · Pay rent · Tue 1 Dec" says what the list of tasks says.
fn stands_for(line: &str, id: i64, title: &str) -> bool {
    let rest = line.strip_prefix(&id.to_string());
    rest.is_some_and(|rest| rest.trim_start_matches([' ', '·']).starts_with(title))
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
fn text(lines: &[&str]) -> Markup {
    let lines: Vec<Line<'_>> = lines.iter().copied().map(Line::of).collect();
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

fn links(frame: &Frame, tasks: &[&TaskRefBody]) -> Markup {
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
fn choices(message: &MessageBody, can_choose: bool) -> Markup {
    let task =
        |choice: &ChoiceBody| message.refs.iter().find(|task| choice.task_id == Some(task.id));
    html! {
        ul.choices role="list" {
            @for choice in &message.choices {
                @let task = task(choice);
                li {
                    button.choice form="act" formaction="/chat" name="message" value=(choice.say) disabled[!can_choose] {
                        span.task__num { @if let Some(id) = choice.task_id { span.vh { "Task " } (id) } }
                        span { bdi { (task.map_or(choice.label.as_str(), |task| task.title.as_str())) } }
                        span.ref__when { (task.map_or("", |task| task.when.as_str())) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    fn eventful() -> (Frame, MessageBody) {
        let frame = samples::frame("/today", samples::eventful());
        let asked = frame.screen.messages.iter().find(|message| !message.choices.is_empty());
        let asked = asked.expect("the samples have a question").clone();
        (frame, asked)
    }

    #[test]
    fn a_line_that_the_list_of_tasks_shows_is_not_said_twice() {
        let (frame, mut message) = eventful();
        message.refs = vec![TaskRefBody {
            id: 28,
            title: "Pay rent".to_owned(),
            when: "Tue 1 Dec".to_owned(),
            completed: false,
        }];
        message.choices.clear();
        message.text = "One task:\n28 · Pay rent · Tue 1 Dec · #home\nAnd no more.".to_owned();

        let page = answer(&frame, &message, true).into_string();

        assert_eq!(page.matches("Pay rent").count(), 1, "{page}");
        let places = ["One task:", "Pay rent", "And no more."].map(|words| page.find(words));
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{page}");
    }

    #[test]
    fn tasks_to_choose_from_are_buttons_and_not_also_links() {
        let (frame, mut message) = eventful();
        message.refs = vec![TaskRefBody {
            id: 22,
            title: "Call the bank".to_owned(),
            when: "Mon 23 Nov".to_owned(),
            completed: false,
        }];

        let page = answer(&frame, &message, true).into_string();

        assert!(!page.contains("class=\"refs\""), "{page}");
        assert_eq!(page.matches("Call the bank").count(), 1, "{page}");
        assert!(page.contains("Mon 23 Nov"), "{page}");
    }

    #[test]
    fn a_task_of_a_plan_stands_only_on_its_card() {
        let (frame, mut message) = eventful();
        let plan = &frame.screen.message_plans[0];
        let row = &plan.tasks[1];
        let line = format!("{} · {} · today", row.id, shown(row).unwrap().title);
        message.text = format!("{} {UNCHANGED}\n{line}", plan.title);

        let page = said(&frame, &message, Some(plan), true).into_string();

        assert!(!page.contains("<p"), "{page}");
    }

    #[test]
    fn a_plan_asks_its_question_once() {
        let frame = samples::frame("/today", samples::eventful());
        let plan = &frame.screen.message_plans[0];

        let question = format!("{} {UNCHANGED}", plan.title);

        assert_eq!(beside_plan(&question, plan), "");
        assert_eq!(beside_plan(&format!("{question} Times stay."), plan), "Times stay.");
        assert_eq!(beside_plan("These would move.", plan), "These would move.");
    }
}

//! A plan: a receipt that asks first.

use maud::{Markup, html};
use todo_api::change::RowBody;
use todo_api::plan::{PlanBody, PlanState};

use super::diff::movement;
use super::flash::undo;
use super::frame::Frame;
use super::receipt::Receipt;
use super::{change, change::shown};
use crate::icons::{Icon, icon};
use crate::words::{count, uncapitalized};

/// What a question about a plan adds.
pub(crate) const UNCHANGED: &str = "Nothing has changed yet.";

/// Plans of outside apps that wait: on top of the list in every view, until they are answered.
pub(crate) fn asks(frame: &Frame) -> Markup {
    let outside: Vec<_> =
        frame.screen.plans.iter().filter(|plan| plan.asked_by != "assistant").collect();
    html! {
        @if !outside.is_empty() {
            div.asks {
                @for plan in outside {
                    @let (_, who) = change::actor(&plan.asked_by);
                    (waiting(frame, plan, &format!("{who} asks: {}", uncapitalized(&plan.title))))
                }
            }
        }
    }
}

/// A plan in the conversation, whatever became of it.
pub(crate) fn plan(frame: &Frame, plan: &PlanBody) -> Markup {
    match plan.state {
        PlanState::Waiting => waiting(frame, plan, &plan.title),
        PlanState::Confirmed => confirmed(frame, plan),
        PlanState::Cancelled => answered(
            "undone",
            plan,
            "Kept as they were.",
            html! { span.receipt__tag { "Not done" } },
        ),
        PlanState::Expired => expired(plan),
    }
}

fn waiting(frame: &Frame, plan: &PlanBody, title: &str) -> Markup {
    let heading = format!("plan-{}", plan.id);
    html! {
        article.receipt data-state="plan" aria-labelledby=(heading) {
            div.receipt__body {
                span.receipt__icon { (icon(Icon::Clock)) }
                div {
                    p.receipt__what id=(heading) { (title) }
                    p.receipt__sub { (UNCHANGED) " Open until " (frame.words.clock(plan.expires_at)) "." }
                }
            }
            ol.plan role="list" tabindex="0" aria-label="Tasks in this plan" {
                @for row in &plan.tasks { (item(frame, row)) }
            }
            footer.receipt__stub.receipt__stub--do {
                button.btn.btn--main[plan.verb != "delete"].btn--danger[plan.verb == "delete"]
                    form="act" formaction={ "/plans/" (plan.id) "/confirm" } { (verb(plan)) }
                button.btn.btn--soft form="act" formaction={ "/plans/" (plan.id) "/cancel" } { "Keep as they are" }
            }
        }
    }
}

fn item(frame: &Frame, row: &RowBody) -> Markup {
    let title = shown(row).map_or("", |task| task.title.as_str());
    html! {
        li.plan__item {
            span.plan__num { (row.id) }
            span.plan__title { bdi { (title) } }
            span.plan__move { (movement(&frame.words, row)) }
        }
    }
}

/// What the button says: the verb of the question and how many.
fn verb(plan: &PlanBody) -> String {
    format!("{} {}", first_word(plan), count(plan.tasks.len(), "task"))
}

fn first_word(plan: &PlanBody) -> &str {
    plan.title.split(' ').next().unwrap_or_default()
}

/// The question in the past tense.
fn past(plan: &PlanBody) -> String {
    let rest = plan.title[first_word(plan).len()..].trim_end_matches('?');
    let verb = match first_word(plan) {
        "Delete" => return format!("Moved{rest} to the trash"),
        "Complete" => "Completed",
        "Reopen" => "Reopened",
        "Restore" => "Restored",
        "Add" => "Added",
        "Move" => "Moved",
        _ => "Changed",
    };
    format!("{verb}{rest}")
}

fn confirmed(frame: &Frame, plan: &PlanBody) -> Markup {
    let made = frame.screen.message_changes.iter().find(|change| change.plan_id == Some(plan.id));
    let title = past(plan);
    let Some(made) = made else {
        return answered(
            "done",
            plan,
            "",
            html! { a.btn.btn--quiet href="/history" { "History" } },
        );
    };
    if made.undone_by.is_some() {
        return Receipt {
            state: "undone",
            icon: Icon::Check,
            what: html! { (title) },
            more: numbers(plan),
            tool: "",
            time: format!("Confirmed by you, {}", frame.words.clock(made.at)),
            stub: super::receipt::stub(frame, made),
        }
        .render();
    }
    Receipt {
        state: "done",
        icon: Icon::Check,
        what: html! { (title) },
        more: numbers(plan),
        tool: "",
        time: format!("Confirmed by you, {}", frame.words.clock(made.at)),
        // Whoever answered "yes" finds Undo on the receipt of that answer.
        stub: html! { @if !has_receipt(frame, made.id) { (undo(&[made.id], &title)) } },
    }
    .render()
}

/// Whether an answer in the conversation shows the change as its own receipt.
fn has_receipt(frame: &Frame, change: i64) -> bool {
    let calls = frame.screen.messages.iter().flat_map(|message| &message.tool_calls);
    calls.into_iter().any(|call| call.change_id == Some(change))
}

/// "Tasks 3, 24 and 28".
fn numbers(plan: &PlanBody) -> Markup {
    let ids: Vec<Markup> = plan.tasks.iter().map(|row| html! { (row.id) }).collect();
    html! { p.receipt__sub { @if ids.len() == 1 { "Task " } @else { "Tasks " } (crate::words::listed(&ids)) } }
}

fn answered(state: &'static str, plan: &PlanBody, sub: &str, stub: Markup) -> Markup {
    let (symbol, what, time) = match state {
        "done" => (Icon::Check, past(plan), "Confirmed by you"),
        _ => (Icon::Clock, plan.title.trim_end_matches('?').to_owned(), "Plan"),
    };
    Receipt {
        state,
        icon: symbol,
        what: html! { (what) },
        more: html! { @if !sub.is_empty() { p.receipt__sub { (sub) } } },
        tool: "",
        time: time.to_owned(),
        stub,
    }
    .render()
}

fn expired(plan: &PlanBody) -> Markup {
    Receipt {
        state: "failed",
        icon: Icon::Clock,
        what: html! { "This plan is out of date" },
        more: html! { p.receipt__sub { "“" (plan.title) "” was not answered in time. Nothing changed; ask again." } },
        tool: "",
        time: "Plan".to_owned(),
        stub: html! {},
    }
    .render()
}

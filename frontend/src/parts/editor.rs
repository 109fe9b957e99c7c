//! A task open for editing, in place of its row.

mod typed;

use maud::{Markup, html};
use todo_api::task::TaskBody;
use todo_api::terms::{self, Priority};

pub(crate) use typed::Typed;

use super::field;
use super::frame::{Draft, Frame};
use super::task_row::coloured;
use crate::icons::{Icon, icon};
use crate::words;

/// Reminders that can be chosen, in minutes before the task is due.
const REMINDERS: [(u32, &str); 6] = [
    (0, "At the time"),
    (10, "10 minutes before"),
    (30, "30 minutes before"),
    (60, "1 hour before"),
    (1440, "1 day before"),
    (10080, "1 week before"),
];

/// The row of a task with its editor.
pub(crate) fn editor(frame: &Frame, task: &TaskBody) -> Markup {
    let id = task.id;
    let stored = Typed::of(task);
    let typed = match &frame.draft {
        Draft::Editor(typed) if typed.id == id => typed,
        _ => &stored,
    };
    html! {
        li.task.task--open id={ "task-" (id) } {
            form.editor method="post" action={ "/tasks/" (id) } aria-labelledby="ed-h" {
                h3.vh #ed-h { "Edit task " (id) }
                input type="hidden" name="key" value=(frame.key);
                input type="hidden" name="version" value=(task.version);
                div.editor__top {
                    span.task__num aria-hidden="true" { (id) }
                    button.check role="checkbox" aria-checked=(task.completed) aria-label={ "Complete task " (id) }
                        form="act" formaction={ "/tasks/" (id) "/complete" } name="completed" value=(!task.completed)
                        data-priority=[coloured(task.priority)] {}
                    div.editor__text {
                        (trouble(typed))
                        label.vh for="e-title" { "Title" }
                        textarea.editor__title #e-title name="title" rows="1" maxlength="200" dir="auto" required { (typed.title) }
                        label.vh for="e-note" { "Note" }
                        textarea.editor__note #e-note name="description" rows="2" maxlength="1000" dir="auto" placeholder="Note" { (typed.description) }
                    }
                }
                (quick_days(frame, id))
                div.fields {
                    (input("e-date", "date", "Date", "date", &typed.date, typed.error_of("due"), &html! {}))
                    (input("e-time", "time", "Time", "time", &typed.time, None, &html! {}))
                    (repeat(frame, task, typed))
                    (reminder(task, typed))
                    (priority(typed.priority))
                    (input("e-tags", "tags", "Tags", "text", &typed.tags, typed.error_of("tags"), &html! {}))
                }
                div.editor__foot {
                    button.btn.btn--main type="submit" { "Save" }
                    a.btn.btn--soft href=(frame.at.closed(id)) { "Cancel" }
                    a.btn.btn--quiet.editor__past href={ "/history?task=" (id) } {
                        (icon(Icon::History)) (words::count(usize::try_from(task.version).unwrap_or_default(), "change"))
                    }
                    button.icon-btn.icon-btn--danger form="act" formaction={ "/tasks/" (id) "/delete" }
                        aria-label={ "Move task " (id) " to the trash" } { (icon(Icon::Trash)) }
                }
            }
        }
    }
}

/// Why the editor came back.
fn trouble(typed: &Typed) -> Markup {
    html! {
        @if typed.is_stale {
            div.notice data-kind="danger" role="alert" {
                (icon(Icon::Warn))
                p { b { "Changed somewhere else." } " Your text is kept below. Save again to put it in place of the other change." }
            }
        } @else if let Some((field, error)) = &typed.error {
            (field::summary("One thing to mend:", Some((field_id(field), error.trim_end_matches('.'))), ""))
        }
    }
}

/// The input that the backend means by the name of a field.
fn field_id(field: &str) -> &'static str {
    match field.split(['.', '[']).next().unwrap_or_default() {
        "description" => "e-note",
        "due" => "e-date",
        "repeat" => "e-repeat",
        "reminders" => "e-remind",
        "tags" => "e-tags",
        _ => "e-title",
    }
}

/// Days that are chosen with one press. They belong to another form, so that Enter in a field means Save.
fn quick_days(frame: &Frame, id: i64) -> Markup {
    let week_start = frame.words.next_week().strftime("%A").to_string();
    let days = [
        ("Tomorrow", "tomorrow"),
        (week_start.as_str(), &week_start.to_lowercase()),
        ("In a week", "in a week"),
        ("No date", "none"),
    ];
    html! {
        div.editor__when role="group" aria-label="Move to" {
            @for (label, to) in days {
                button.btn.btn--soft form="act" formaction={ "/tasks/" (id) "/move" } name="to" value=(to) { (label) }
            }
        }
    }
}

fn input(
    id: &str,
    name: &str,
    label: &str,
    kind: &str,
    value: &str,
    error: Option<&str>,
    after: &Markup,
) -> Markup {
    html! {
        div.field data-error[error.is_some()] {
            label for=(id) { (label) }
            input id=(id) type=(kind) name=(name) value=(value) autocomplete="off"
                aria-invalid=[error.map(|_| "true")] aria-describedby=[error.map(|_| format!("{id}-e"))];
            (after)
            (field::error(id, error))
        }
    }
}

fn repeat(frame: &Frame, task: &TaskBody, typed: &Typed) -> Markup {
    let next: Vec<String> =
        terms::next_days(task, 3).into_iter().map(|day| frame.words.short_day(day)).collect();
    let error = typed.error_of("repeat");
    let described =
        if error.is_some() { Some("e-repeat-e") } else { (!next.is_empty()).then_some("e-next") };
    html! {
        div.field data-error[error.is_some()] {
            label for="e-repeat" { "Repeat" }
            input #e-repeat name="repeat" value=(typed.repeat) list="repeats" autocomplete="off" placeholder="Never"
                aria-invalid=[error.map(|_| "true")] aria-describedby=[described];
            datalist #repeats {
                @for example in ["every day", "every weekday", "every week", "every month on the 1st", "every year"] {
                    option { (example) }
                }
            }
            @if !next.is_empty() { p.field__help #e-next { "Next: " (next.join(", ")) } }
            (field::error("e-repeat", error))
        }
    }
}

fn reminder(task: &TaskBody, typed: &Typed) -> Markup {
    let is_listed = |chosen: &str| {
        chosen.is_empty() || REMINDERS.iter().any(|(minutes, _)| minutes.to_string() == chosen)
    };
    html! {
        div.field {
            label for="e-remind" { "Reminder" }
            select #e-remind name="reminder" {
                option value="" selected[typed.reminder.is_empty()] { "None" }
                @for (minutes, label) in REMINDERS {
                    option value=(minutes) selected[typed.reminder == minutes.to_string()] { (label) }
                }
                @if !is_listed(&typed.reminder) {
                    option value=(typed.reminder) selected { "As it is: " (minutes_before(task)) }
                }
            }
        }
    }
}

/// Reminders that the list of choices does not have.
fn minutes_before(task: &TaskBody) -> String {
    let minutes: Vec<String> =
        task.reminders.iter().map(|reminder| reminder.minutes_before.to_string()).collect();
    format!("{} minutes before", minutes.join(" and "))
}

fn priority(chosen: Priority) -> Markup {
    html! {
        fieldset.field {
            legend { "Priority" }
            div.segments {
                @for (value, label) in [(Priority::None, "None"), (Priority::Low, "Low"), (Priority::Medium, "Medium"), (Priority::High, "High")] {
                    label { input type="radio" name="priority" value=(value.as_str()) checked[value == chosen]; (label) }
                }
            }
        }
    }
}

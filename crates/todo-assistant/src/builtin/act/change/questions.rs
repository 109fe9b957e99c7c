//! What is asked when it is not clear which task is meant.

use todo_api::tools::ToolTask;
use todo_core::chats::Choice;

use crate::{
    builtin::{
        desk::Desk,
        request::{Action, Pending},
        wording,
    },
    thinker::ThinkError,
};

/// Asks which of several is meant.
pub(in crate::builtin::act) fn which(
    desk: &mut Desk<'_>,
    called: &str,
    options: &[ToolTask],
    pending: &Pending,
) {
    let count = match options.len() {
        2 => "Two".to_owned(),
        3 => "Three".to_owned(),
        4 => "Four".to_owned(),
        n => n.to_string(),
    };
    let called = called.trim_start_matches("the ").trim_start_matches("my ");
    let lead = match called {
        "that" | "those" => format!("{count} tasks could be meant. Which one?"),
        called => format!("{count} tasks have {} in them. Which one?", wording::quote(called)),
    };
    desk.ask(lead, pending);
    for task in options.iter().take(20) {
        let line = wording::line(task, &desk.voice);
        desk.say(line);
    }
    desk.offer_tasks(options);
}

pub(super) fn nearly(desk: &mut Desk<'_>, action: &Action, called: &str, option: &ToolTask) {
    let question = format!(
        "Nothing changed: no task is called {}. Did you mean {}?",
        wording::quote(called),
        wording::name(option)
    );
    desk.ask(question, &Pending::Meant { action: action.clone(), task: option.id });
    desk.offer(Choice {
        label: format!("Yes, {}", option.title),
        say: "yes".to_owned(),
        task: None,
    });
    desk.offer(no());
}

pub(super) fn yes() -> Choice {
    Choice { label: "Yes, do it".to_owned(), say: "yes".to_owned(), task: None }
}

pub(super) fn no() -> Choice {
    Choice { label: "No".to_owned(), say: "no".to_owned(), task: None }
}

/// Nobody said which task.
pub(super) async fn unsaid(desk: &mut Desk<'_>, action: &Action) -> Result<(), ThinkError> {
    let tasks: Vec<ToolTask> = desk.open().await?.iter().take(5).cloned().collect();
    desk.ask(
        format!("Which task should be {}?", action.participle()),
        &Pending::Target { action: action.clone() },
    );
    if matches!(action, Action::Reopen | Action::Restore) {
        return Ok(());
    }
    for task in &tasks {
        let line = wording::line(task, &desk.voice);
        desk.say(line);
    }
    desk.offer_tasks(&tasks);
    Ok(())
}

pub(super) fn none_called(desk: &mut Desk<'_>, action: &Action, name: &str) {
    let place = match action {
        Action::Restore => "in the trash",
        _ => "on your list",
    };
    let sentence =
        format!("Nothing changed: there is no task {place} called {}.", wording::quote(name));
    let Action::Schedule { when } = action else { return desk.say(sentence) };
    if when.is_empty() {
        return desk.say(sentence);
    }
    let line = format!("{name} {when}");
    desk.say(sentence);
    desk.offer(Choice {
        label: format!("Add {}", wording::quote(&line)),
        say: format!("add a task: {line}"),
        task: None,
    });
}

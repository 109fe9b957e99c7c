use todo_api::tools::{AddTask, Done, names};
use todo_core::{
    Caller,
    task::{Description, Title, tags},
    tasks::{Command, Draft, DueInput, NewTask, RepeatInput, Tasks},
};

use super::{
    selection::{parse_priority, text},
    write,
};
use crate::tool::{Hints, Refusal, TaskTool};

/// `add_task`
pub(super) struct AddTaskTool;

impl TaskTool for AddTaskTool {
    const NAME: &'static str = names::ADD;
    const TITLE: &'static str = "Add task";
    const PROMPT: &'static str = "Adds one task. Use `title` with the other fields, or `text` alone for a line in the \
        user's own words, from which dates, repeats, #tags and !priority are read. Returns the task with its number and \
        its resolved date.";
    const HINTS: Hints = Hints { read_only: false, destructive: false, idempotent: false };
    type Arguments = AddTask;
    type Answer = Done;

    async fn call(tasks: &Tasks, caller: &Caller, new: AddTask) -> Result<Done, Refusal> {
        let request_id = new.request_id.clone();
        write(tasks, caller, Command::Add(vec![task(new)?]), false, &request_id).await
    }

    fn text(answer: &Done) -> String {
        answer.summary.clone()
    }
}

fn task(new: AddTask) -> Result<NewTask, Refusal> {
    match (text(&new.text), text(&new.title)) {
        (Some(line), None) => {
            let alone = AddTask {
                request_id: new.request_id.clone(),
                text: new.text.clone(),
                ..AddTask::default()
            };
            if new != alone {
                return Err(Refusal::told(
                    "`text` is read as a whole: use `title` with other fields. Nothing changed.",
                ));
            }
            Ok(NewTask::Text { text: line, literal: Vec::new() })
        }
        (None, Some(title)) => Ok(NewTask::Draft(Box::new(Draft {
            title: Title::parse(&title)?,
            description: Description::parse(&new.description)?,
            priority: parse_priority(&new.priority)?.unwrap_or_default(),
            tags: tags(new.tags)?,
            due: text(&new.due).map(due),
            repeat: text(&new.repeat).map(RepeatInput),
            reminders: Vec::new(),
        }))),
        (None, None) => {
            Err(Refusal::told("A task needs a title. Ask the user what it is. Nothing changed."))
        }
        (Some(_), Some(_)) => {
            Err(Refusal::told("Give either title or text, not both. Nothing changed."))
        }
    }
}

/// `2026-11-20T17:00` and `2026-11-20 17:00` are parts, everything else is words.
pub(super) fn due(text: String) -> DueInput {
    let (date, time) = text
        .split_once(['T', ' '])
        .map_or((text.as_str(), None), |(date, time)| (date, Some(time)));
    let digits =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b':'));
    if date.len() == 10 && date.contains('-') && digits(date) && time.is_none_or(digits) {
        let parts = (date.to_owned(), time.map(str::to_owned));
        return DueInput::Parts { date: parts.0, time: parts.1, timezone: None };
    }
    DueInput::Words(text)
}

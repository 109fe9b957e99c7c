use todo_api::tools::{Done, UpdateTask, names};
use todo_core::{
    Caller,
    task::{Description, Title, tags},
    tasks::{Command, Field, Patch, RepeatInput, Status, TagEdit, TaskEdit, Tasks},
};

use super::{
    add::due,
    selection::{Selection, parse_priority, text},
    write,
};
use crate::tool::{Hints, Refusal, TaskTool};

/// `update_task`
pub(super) struct UpdateTaskTool;

impl TaskTool for UpdateTaskTool {
    const NAME: &'static str = names::UPDATE;
    const TITLE: &'static str = "Change tasks";
    const PROMPT: &'static str = "Changes fields of tasks: rename, reschedule, priority, tags, notes. What is left out \
        stays; \"none\" empties due, repeat or description. More than 5, or all, become a plan that the user must confirm.";
    const HINTS: Hints = Hints { read_only: false, destructive: true, idempotent: true };
    type Arguments = UpdateTask;
    type Answer = Done;

    async fn call(tasks: &Tasks, caller: &Caller, wanted: UpdateTask) -> Result<Done, Refusal> {
        let patch = patch(&wanted)?;
        if patch == Patch::default() {
            return Err(Refusal::told("Say what to change. Nothing changed."));
        }
        let UpdateTask { ids, filter, all, request_id, .. } = wanted;
        let targets =
            Selection { ids, filter, all }.resolve(tasks, caller, Status::Pending).await?;
        if patch.title.is_some() && targets.len() > 1 {
            return Err(Refusal::told(
                "A title belongs to one task: give one id. Nothing changed.",
            ));
        }
        let edits =
            targets.into_iter().map(|target| TaskEdit { target, patch: patch.clone() }).collect();
        write(tasks, caller, Command::Update(edits), all, &request_id).await
    }

    fn text(answer: &Done) -> String {
        answer.summary.clone()
    }
}

fn patch(wanted: &UpdateTask) -> Result<Patch, Refusal> {
    Ok(Patch {
        title: text(&wanted.title).as_deref().map(Title::parse).transpose()?,
        description: match text(&wanted.description).as_deref() {
            None => Field::Keep,
            Some("none") => Field::Clear,
            Some(notes) => Field::set_or_clear(Description::parse(notes)?),
        },
        priority: parse_priority(&wanted.priority)?,
        tags: TagEdit {
            set: None,
            add: tags(&wanted.add_tags)?,
            remove: tags(&wanted.remove_tags)?,
        },
        due: field(&wanted.due, due),
        repeat: field(&wanted.repeat, RepeatInput),
        reminders: None,
        completed: None,
    })
}

fn field<T>(value: &str, set: impl Fn(String) -> T) -> Field<T> {
    match text(value) {
        None => Field::Keep,
        Some(value) if value == "none" => Field::Clear,
        Some(value) => Field::Set(set(value)),
    }
}

use todo_api::tools::{GetTask, ToolTask, names};
use todo_core::{Caller, TaskNumber, tasks::Tasks};

use crate::tool::{Hints, Refusal, TaskTool};

/// `get_task`
pub(super) struct GetTaskTool;

impl TaskTool for GetTaskTool {
    const NAME: &'static str = names::GET;
    const TITLE: &'static str = "Get task";
    const PROMPT: &'static str = "One task by its number, with its notes.";
    const HINTS: Hints = Hints { read_only: true, destructive: false, idempotent: true };
    type Arguments = GetTask;
    type Answer = ToolTask;

    async fn call(tasks: &Tasks, caller: &Caller, wanted: GetTask) -> Result<ToolTask, Refusal> {
        Ok(ToolTask::full(&tasks.get(caller, TaskNumber(wanted.id)).await?))
    }

    fn text(task: &ToolTask) -> String {
        let state = if task.completed { "done" } else { "open" };
        let facts =
            [state, &task.due_text, &task.repeat_text, &task.priority, &task.tags.join(" ")];
        let facts: Vec<_> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
        let line = format!("{} {} · {}", task.id, task.title, facts.join(" · "));
        if task.description.is_empty() { line } else { format!("{line}\n{}", task.description) }
    }
}

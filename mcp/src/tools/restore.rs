use todo_api::tools::{Done, RestoreTasks, names};
use todo_core::{
    Caller, TaskNumber,
    tasks::{Command, Tasks},
};

use super::write;
use crate::tool::{Hints, Refusal, TaskTool};

/// `restore_task`
pub(super) struct RestoreTaskTool;

impl TaskTool for RestoreTaskTool {
    const NAME: &'static str = names::RESTORE;
    const TITLE: &'static str = "Restore tasks";
    const PROMPT: &'static str =
        "Takes deleted tasks out of the trash. list_tasks with status trashed shows them.";
    const HINTS: Hints = Hints { read_only: false, destructive: false, idempotent: true };
    type Arguments = RestoreTasks;
    type Answer = Done;

    async fn call(tasks: &Tasks, caller: &Caller, wanted: RestoreTasks) -> Result<Done, Refusal> {
        let targets = wanted.ids.iter().map(|id| TaskNumber(*id).into()).collect();
        write(tasks, caller, Command::Restore(targets), false, &wanted.request_id).await
    }

    fn text(answer: &Done) -> String {
        answer.summary.clone()
    }
}

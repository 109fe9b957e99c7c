use todo_api::tools::{Done, MarkTasks, names};
use todo_core::{
    Caller,
    tasks::{Command, Status, Tasks},
};

use super::{selection::Selection, write};
use crate::tool::{Hints, Refusal, TaskTool};

/// `delete_task`
pub(super) struct DeleteTaskTool;

impl TaskTool for DeleteTaskTool {
    const NAME: &'static str = names::DELETE;
    const TITLE: &'static str = "Delete tasks";
    const PROMPT: &'static str = "Moves tasks to the trash, from where they can be restored for 30 days. More than one, or all, become \
        a plan that the user must confirm.";
    const HINTS: Hints = Hints { read_only: false, destructive: true, idempotent: true };
    type Arguments = MarkTasks;
    type Answer = Done;

    async fn call(tasks: &Tasks, caller: &Caller, wanted: MarkTasks) -> Result<Done, Refusal> {
        let MarkTasks { ids, filter, all, request_id } = wanted;
        let targets =
            Selection { ids, filter, all }.resolve(tasks, caller, Status::Pending).await?;
        write(tasks, caller, Command::Delete(targets), all, &request_id).await
    }

    fn text(answer: &Done) -> String {
        answer.summary.clone()
    }
}

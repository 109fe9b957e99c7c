use todo_api::tools::{Done, MarkTasks, names};
use todo_core::{
    Caller,
    tasks::{Command, Status, Tasks},
};

use super::{selection::Selection, write};
use crate::tool::{Hints, Refusal, TaskTool};

/// `reopen_task`
pub(super) struct ReopenTaskTool;

impl TaskTool for ReopenTaskTool {
    const NAME: &'static str = names::REOPEN;
    const TITLE: &'static str = "Reopen tasks";
    const PROMPT: &'static str = "Marks completed tasks as open again. More than 5, or all, become a plan that the user must \
        confirm.";
    const HINTS: Hints = Hints { read_only: false, destructive: false, idempotent: true };
    type Arguments = MarkTasks;
    type Answer = Done;

    async fn call(tasks: &Tasks, caller: &Caller, wanted: MarkTasks) -> Result<Done, Refusal> {
        let MarkTasks { ids, filter, all, request_id } = wanted;
        let targets =
            Selection { ids, filter, all }.resolve(tasks, caller, Status::Completed).await?;
        write(tasks, caller, Command::Reopen(targets), all, &request_id).await
    }

    fn text(answer: &Done) -> String {
        answer.summary.clone()
    }
}

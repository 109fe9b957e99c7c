use todo_api::tools::{Done, MarkTasks, names};
use todo_core::{
    Caller,
    tasks::{Command, Status, Tasks},
};

use super::{selection::Selection, write};
use crate::tool::{Hints, Refusal, TaskTool};

/// `complete_task`
pub(super) struct CompleteTaskTool;

impl TaskTool for CompleteTaskTool {
    const NAME: &'static str = names::COMPLETE;
    const TITLE: &'static str = "Complete tasks";
    const PROMPT: &'static str = "Marks tasks as done. One that repeats moves to its next date. More than 5, or all, become a plan \
        that the user must confirm.";
    const HINTS: Hints = Hints { read_only: false, destructive: false, idempotent: true };
    type Arguments = MarkTasks;
    type Answer = Done;

    async fn call(tasks: &Tasks, caller: &Caller, wanted: MarkTasks) -> Result<Done, Refusal> {
        let MarkTasks { ids, filter, all, request_id } = wanted;
        let targets =
            Selection { ids, filter, all }.resolve(tasks, caller, Status::Pending).await?;
        write(tasks, caller, Command::Complete(targets), all, &request_id).await
    }

    fn text(answer: &Done) -> String {
        answer.summary.clone()
    }
}

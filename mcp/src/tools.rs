//! The tools, one file each.

mod add;
mod apply_plan;
mod complete;
mod delete;
mod get;
mod history;
mod list;
mod reopen;
mod restore;
mod selection;
mod summary;
mod undo;
mod update;

use todo_api::tools::{Done, PlanNotice, TaskResult};
use todo_core::{
    Caller,
    plans::needs_confirmation,
    tasks::{Command, Tasks},
};

use crate::tool::{Refusal, Registered, register};

/// Every tool that is listed, in the order in which models read them.
pub(crate) fn all() -> Vec<Registered> {
    vec![
        register::<add::AddTaskTool>(),
        register::<list::ListTasksTool>(),
        register::<get::GetTaskTool>(),
        register::<update::UpdateTaskTool>(),
        register::<complete::CompleteTaskTool>(),
        register::<reopen::ReopenTaskTool>(),
        register::<delete::DeleteTaskTool>(),
        register::<restore::RestoreTaskTool>(),
        register::<undo::UndoTool>(),
        register::<history::HistoryTool>(),
    ]
}

/// The tool that carries out a confirmed plan.
pub(crate) fn apply_plan() -> Registered {
    register::<apply_plan::ApplyPlanTool>()
}

/// Runs a command, or stores it as a plan when a person has to confirm it. `all` says that "everything" was meant.
async fn write(
    tasks: &Tasks,
    caller: &Caller,
    command: Command,
    all: bool,
    request_id: &str,
) -> Result<Done, Refusal> {
    if needs_confirmation(&command, all) {
        let plan = tasks.propose(caller, command, all).await?;
        let summary = format!("Nothing has changed yet. The user must confirm: {}", plan.title);
        return Ok(Done { summary, plan: Some(PlanNotice::from(&plan)), ..Done::default() });
    }
    let key = (!request_id.is_empty()).then_some(request_id);
    let receipt = tasks.execute(caller, command, key).await?;
    Ok(done(&receipt))
}

fn done(receipt: &todo_core::tasks::Receipt) -> Done {
    Done {
        summary: summary::of(receipt),
        change_id: receipt.change.as_ref().map_or(0, |change| change.seq.0),
        results: TaskResult::all(receipt),
        plan: None,
    }
}

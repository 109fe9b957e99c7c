//! What the MCP tools take and answer. The server implements it, the assistant speaks it.
//!
//! Models read these shapes, so they are small: nothing is `null`, what is not there is left out, and the doc comments are
//! the prompt.

mod answers;
mod arguments;

pub use answers::{
    Done, HistoryEntry, HistoryPage, PlanNotice, TaskPage, TaskResult, ToolTask, day_text, due_text,
};
pub use arguments::{
    AddTask, GetTask, History, ListTasks, MarkTasks, RestoreTasks, TaskFilter, Undo, UpdateTask,
};

/// Names of the tools.
pub mod names {
    /// [`super::AddTask`]
    pub const ADD: &str = "add_task";
    /// [`super::ListTasks`]
    pub const LIST: &str = "list_tasks";
    /// [`super::GetTask`]
    pub const GET: &str = "get_task";
    /// [`super::UpdateTask`]
    pub const UPDATE: &str = "update_task";
    /// [`super::MarkTasks`]
    pub const COMPLETE: &str = "complete_task";
    /// [`super::MarkTasks`]
    pub const REOPEN: &str = "reopen_task";
    /// [`super::MarkTasks`]
    pub const DELETE: &str = "delete_task";
    /// [`super::RestoreTasks`]
    pub const RESTORE: &str = "restore_task";
    /// [`super::Undo`]
    pub const UNDO: &str = "undo";
    /// [`super::History`]
    pub const HISTORY: &str = "history";
    /// No arguments. Not listed: it exists only for a call whose token carries a plan that a person confirmed.
    pub const APPLY_PLAN: &str = "apply_plan";
}

/// What every tool answers to a `request_id` that was used for another request: nothing was done now, and something was
/// done then.
pub const REQUEST_ID_REUSED: &str = "This request_id was used for another request.";

fn is_zero(number: &u64) -> bool {
    *number == 0
}

fn is_zero_id(number: &i64) -> bool {
    *number == 0
}

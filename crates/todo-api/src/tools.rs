//! What the MCP tools take and answer. The server implements it, the assistant speaks it.
//!
//! Models read these shapes, so they are small: nothing is `null`, what is not there is left out, and the doc comments are
//! the prompt.

use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use todo_core::{
    Task,
    plans::Plan,
    task::Due,
    tasks::{ItemResult, Receipt},
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

/// A task to add.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddTask {
    /// Title, taken literally (1-200 characters). Give this or `text`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// One line in the user's words, e.g. "pay rent every month on the 1st !high #home"; dates, repeats, tags and priority
    /// are read from it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Notes (at most 1000 characters).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// "tomorrow 5pm", "next friday" or 2026-11-20T17:00, on the user's clock.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub due: String,
    /// "every monday" or an RRULE.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub repeat: String,
    /// none, low, medium or high.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub priority: String,
    /// Tags without #. A named list is a tag.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Any unique text; the same one again returns the first result instead of adding twice.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub request_id: String,
}

/// Which tasks to list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListTasks {
    /// pending (default), completed, all or trashed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub status: String,
    /// today, overdue, upcoming, none, any, "this week", or 2026-11-20..2026-11-27.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub due: String,
    /// none, low, medium or high.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub priority: String,
    /// A tag.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tag: String,
    /// Words, or beginnings of words, of title, notes or tags.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub q: String,
    /// Completed then, e.g. "last week".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub completed: String,
    /// due (default), priority, newest, oldest or completed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sort: String,
    /// 1-100, default 20.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub limit: u64,
    /// next_cursor of the page before.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cursor: String,
}

/// One task, with its notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetTask {
    /// Its number.
    pub id: i64,
}

/// What a task must match; at least one field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskFilter {
    /// As in list_tasks.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub due: String,
    /// none, low, medium or high.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub priority: String,
    /// A tag.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tag: String,
    /// Words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub q: String,
    /// pending, completed or all. Default pending (completed when reopening). Only delete_task takes the others.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub status: String,
}

impl TaskFilter {
    /// Whether nothing restricts it. A status alone does not: that would be everything.
    pub fn is_empty(&self) -> bool {
        *self == Self { status: self.status.clone(), ..Self::default() }
    }
}

/// Tasks to complete, reopen or delete.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkTasks {
    /// Task numbers. Give exactly one of `ids`, `filter` and `all`; none never means all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ids: Vec<i64>,
    /// Every task that matches.
    #[serde(default, skip_serializing_if = "TaskFilter::is_empty")]
    pub filter: TaskFilter,
    /// true for every open task (completed ones when reopening).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub all: bool,
    /// Any unique text; the same one again returns the first result.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub request_id: String,
}

/// Tasks to change. What is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateTask {
    /// Task numbers. Give exactly one of `ids`, `filter` and `all`; none never means all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ids: Vec<i64>,
    /// Every task that matches.
    #[serde(default, skip_serializing_if = "TaskFilter::is_empty")]
    pub filter: TaskFilter,
    /// true for every open task (completed ones when reopening).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub all: bool,
    /// New title; one task only.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// New notes; "none" removes them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// "monday", "in 2 weeks", "17:00", 2026-11-20; "none" removes it. A repeat stays.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub due: String,
    /// "every monday" or an RRULE; "none" removes it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub repeat: String,
    /// none, low, medium or high.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub priority: String,
    /// Tags to add.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub add_tags: Vec<String>,
    /// Tags to take away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove_tags: Vec<String>,
    /// Any unique text; the same one again returns the first result.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub request_id: String,
}

/// Deleted tasks to bring back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RestoreTasks {
    /// Task numbers.
    pub ids: Vec<i64>,
    /// Any unique text; the same one again returns the first result.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub request_id: String,
}

/// Which change to take back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Undo {
    /// Its change_id; the newest one when left out.
    #[serde(default, skip_serializing_if = "is_zero_id")]
    pub change_id: i64,
    /// Any unique text; the same one again returns the first result.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub request_id: String,
}

/// Which part of the history.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// Only changes of this task.
    #[serde(default, skip_serializing_if = "is_zero_id")]
    pub task_id: i64,
    /// Only changes before this one.
    #[serde(default, skip_serializing_if = "is_zero_id")]
    pub before: i64,
    /// 1-50, default 10.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub limit: u64,
}

/// A task, as tools answer it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ToolTask {
    /// Its number.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// Whether it is completed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub completed: bool,
    /// 2026-11-20 or 2026-11-20T17:00.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub due: String,
    /// The same with its weekday: "Friday 20 November 2026, 17:00".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub due_text: String,
    /// The zone of the time.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub timezone: String,
    /// An RRULE.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub repeat: String,
    /// The same as words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub repeat_text: String,
    /// low, medium or high.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub priority: String,
    /// Its tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Its notes; only where one task is asked for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
}

/// A day in words: "Friday 20 November 2026".
pub fn day_text(date: Date) -> String {
    date.strftime("%A %-d %B %Y").to_string()
}

/// A due date in words: "Friday 20 November 2026, 17:00".
pub fn due_text(due: &Due) -> String {
    match &due.time {
        Some((time, _)) => format!("{}, {:02}:{:02}", day_text(due.date), time.hour(), time.minute()),
        None => day_text(due.date),
    }
}

impl ToolTask {
    /// A task as it stands in a list.
    pub fn brief(task: &Task) -> Self {
        let due = task.due.as_ref().map(|due| match &due.time {
            Some((time, _)) => format!("{}T{:02}:{:02}", due.date, time.hour(), time.minute()),
            None => due.date.to_string(),
        });
        let zone = task.due.as_ref().and_then(|due| due.time.as_ref()).map(|(_, zone)| zone.clone());
        let priority = match task.priority {
            todo_core::task::Priority::None => String::new(),
            other => other.to_string(),
        };
        Self {
            id: task.number.0,
            title: task.title.to_string(),
            completed: task.is_completed(),
            due: due.unwrap_or_default(),
            due_text: task.due.as_ref().map(due_text).unwrap_or_default(),
            timezone: zone.unwrap_or_default(),
            repeat: task.repeat.as_ref().map(ToString::to_string).unwrap_or_default(),
            repeat_text: task.repeat.as_ref().map(todo_core::repeat::Repeat::describe).unwrap_or_default(),
            priority,
            tags: task.tags.iter().map(ToString::to_string).collect(),
            description: String::new(),
        }
    }

    /// A task with its notes.
    pub fn full(task: &Task) -> Self {
        let description = task.description.as_ref().map(ToString::to_string).unwrap_or_default();
        Self { description, ..Self::brief(task) }
    }
}

/// A page of tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TaskPage {
    /// The tasks, in order.
    pub tasks: Vec<ToolTask>,
    /// How many match in all.
    pub total: i64,
    /// false when counting stopped at `total`.
    pub total_is_exact: bool,
    /// For the next page; left out at the end.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub next_cursor: String,
    /// The user's today: "Friday 20 November 2026".
    pub today: String,
}

/// What a tool did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Done {
    /// What happened, as a sentence.
    pub summary: String,
    /// For undo; left out when nothing changed.
    #[serde(default, skip_serializing_if = "is_zero_id")]
    pub change_id: i64,
    /// Each task.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<TaskResult>,
    /// Nothing changed yet: a person must confirm this first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanNotice>,
}

/// What became of one task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TaskResult {
    /// Which task.
    pub id: i64,
    /// changed, already (was so before), removed, missing or stale.
    pub outcome: String,
    /// The task now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<ToolTask>,
}

impl TaskResult {
    /// The results of a receipt.
    pub fn all(receipt: &Receipt) -> Vec<Self> {
        let one = |item: &todo_core::tasks::Item| {
            let (outcome, task) = match &item.result {
                ItemResult::Changed(task) => ("changed", Some(task)),
                ItemResult::Already(task) => ("already", Some(task)),
                ItemResult::Stale(task) => ("stale", Some(task)),
                ItemResult::Removed => ("removed", None),
                ItemResult::Missing => ("missing", None),
            };
            Self { id: item.number.0, outcome: outcome.to_owned(), task: task.map(|task| ToolTask::brief(task)) }
        };
        receipt.items.iter().map(one).collect()
    }
}

/// Something that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanNotice {
    /// Its number.
    pub plan_id: i64,
    /// What would be done, as a question.
    pub title: String,
    /// How many tasks it touches.
    pub count: usize,
    /// The first of these tasks.
    pub tasks: Vec<ToolTask>,
    /// Until when it can be confirmed.
    #[schemars(with = "String")]
    pub expires_at: Timestamp,
}

impl From<&Plan> for PlanNotice {
    fn from(plan: &Plan) -> Self {
        let task = |row: &todo_core::tasks::RowChange| row.before.as_ref().map(ToolTask::brief);
        Self {
            plan_id: plan.id.0,
            title: plan.title.clone(),
            count: plan.rows.len(),
            tasks: plan.rows.iter().filter_map(task).take(10).collect(),
            expires_at: plan.expires_at,
        }
    }
}

/// A page of the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HistoryPage {
    /// Newest first.
    pub changes: Vec<HistoryEntry>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HistoryEntry {
    /// For undo.
    pub change_id: i64,
    /// When, on the user's clock: 2026-11-20T17:00.
    pub at: String,
    /// person, assistant, key:ID or client:ID.
    pub actor: String,
    /// add, update, complete, reopen, delete, restore or undo.
    pub verb: String,
    /// The tasks, as "28 Pay rent".
    pub tasks: Vec<String>,
    /// Whether it was undone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub undone: bool,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

fn is_zero_id(number: &i64) -> bool {
    *number == 0
}

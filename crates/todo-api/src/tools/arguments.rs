use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{is_zero, is_zero_id};

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
    /// "monday", "in 2 weeks", "17:00", 2026-11-20; "none" removes it. "+7 days" or "-1 hour" moves each task from its
    /// own date; "skip" takes a repeating one to its next. A repeat stays.
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

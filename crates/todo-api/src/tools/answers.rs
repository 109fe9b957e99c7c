use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use todo_core::{
    Task,
    plans::Plan,
    task::Due,
    tasks::{ItemResult, Receipt},
};

use super::is_zero_id;

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
        Some((time, _)) => {
            format!("{}, {:02}:{:02}", day_text(due.date), time.hour(), time.minute())
        }
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
        let zone =
            task.due.as_ref().and_then(|due| due.time.as_ref()).map(|(_, zone)| zone.clone());
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
            repeat_text: task
                .repeat
                .as_ref()
                .map(todo_core::repeat::Repeat::describe)
                .unwrap_or_default(),
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
            Self {
                id: item.number.0,
                outcome: outcome.to_owned(),
                task: task.map(|task| ToolTask::brief(task)),
            }
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

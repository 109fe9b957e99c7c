use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use todo_core::{
    Task,
    task::{self, Priority},
};
use utoipa::ToSchema;

/// A task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, JsonSchema)]
#[schema(as = Task)]
pub struct TaskBody {
    /// Its number, counted from 1 for each user: what people call it.
    pub id: i64,
    /// What is to be done; 1 to 200 characters.
    pub title: String,
    /// More about it; at most 1000 characters.
    pub description: Option<String>,
    /// Whether it was completed.
    pub completed: bool,
    /// When it was completed.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[schemars(with = "Option<String>")]
    pub completed_at: Option<Timestamp>,
    /// `none`, `low`, `medium` or `high`.
    #[schema(value_type = PriorityBody)]
    #[schemars(with = "PriorityBody")]
    pub priority: Priority,
    /// Its tags, without `#`.
    pub tags: Vec<String>,
    /// When it is due.
    pub due: Option<DueBody>,
    /// How it comes back after it was completed: an RFC 5545 RRULE.
    pub repeat: Option<String>,
    /// When to speak up before it is due.
    pub reminders: Vec<ReminderBody>,
    /// Counts the changes; the value of the ETag.
    pub version: i64,
    /// When it was added.
    #[schema(value_type = String, format = DateTime)]
    #[schemars(with = "String")]
    pub created_at: Timestamp,
    /// When it was last changed.
    #[schema(value_type = String, format = DateTime)]
    #[schemars(with = "String")]
    pub updated_at: Timestamp,
    /// When it was put into the trash; only there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    #[schemars(with = "Option<String>")]
    pub deleted_at: Option<Timestamp>,
}

/// How much a task matters.
#[derive(ToSchema, JsonSchema)]
#[schema(as = Priority)]
#[serde(rename_all = "lowercase")]
pub enum PriorityBody {
    /// Nobody said.
    None,
    /// Can wait.
    Low,
    /// Should not wait long.
    Medium,
    /// First.
    High,
}

/// A due date: a day, perhaps with a time on the clocks of one zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Due)]
pub struct DueBody {
    /// `YYYY-MM-DD`.
    pub date: String,
    /// `HH:MM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// The IANA zone of the time; the user's own when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
}

/// A reminder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Reminder)]
pub struct ReminderBody {
    /// How many minutes before the task is due; at most four weeks.
    pub minutes_before: u32,
}

impl From<&Task> for TaskBody {
    fn from(task: &Task) -> Self {
        Self {
            id: task.number.0,
            title: task.title.to_string(),
            description: task.description.as_ref().map(ToString::to_string),
            completed: task.is_completed(),
            completed_at: task.completed_at,
            priority: task.priority,
            tags: task.tags.iter().map(ToString::to_string).collect(),
            due: task.due.as_ref().map(DueBody::from),
            repeat: task.repeat.as_ref().map(ToString::to_string),
            reminders: task
                .reminders
                .iter()
                .map(|r| ReminderBody { minutes_before: r.minutes_before })
                .collect(),
            version: task.version,
            created_at: task.created_at,
            updated_at: task.updated_at,
            deleted_at: task.deleted_at,
        }
    }
}

impl From<&task::Due> for DueBody {
    fn from(due: &task::Due) -> Self {
        let (time, timezone) = match &due.time {
            Some((time, zone)) => {
                (Some(format!("{:02}:{:02}", time.hour(), time.minute())), Some(zone.clone()))
            }
            None => (None, None),
        };
        Self { date: due.date.to_string(), time, timezone }
    }
}

use serde::{Deserialize, Serialize};
use todo_core::{
    task::{self, Description, Invalid, Priority, Title},
    tasks::{Draft, DueInput, NewTask, RepeatInput},
};
use utoipa::ToSchema;

use super::{DueBody, PriorityBody, ReminderBody, utf8_span};

impl From<DueBody> for DueInput {
    fn from(due: DueBody) -> Self {
        Self::Parts { date: due.date, time: due.time, timezone: due.timezone }
    }
}

/// A due date as it can be sent: its parts, or words like "friday 5pm" on the user's clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum DueInputBody {
    /// Words.
    Words(String),
    /// Parts.
    Parts(DueBody),
}

impl From<DueInputBody> for DueInput {
    fn from(due: DueInputBody) -> Self {
        match due {
            DueInputBody::Words(words) => Self::Words(words),
            DueInputBody::Parts(parts) => parts.into(),
        }
    }
}

/// A task to add: either `text` in the quick-add grammar, or `title` and what else it has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = NewTask)]
pub struct NewTaskBody {
    /// A line like `pay rent every month on the 1st !high #home`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Spans of `text` (start and end in UTF-16 code units) that stay text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub literal: Vec<(usize, usize)>,
    /// What is to be done; 1 to 200 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// More about it; at most 1000 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `none`, `low`, `medium` or `high`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<PriorityBody>)]
    pub priority: Option<Priority>,
    /// Its tags.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// When it is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<DueInputBody>,
    /// An RRULE, or words like "every monday".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeat: Option<String>,
    /// When to speak up.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reminders: Vec<ReminderBody>,
}

impl NewTaskBody {
    /// What the rules are to add.
    ///
    /// # Errors
    /// Neither or both of `text` and `title`; a part that a task cannot have.
    pub fn into_new_task(self) -> Result<NewTask, Invalid> {
        match (self.text, self.title) {
            (Some(text), None) => {
                let literal = self
                    .literal
                    .iter()
                    .map(|span| utf8_span(&text, *span))
                    .collect::<Result<_, _>>()?;
                Ok(NewTask::Text { text, literal })
            }
            (None, Some(title)) => Ok(NewTask::Draft(Box::new(Draft {
                title: Title::parse(&title)?,
                description: self
                    .description
                    .as_deref()
                    .map(Description::parse)
                    .transpose()?
                    .flatten(),
                priority: self.priority.unwrap_or_default(),
                tags: task::tags(self.tags)?,
                due: self.due.map(DueInput::from),
                repeat: self.repeat.map(RepeatInput),
                reminders: task::reminders(self.reminders.iter().map(|r| r.minutes_before))?,
            }))),
            (None, None) => {
                Err(Invalid::new("title", "a task needs a title, or a text to read one from"))
            }
            (Some(_), Some(_)) => {
                Err(Invalid::new("text", "a task has either a text or a title, not both"))
            }
        }
    }
}

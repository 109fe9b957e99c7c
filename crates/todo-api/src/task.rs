//! A task, and what can be sent to make or change one.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use todo_core::{
    Task,
    quick_add::{Parsed, SpanKind},
    task::{self, Description, Invalid, Priority, Title},
    tasks::{Draft, DueInput, Field, NewTask, Patch, RepeatInput, TagEdit},
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
            reminders: task.reminders.iter().map(|r| ReminderBody { minutes_before: r.minutes_before }).collect(),
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
                let literal = self.literal.iter().map(|span| utf8_span(&text, *span)).collect::<Result<_, _>>()?;
                Ok(NewTask::Text { text, literal })
            }
            (None, Some(title)) => Ok(NewTask::Draft(Box::new(Draft {
                title: Title::parse(&title)?,
                description: self.description.as_deref().map(Description::parse).transpose()?.flatten(),
                priority: self.priority.unwrap_or_default(),
                tags: task::tags(self.tags)?,
                due: self.due.map(DueInput::from),
                repeat: self.repeat.map(RepeatInput),
                reminders: task::reminders(self.reminders.iter().map(|r| r.minutes_before))?,
            }))),
            (None, None) => Err(Invalid::new("title", "a task needs a title, or a text to read one from")),
            (Some(_), Some(_)) => Err(Invalid::new("text", "a task has either a text or a title, not both")),
        }
    }
}

/// New values for a task. Of `PATCH`, what is missing stays; `null` empties a field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = TaskPatch)]
pub struct PatchBody {
    /// A new title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A new description.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub description: Option<Option<String>>,
    /// A new priority.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<PriorityBody>)]
    pub priority: Option<Priority>,
    /// All tags from now on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// A new due date: parts, or words like "friday 5pm".
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<DueInputBody>)]
    pub due: Option<Option<DueInputBody>>,
    /// A new repeat: an RRULE, or words like "every monday".
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub repeat: Option<Option<String>>,
    /// New reminders.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reminders: Option<Vec<ReminderBody>>,
    /// Whether it is completed from now on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed: Option<bool>,
}

impl PatchBody {
    /// What the rules are to change.
    ///
    /// # Errors
    /// A part that a task cannot have.
    pub fn into_patch(self) -> Result<Patch, Invalid> {
        let description = match self.description {
            None => Field::Keep,
            Some(text) => Field::set_or_clear(text.as_deref().map(Description::parse).transpose()?.flatten()),
        };
        let reminders = self.reminders.map(|all| task::reminders(all.iter().map(|r| r.minutes_before)));
        Ok(Patch {
            title: self.title.as_deref().map(Title::parse).transpose()?,
            description,
            priority: self.priority,
            tags: TagEdit { set: self.tags.map(task::tags).transpose()?, ..TagEdit::default() },
            due: self.due.map_or(Field::Keep, |due| Field::set_or_clear(due.map(DueInput::from))),
            repeat: self.repeat.map_or(Field::Keep, |rule| Field::set_or_clear(rule.map(RepeatInput))),
            reminders: reminders.transpose()?,
            completed: self.completed,
        })
    }

    /// The patch that leaves nothing as it was: what is missing becomes empty (`PUT`).
    ///
    /// # Errors
    /// A part that a task cannot have, or no title.
    pub fn into_replacement(mut self) -> Result<Patch, Invalid> {
        if self.title.is_none() {
            return Err(Invalid::new("title", "a task needs a title"));
        }
        self.description.get_or_insert(None);
        self.due.get_or_insert(None);
        self.repeat.get_or_insert(None);
        self.priority.get_or_insert_default();
        self.tags.get_or_insert_default();
        self.reminders.get_or_insert_default();
        self.completed.get_or_insert(false);
        self.into_patch()
    }
}

/// Tells `null` from a field that is missing.
fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Sets whether a task is completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Completion)]
pub struct CompletionBody {
    /// From now on.
    pub completed: bool,
}

/// A line to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ParseRequest)]
pub struct ParseBody {
    /// The line; at most 4000 characters.
    pub text: String,
    /// Read it as if it were this moment.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub now: Option<Timestamp>,
    /// Spans (start and end in UTF-16 code units) that stay text.
    #[serde(default)]
    pub literal: Vec<(usize, usize)>,
}

/// What quick-add understood of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Parsed)]
pub struct ParsedBody {
    /// The task that would be added.
    pub task: ParsedTaskBody,
    /// What was recognised, in order, not overlapping.
    pub spans: Vec<SpanBody>,
    /// The next three dates of a repeat, after the first.
    pub next: Vec<String>,
}

/// The task that a line would add.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ParsedTask)]
pub struct ParsedTaskBody {
    /// What is left of the line.
    pub title: String,
    /// What stood behind `//`.
    pub description: Option<String>,
    /// Its priority.
    #[schema(value_type = PriorityBody)]
    pub priority: Priority,
    /// Its tags.
    pub tags: Vec<String>,
    /// When it is due.
    pub due: Option<DueBody>,
    /// How it repeats: an RRULE.
    pub repeat: Option<String>,
    /// When to speak up.
    pub reminders: Vec<ReminderBody>,
}

/// A recognised part of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Span)]
pub struct SpanBody {
    /// Where it begins, in UTF-16 code units (what JavaScript counts).
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// `due`, `repeat`, `priority`, `tag`, `reminder`, `description` or `quote`.
    #[schema(value_type = String)]
    pub kind: SpanKind,
    /// What it means, as words: "Sat 21 Nov, 17:00".
    pub value: String,
}

impl ParsedBody {
    /// As it is sent; `text` is the line, for counting.
    pub fn new(text: &str, parsed: &Parsed) -> Self {
        let next = match (&parsed.repeat, &parsed.due) {
            (Some(repeat), Some(due)) => repeat.upcoming(due, 3).iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        };
        let utf16 = |byte: usize| text[..byte].encode_utf16().count();
        let spans = parsed.spans.iter().map(|span| SpanBody {
            start: utf16(span.start),
            end: utf16(span.end),
            kind: span.kind,
            value: span.value.clone(),
        });
        Self {
            task: ParsedTaskBody {
                title: parsed.title.clone(),
                description: parsed.description.clone(),
                priority: parsed.priority,
                tags: parsed.tags.iter().map(ToString::to_string).collect(),
                due: parsed.due.as_ref().map(DueBody::from),
                repeat: parsed.repeat.as_ref().map(ToString::to_string),
                reminders: parsed.reminders.iter().map(|r| ReminderBody { minutes_before: r.minutes_before }).collect(),
            },
            spans: spans.collect(),
            next,
        }
    }
}

/// A span in UTF-16 code units as one in bytes.
///
/// # Errors
/// It does not lie in the text, or cuts a character.
pub fn utf8_span(text: &str, (start, end): (usize, usize)) -> Result<(usize, usize), Invalid> {
    let wrong = || Invalid::new("literal", "a literal span lies within the text and cuts no character");
    let byte = |wanted: usize| {
        let mut units = 0;
        for (at, c) in text.char_indices() {
            if units == wanted {
                return Ok(at);
            }
            units += c.len_utf16();
        }
        if units == wanted { Ok(text.len()) } else { Err(wrong()) }
    };
    if start >= end {
        return Err(wrong());
    }
    Ok((byte(start)?, byte(end)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_count_as_javascript_does() {
        let text = "😀 é tomorrow";

        assert_eq!(utf8_span(text, (5, 13)).unwrap(), (8, 16));
        assert!(utf8_span(text, (1, 3)).is_err());
        assert!(utf8_span(text, (5, 99)).is_err());
        assert!(utf8_span(text, (4, 4)).is_err());
    }

    #[test]
    fn null_empties_and_missing_keeps() {
        let patch: PatchBody = serde_json::from_str(r#"{"due":null}"#).unwrap();
        let patch = patch.into_patch().unwrap();

        assert_eq!((patch.due, patch.repeat), (Field::Clear, Field::Keep));
    }
}

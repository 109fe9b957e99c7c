use serde::{Deserialize, Deserializer, Serialize};
use todo_core::{
    task::{self, Description, Invalid, Priority, Title},
    tasks::{DueInput, Field, Patch, RepeatInput, TagEdit},
};
use utoipa::ToSchema;

use super::{DueInputBody, PriorityBody, ReminderBody};

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
    /// A new due date: parts, or words like "friday 5pm". "+7 days" and "2 hours earlier" count from the date that the
    /// task has, "skip" takes a repeating task to its next date.
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
            Some(text) => {
                Field::set_or_clear(text.as_deref().map(Description::parse).transpose()?.flatten())
            }
        };
        let reminders =
            self.reminders.map(|all| task::reminders(all.iter().map(|r| r.minutes_before)));
        Ok(Patch {
            title: self.title.as_deref().map(Title::parse).transpose()?,
            description,
            priority: self.priority,
            tags: TagEdit { set: self.tags.map(task::tags).transpose()?, ..TagEdit::default() },
            due: self.due.map_or(Field::Keep, |due| Field::set_or_clear(due.map(DueInput::from))),
            repeat: self
                .repeat
                .map_or(Field::Keep, |rule| Field::set_or_clear(rule.map(RepeatInput))),
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
fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_empties_and_missing_keeps() {
        let patch: PatchBody = serde_json::from_str(r#"{"due":null}"#).unwrap();
        let patch = patch.into_patch().unwrap();

        assert_eq!((patch.due, patch.repeat), (Field::Clear, Field::Keep));
    }
}

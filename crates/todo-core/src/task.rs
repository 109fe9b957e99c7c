//! The task and its parts. Each part is parsed once, at the edge, into a type that cannot be wrong.

mod description;
mod due;
mod priority;
mod reminder;
mod tag;
mod title;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use description::Description;
pub use due::{Due, zone};
pub use priority::Priority;
pub use reminder::{Reminder, reminders};
pub use tag::{Tag, tags};
pub use title::Title;

use crate::{ChangeSeq, TaskNumber, repeat::Repeat};

/// One task of one user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// What people call it.
    pub number: TaskNumber,
    /// What is to be done.
    pub title: Title,
    /// More about it.
    pub description: Option<Description>,
    /// How much it matters.
    pub priority: Priority,
    /// In the order in which they were given, without doubles.
    pub tags: Vec<Tag>,
    /// When it should be done.
    pub due: Option<Due>,
    /// How it comes back after it was completed.
    pub repeat: Option<Repeat>,
    /// When to speak up before it is due.
    pub reminders: Vec<Reminder>,
    /// When it was completed; open if never.
    pub completed_at: Option<Timestamp>,
    /// When it was put into the trash; in the list if never.
    pub deleted_at: Option<Timestamp>,
    /// Counts the changes to this task, from 1; the ETag.
    pub version: i64,
    /// The change whose effect the task shows. An undo gives back the one before, so it is not always the last that wrote.
    pub last_change: ChangeSeq,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Task {
    /// Whether it was completed.
    pub fn is_completed(&self) -> bool {
        self.completed_at.is_some()
    }

    /// Whether it lies in the trash.
    pub fn is_deleted(&self) -> bool {
        self.deleted_at.is_some()
    }
}

/// A value that a task cannot have. The message is written for whoever sent it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Invalid {
    /// The field of the task that the value was meant for.
    pub field: &'static str,
    /// What is wrong, as a sentence that says what would be right.
    pub message: String,
}

impl Invalid {
    /// A complaint about `field`.
    pub fn new(field: &'static str, message: impl Into<String>) -> Self {
        Self { field, message: message.into() }
    }
}

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::TaskError;
use crate::{Actor, ChangeSeq, ConversationId, PlanId, Task, TaskNumber};

/// What a change did, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// Added tasks.
    Add,
    /// Changed fields.
    Update,
    /// Completed tasks, or moved repeating ones to their next date.
    Complete,
    /// Opened tasks again.
    Reopen,
    /// Put tasks into the trash.
    Delete,
    /// Took tasks out of the trash.
    Restore,
    /// Took other changes back.
    Undo,
}

impl Verb {
    /// Its name in storage and in every interface.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Update => "update",
            Self::Complete => "complete",
            Self::Reopen => "reopen",
            Self::Delete => "delete",
            Self::Restore => "restore",
            Self::Undo => "undo",
        }
    }
}

/// One row of a change: its image before and after. Never both empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowChange {
    /// The row as it was; `None` when it did not exist.
    pub before: Option<Task>,
    /// The row as it is; `None` when it is gone (the addition was undone).
    pub after: Option<Task>,
}

impl RowChange {
    /// Whose row.
    pub fn number(&self) -> TaskNumber {
        self.after.as_ref().or(self.before.as_ref()).expect("one image is there").number
    }
}

/// One write: everything that one use case did, in one transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Its place in the owner's history.
    pub seq: ChangeSeq,
    /// What it did.
    pub verb: Verb,
    /// Who did it.
    pub actor: Actor,
    /// In which conversation.
    pub conversation: Option<ConversationId>,
    /// The plan that it carried out.
    pub plan: Option<PlanId>,
    /// When.
    pub at: Timestamp,
    /// The changes that it took back.
    pub undoes: Vec<ChangeSeq>,
    /// The change that took this one back.
    pub undone_by: Option<ChangeSeq>,
    /// The rows that it touched. Empty when the images have outlived their 90 days.
    pub rows: Vec<RowChange>,
}

impl Change {
    /// Whether it could be undone, as far as it knows itself: later changes to the same rows may be in the way.
    pub fn is_undoable(&self) -> bool {
        self.undone_by.is_none() && !self.rows.is_empty()
    }
}

/// What became of one of the tasks that a command named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemResult {
    /// Changed; this is the task now.
    Changed(Box<Task>),
    /// It was so already; nothing was written.
    Already(Box<Task>),
    /// It is gone: its addition was undone.
    Removed,
    /// The owner has no such task here.
    Missing,
    /// It has another version than the caller saw; this is the task now.
    Stale(Box<Task>),
}

/// One of the tasks that a command named, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Which task.
    pub number: TaskNumber,
    /// What became of it.
    pub result: ItemResult,
}

/// The answer to a command. A retry with the same key gets the same one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The change that was written; `None` when everything was so already, or nothing could be done.
    pub change: Option<Change>,
    /// Each task that was named, in that order.
    pub items: Vec<Item>,
}

impl Receipt {
    /// The tasks that are there now.
    pub fn tasks(&self) -> impl Iterator<Item = &Task> {
        self.items.iter().filter_map(|item| match &item.result {
            ItemResult::Changed(task) | ItemResult::Already(task) => Some(&**task),
            _ => None,
        })
    }

    /// The task of a command that named exactly one.
    ///
    /// # Errors
    /// [`TaskError::NotFound`] when it is missing, [`TaskError::Stale`] when it has another version.
    pub fn single(&self) -> Result<&Task, TaskError> {
        match self.items.as_slice() {
            [Item { result: ItemResult::Changed(task) | ItemResult::Already(task), .. }] => {
                Ok(task)
            }
            [Item { result: ItemResult::Stale(task), .. }] => {
                Err(TaskError::Stale { number: task.number, version: task.version })
            }
            [Item { number, .. }] => Err(TaskError::NotFound(*number)),
            _ => Err(TaskError::NothingNamed),
        }
    }
}

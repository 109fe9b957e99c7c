//! History and undo.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use todo_core::tasks::{Change, RowChange, Verb};
use utoipa::{IntoParams, ToSchema};

use crate::task::TaskBody;

/// Which changes to list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ChangeParams {
    /// Only newer ones, oldest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<i64>,
    /// Only older ones, newest first (which is also the order when neither is given).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<i64>,
    /// `person`, `assistant`, `key:ID` or `client:ID`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// Only those of this task.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<i64>,
    /// 1 to 200; 50 if it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
}

/// A page of the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ChangeList)]
pub struct ChangeListBody {
    /// The changes.
    pub changes: Vec<ChangeBody>,
    /// The newest change that there is.
    pub seq: i64,
}

/// One write: everything that one request did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Change)]
pub struct ChangeBody {
    /// Its place in the history, from 1 without gaps.
    pub id: i64,
    /// `add`, `update`, `complete`, `reopen`, `delete`, `restore` or `undo`.
    #[schema(value_type = String)]
    pub verb: Verb,
    /// `person`, `assistant`, `key:ID` or `client:ID`.
    pub actor: String,
    /// The conversation in which the assistant did it.
    pub conversation_id: Option<i64>,
    /// The plan that was confirmed for it.
    pub plan_id: Option<i64>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// The changes that it took back.
    pub undoes: Vec<i64>,
    /// The change that took it back.
    pub undone_by: Option<i64>,
    /// The tasks that it touched.
    pub tasks: Vec<RowBody>,
}

/// A task before and after a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = TaskChange)]
pub struct RowBody {
    /// Which task.
    pub id: i64,
    /// As it was; `null` when it did not exist.
    pub before: Option<TaskBody>,
    /// As it was then; `null` when it was gone.
    pub after: Option<TaskBody>,
}

impl From<&RowChange> for RowBody {
    fn from(row: &RowChange) -> Self {
        Self {
            id: row.number().0,
            before: row.before.as_ref().map(TaskBody::from),
            after: row.after.as_ref().map(TaskBody::from),
        }
    }
}

impl From<&Change> for ChangeBody {
    fn from(change: &Change) -> Self {
        Self {
            id: change.seq.0,
            verb: change.verb,
            actor: change.actor.to_string(),
            conversation_id: change.conversation.map(|id| id.0),
            plan_id: change.plan.map(|id| id.0),
            at: change.at,
            undoes: change.undoes.iter().map(|seq| seq.0).collect(),
            undone_by: change.undone_by.map(|seq| seq.0),
            tasks: change.rows.iter().map(RowBody::from).collect(),
        }
    }
}

/// Takes back everything that an actor did since a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = UndoRequest)]
pub struct UndoBody {
    /// `person`, `assistant`, `key:ID` or `client:ID`.
    pub actor: String,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    pub since: Timestamp,
}

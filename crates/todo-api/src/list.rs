//! Lists of tasks and of tags.

use serde::{Deserialize, Serialize};
use todo_core::tasks::{Listing, Sort, Status, TagCount};
use utoipa::{IntoParams, ToSchema};

use crate::task::TaskBody;

/// Which tasks to list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ListParams {
    /// `all`, `pending` (the default) or `completed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>)]
    pub status: Option<Status>,
    /// `today`, `overdue`, `upcoming`, `none`, `any`, or `FROM..TO` with either end open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// `none`, `low`, `medium` or `high`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<String>,
    /// A tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// Words, or beginnings of words, that all must occur.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Completed then: a day, `FROM..TO`, or words like `last week`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed: Option<String>,
    /// `due` (the default), `priority`, `newest`, `oldest` or `completed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>)]
    pub sort: Option<Sort>,
    /// 1 to 200; 50 if it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// One page of tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = TaskList)]
pub struct TaskListBody {
    /// The tasks, in order.
    pub tasks: Vec<TaskBody>,
    /// How many match in all.
    pub total: i64,
    /// Whether `total` is all of them; a filtered list is counted to 1000.
    pub total_is_exact: bool,
    /// Where the next page begins; `null` at the end.
    pub next_cursor: Option<String>,
}

impl From<&Listing> for TaskListBody {
    fn from(listing: &Listing) -> Self {
        Self {
            tasks: listing.tasks.iter().map(TaskBody::from).collect(),
            total: listing.total,
            total_is_exact: listing.total_is_exact,
            next_cursor: listing.next.as_ref().map(todo_core::tasks::Cursor::encode),
        }
    }
}

/// The tags of a user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = TagList)]
pub struct TagListBody {
    /// The tag with the most open tasks first.
    pub tags: Vec<TagBody>,
}

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Tag)]
pub struct TagBody {
    /// Its name, without `#`.
    pub tag: String,
    /// How many open tasks have it.
    pub open: i64,
}

impl From<&TagCount> for TagBody {
    fn from(count: &TagCount) -> Self {
        Self { tag: count.tag.to_string(), open: count.open }
    }
}

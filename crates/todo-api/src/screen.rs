//! What the main page shows, in one call.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use todo_core::tasks::Sort;
use utoipa::{IntoParams, ToSchema};

use crate::{
    change::ChangeBody,
    conversation::{ConversationBody, MessageBody},
    list::{TagBody, TaskListBody},
    plan::PlanBody,
    settings::SettingsBody,
    task::TaskBody,
};

/// Which list the main page shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum View {
    /// Open tasks that are due today or before, and what was done today.
    #[default]
    Today,
    /// Open tasks with a date after today.
    Upcoming,
    /// Open tasks.
    All,
    /// Completed tasks, the last first.
    Completed,
    /// Open tasks with `tag`.
    Tag,
    /// Open and completed tasks with the words of `q`.
    Search,
    /// Tasks in the trash, the last deleted first.
    Trash,
    /// No list: pages that show something else beside the chat.
    None,
}

/// What to show.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ScreenParams {
    /// `today` (the default), `upcoming`, `all`, `completed`, `tag`, `search`, `trash` or `none`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>)]
    pub view: Option<View>,
    /// The tag of the view `tag`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// The words of the view `search`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// The order of the list; each view has its own when it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>)]
    pub sort: Option<Sort>,
    /// `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// A task that is wanted whatever the list shows (the editor's).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<i64>,
    /// The conversation; the last used when it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation: Option<i64>,
}

/// What the main page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = Screen)]
pub struct ScreenBody {
    /// Whose page it is.
    pub user: ScreenUser,
    /// The user's settings.
    pub settings: SettingsBody,
    /// The moment at which it was true.
    #[schema(value_type = String, format = DateTime)]
    pub now: Timestamp,
    /// The newest change.
    pub seq: i64,
    /// The numbers beside the views.
    pub counts: CountsBody,
    /// The tags.
    pub tags: Vec<TagBody>,
    /// The list.
    pub list: TaskListBody,
    /// In the view `today`: what was completed today, the last first.
    pub done_today: Vec<TaskBody>,
    /// The task that was asked for; `null` when there is none.
    pub task: Option<TaskBody>,
    /// The plans that wait.
    pub plans: Vec<PlanBody>,
    /// Who answers in the chat: `builtin`, or provider and model.
    pub assistant: String,
    /// The last conversations, the last used first.
    pub conversations: Vec<ConversationBody>,
    /// The open conversation; `null` before the first message.
    pub conversation: Option<ConversationBody>,
    /// Its last messages, oldest first.
    pub messages: Vec<MessageBody>,
    /// The plans that these messages asked to confirm, whatever became of them.
    pub message_plans: Vec<PlanBody>,
    /// The changes that these messages made, as they stand now: the receipts are drawn from them.
    pub message_changes: Vec<ChangeBody>,
}

/// Whose page it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ScreenUser {
    /// The user's id.
    pub id: String,
    /// The user's name.
    pub name: String,
    /// The user's email address.
    pub email: String,
}

/// The numbers beside the views.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Counts)]
pub struct CountsBody {
    /// Open and due today or before; counted to 1000.
    pub today: i64,
    /// Of those, the ones before today; counted to 1000.
    pub overdue: i64,
    /// Open with a date after today; counted to 1000.
    pub upcoming: i64,
    /// Open.
    pub open: i64,
    /// Completed.
    pub completed: i64,
    /// In the trash.
    pub trashed: i64,
}

//! Conversations and what was said in them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use todo_core::chats::{Conversation, Ending, Message, Role};
use utoipa::{IntoParams, ToSchema};

use crate::chat::{ChoiceBody, TaskRefBody, ToolCallBody};

/// A conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Conversation)]
pub struct ConversationBody {
    /// Its number among the user's conversations.
    pub id: i64,
    /// What it is called.
    pub title: String,
    /// When it began.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// When something was last said.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Timestamp,
}

impl From<&Conversation> for ConversationBody {
    fn from(conversation: &Conversation) -> Self {
        Self {
            id: conversation.id.0,
            title: conversation.title.clone(),
            created_at: conversation.created_at,
            updated_at: conversation.updated_at,
        }
    }
}

/// Which conversations.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ConversationParams {
    /// Text that occurs in the title or in a message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Last used before this moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>)]
    pub before: Option<Timestamp>,
    /// 1 to 200; 50 if it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
}

/// The conversations of a user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ConversationList)]
pub struct ConversationListBody {
    /// The last used first.
    pub conversations: Vec<ConversationBody>,
}

/// A new conversation, or a new name for one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConversationTitle)]
pub struct TitleBody {
    /// 1 to 100 characters.
    pub title: String,
}

/// Something that was said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = Message)]
pub struct MessageBody {
    /// Its place in the conversation.
    pub id: i64,
    /// `user` or `assistant`.
    #[schema(value_type = String)]
    pub role: Role,
    /// What was said.
    pub text: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// What the assistant did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tool_calls: Vec<ToolCallBody>,
    /// What it asked to choose from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<ChoiceBody>,
    /// The plan that it asked to confirm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan_id: Option<i64>,
    /// The tasks that it listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refs: Vec<TaskRefBody>,
    /// Who thought; empty for messages of the user.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub assistant: String,
    /// `answered`, `stopped` or `failed`.
    #[schema(value_type = String)]
    pub ending: Ending,
}

impl From<&Message> for MessageBody {
    fn from(message: &Message) -> Self {
        let outcome = &message.outcome;
        Self {
            id: message.seq,
            role: message.role,
            text: message.text.clone(),
            at: message.at,
            tool_calls: outcome.tool_calls.iter().map(ToolCallBody::from).collect(),
            choices: outcome.choices.iter().map(ChoiceBody::from).collect(),
            plan_id: outcome.plan.map(|id| id.0),
            refs: outcome.refs.iter().map(TaskRefBody::from).collect(),
            assistant: outcome.thinker.clone(),
            ending: outcome.ending,
        }
    }
}

/// Which messages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct MessageParams {
    /// Only those before this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<i64>,
    /// 1 to 200; 50 if it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
}

/// What was said, oldest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = MessageList)]
pub struct MessageListBody {
    /// The messages.
    pub messages: Vec<MessageBody>,
}

/// A whole conversation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ConversationExport)]
pub struct ConversationExportBody {
    /// The conversation.
    pub conversation: ConversationBody,
    /// Everything that was said in it.
    pub messages: Vec<MessageBody>,
}

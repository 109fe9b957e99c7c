//! One turn of a conversation.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use todo_core::chats;
use utoipa::ToSchema;

use crate::plan::PlanBody;

/// Something to say to the assistant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChatRequest)]
pub struct ChatBody {
    /// 1 to 4000 characters.
    pub message: String,
    /// The conversation; a new one begins when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation_id: Option<i64>,
    /// The client's own name for this message (1 to 100 visible ASCII characters): sent again, it gets the first answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// The `id` of an earlier message of the user in this conversation: answers it again, or runs this message instead.
    /// What was done since then stays done, and the answer says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<i64>,
    /// Who is to think; the configured thinker when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assistant: Option<AssistantBody>,
}

/// Who is to think.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = AssistantKind)]
pub enum AssistantBody {
    /// The built-in assistant, even when a language model is configured.
    Builtin,
}

/// The answer of one turn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ChatResponse)]
pub struct ChatReplyBody {
    /// The conversation.
    pub conversation_id: i64,
    /// The name of the message that was answered.
    pub message_id: String,
    /// What the assistant says.
    pub response: String,
    /// What it did: every tool that it called, with the result.
    pub tool_calls: Vec<ToolCallBody>,
    /// What it asks to choose from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<ChoiceBody>,
    /// The plan that waits to be confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanBody>,
    /// The tasks that the answer lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refs: Vec<TaskRefBody>,
    /// Who thought: `builtin`, or provider and model.
    pub assistant: String,
}

/// A tool that was called.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ToolCall)]
pub struct ToolCallBody {
    /// Its name.
    pub tool: String,
    /// What it was given.
    pub arguments: Value,
    /// What it answered.
    pub result: Value,
    /// Whether it refused.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub failed: bool,
    /// The change that it wrote, for undo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change_id: Option<i64>,
}

impl From<&chats::ToolCall> for ToolCallBody {
    fn from(call: &chats::ToolCall) -> Self {
        Self {
            tool: call.tool.clone(),
            arguments: call.arguments.clone(),
            result: call.result.clone(),
            failed: call.failed,
            change_id: call.change.map(|seq| seq.0),
        }
    }
}

/// One of several answers that can be given with a press.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Choice)]
pub struct ChoiceBody {
    /// What a button should say.
    pub label: String,
    /// What to send when it is pressed.
    pub say: String,
    /// The task that it stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task_id: Option<i64>,
}

impl From<&chats::Choice> for ChoiceBody {
    fn from(choice: &chats::Choice) -> Self {
        Self {
            label: choice.label.clone(),
            say: choice.say.clone(),
            task_id: choice.task.map(|n| n.0),
        }
    }
}

/// A task that an answer lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = TaskRef)]
pub struct TaskRefBody {
    /// Which task.
    pub id: i64,
    /// Its title then.
    pub title: String,
    /// Its day or time then, as words.
    pub when: String,
    /// Whether it was completed then.
    pub completed: bool,
}

impl From<&chats::TaskRef> for TaskRefBody {
    fn from(task: &chats::TaskRef) -> Self {
        Self {
            id: task.number.0,
            title: task.title.clone(),
            when: task.when.clone(),
            completed: task.completed,
        }
    }
}

/// What a streamed turn sends, one server-sent event each; the event's name is the variant's, in snake case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
#[schema(as = ChatEvent)]
pub enum ChatEventBody {
    /// The turn began.
    Start {
        /// The conversation.
        conversation_id: i64,
        /// The name of the message.
        message_id: String,
        /// Who thinks.
        assistant: String,
    },
    /// A piece of the answer's text.
    Token {
        /// To be appended.
        text: String,
    },
    /// A tool is called.
    ToolCall {
        /// Its name.
        tool: String,
        /// What it is given.
        arguments: Value,
    },
    /// A tool answered.
    ToolResult(ToolCallBody),
    /// The assistant asks.
    Choices {
        /// What to choose from.
        choices: Vec<ChoiceBody>,
    },
    /// A plan waits to be confirmed.
    Plan(Box<PlanBody>),
    /// The turn ended; the whole answer once more.
    Done(Box<ChatReplyBody>),
    /// The turn failed.
    Error {
        /// A stable code.
        code: String,
        /// What happened, as a sentence.
        detail: String,
    },
}

impl ChatEventBody {
    /// The name of the server-sent event.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Start { .. } => "start",
            Self::Token { .. } => "token",
            Self::ToolCall { .. } => "tool_call",
            Self::ToolResult(_) => "tool_result",
            Self::Choices { .. } => "choices",
            Self::Plan(_) => "plan",
            Self::Done(_) => "done",
            Self::Error { .. } => "error",
        }
    }
}

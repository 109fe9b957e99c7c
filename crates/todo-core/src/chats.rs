//! Conversations: what was said, and what came of it.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{ChangeSeq, ConversationId, PlanId, StoreError, TaskNumber, UserId};

/// The longest message, in Unicode scalar values.
pub const LONGEST_MESSAGE: usize = 4000;

/// A turn that has not answered for this long was lost with its process; its message may be run again.
pub const TURN_LEASE: SignedDuration = SignedDuration::from_secs(60);

/// One conversation of one user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    /// Its number among its owner's conversations.
    pub id: ConversationId,
    /// What it is called: its first message, until somebody renames it.
    pub title: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When something was last said.
    pub updated_at: Timestamp,
}

/// Who said something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The user.
    User,
    /// The assistant.
    Assistant,
}

/// Something that was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its place in the conversation, from 1.
    pub seq: i64,
    /// Who said it.
    pub role: Role,
    /// What was said.
    pub text: String,
    /// When.
    pub at: Timestamp,
    /// What came of it. Empty for messages of the user.
    pub outcome: Outcome,
}

/// What came of a turn, beside its text. Stored with the answer, so that a page that is opened later shows the same.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Outcome {
    /// The tools that were called, in order, with their results: the receipts.
    pub tool_calls: Vec<ToolCall>,
    /// What the assistant asks the user to choose from.
    pub choices: Vec<Choice>,
    /// The plan that waits for the user.
    pub plan: Option<PlanId>,
    /// Tasks that the answer lists.
    pub refs: Vec<TaskRef>,
    /// The tasks that "it" and "them" mean after this turn.
    pub focus: Vec<TaskNumber>,
    /// What the assistant waits to hear, in the thinker's own terms.
    pub pending: Option<Value>,
    /// Who thought: `builtin`, or provider and model.
    pub thinker: String,
    /// How the turn ended.
    pub ending: Ending,
}

/// How a turn ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ending {
    /// With an answer.
    #[default]
    Answered,
    /// The user stopped it.
    Stopped,
    /// Something failed; the text says what.
    Failed,
}

/// A tool that was called, and what it answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToolCall {
    /// The tool's name.
    pub tool: String,
    /// What it was given.
    pub arguments: Value,
    /// What it answered.
    pub result: Value,
    /// Whether it refused; `result` says why.
    #[serde(default)]
    pub failed: bool,
    /// The change that it wrote.
    #[serde(default)]
    pub change: Option<ChangeSeq>,
}

/// One of several answers that the user can give with a press.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What the button says.
    pub label: String,
    /// What is sent when it is pressed.
    pub say: String,
    /// The task that it stands for.
    #[serde(default)]
    pub task: Option<TaskNumber>,
}

/// A task as an answer lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskRef {
    /// Which task.
    pub number: TaskNumber,
    /// Its title then.
    pub title: String,
    /// Its day or time then, as words; empty without one.
    #[serde(default)]
    pub when: String,
    /// Whether it was completed then.
    #[serde(default)]
    pub completed: bool,
}

/// How a turn begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TurnStart {
    /// The message is stored, and this call is the one that answers it.
    Mine {
        /// The conversation that it belongs to: where it was said first.
        conversation: ConversationId,
        /// The place of the user's message.
        seq: i64,
    },
    /// Another call answers it right now.
    Running,
    /// It was answered before.
    Answered {
        /// The conversation that it belongs to.
        conversation: ConversationId,
        /// The answer.
        answer: Box<Message>,
    },
    /// The caller has no such conversation.
    NoSuchConversation,
}

/// Where conversations are kept. Every method names the owner; somebody else's conversation is a missing one.
#[async_trait]
pub trait ChatStore: Send + Sync + 'static {
    /// Begins a conversation under the owner's next number.
    async fn create(
        &self,
        user: UserId,
        title: &str,
        now: Timestamp,
    ) -> Result<Conversation, StoreError>;

    /// One conversation.
    async fn conversation(
        &self,
        user: UserId,
        id: ConversationId,
    ) -> Result<Option<Conversation>, StoreError>;

    /// Conversations, the last used first; those whose title or messages contain `search`, ignoring case, if it is given;
    /// those last used before `before`, if it is given.
    async fn conversations(
        &self,
        user: UserId,
        search: Option<&str>,
        before: Option<Timestamp>,
        limit: u64,
    ) -> Result<Vec<Conversation>, StoreError>;

    /// Renames a conversation; `false` when there is none.
    async fn rename(
        &self,
        user: UserId,
        id: ConversationId,
        title: &str,
    ) -> Result<bool, StoreError>;

    /// Deletes a conversation with its messages, for good; `false` when there is none.
    async fn delete(&self, user: UserId, id: ConversationId) -> Result<bool, StoreError>;

    /// The last `limit` messages before `before` (or at the end), oldest first.
    async fn messages(
        &self,
        user: UserId,
        id: ConversationId,
        before: Option<i64>,
        limit: u64,
    ) -> Result<Vec<Message>, StoreError>;

    /// Stores what the user said and decides who answers it. `message_id` is the client's own name for the message, one for
    /// each user: of several calls with the same one, exactly one gets [`TurnStart::Mine`], until [`TURN_LEASE`] is over.
    async fn begin_turn(
        &self,
        user: UserId,
        id: ConversationId,
        message_id: &str,
        text: &str,
        now: Timestamp,
    ) -> Result<TurnStart, StoreError>;

    /// Stores the answer to the message at `seq`, and names `updated_at`.
    async fn finish_turn(
        &self,
        user: UserId,
        id: ConversationId,
        message_id: &str,
        text: &str,
        outcome: &Outcome,
        now: Timestamp,
    ) -> Result<Message, StoreError>;
}

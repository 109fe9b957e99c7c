//! The tools port: the only way from a chat turn to the tasks.

mod mcp;
mod receipts;

use async_trait::async_trait;
use serde_json::Value;
use todo_core::{Caller, chats::ToolCall};

/// A tool, as it describes itself to whoever calls it.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolSpec {
    /// Its name.
    pub name: String,
    /// When to use it, what it changes, what it answers.
    pub description: String,
    /// The JSON schema of its arguments.
    pub arguments: Value,
    /// It changes nothing.
    pub read_only: bool,
}

pub use mcp::{McpToolSource, ToolTokens};
pub(crate) use receipts::Receipts;

/// The MCP tools, for one turn of one caller.
#[async_trait]
pub trait Tools: Send + Sync {
    /// Calls a tool. When the tool refuses, that is a call with `failed` set, whose `result` has the `message`.
    ///
    /// Dropping the future cancels the call.
    ///
    /// # Errors
    /// The tools could not be reached, or nobody knows what they did.
    async fn call(&self, tool: &str, arguments: Value) -> Result<ToolCall, ToolsError>;

    /// Which tools there are.
    ///
    /// # Errors
    /// The tools could not be reached.
    async fn list(&self) -> Result<Vec<ToolSpec>, ToolsError>;
}

/// Where the tools of a turn come from.
pub trait ToolSource: Send + Sync + 'static {
    /// The tools for one message of one caller. The same message gets the same request ids again, so that a turn that
    /// is run a second time does not act a second time.
    fn open(&self, caller: &Caller, message_id: &str) -> Box<dyn Tools>;
}

/// A tool brought no answer.
#[derive(Debug, thiserror::Error)]
pub enum ToolsError {
    /// Nobody answered, so nothing was done.
    #[error("the tools cannot be reached")]
    Unreachable(#[source] Cause),
    /// The call broke off: it may have been carried out.
    #[error("the tools broke off")]
    Unsure(#[source] Cause),
    /// The other side does not take the call: a token or a message that it does not accept.
    #[error("the tools refused the call: {0}")]
    Rejected(String),
}

/// Why.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// The sentence of a tool that refused.
pub(crate) fn refusal(call: &ToolCall) -> &str {
    call.result["message"].as_str().unwrap_or("the tool refused")
}

//! The model port: what a turn needs of a language model, whoever runs it.

use async_trait::async_trait;
use http::StatusCode;
use serde_json::Value;

use crate::{
    thinker::Sink,
    tools::{Cause, ToolSpec},
};

/// A language model that can call tools.
#[async_trait]
pub trait ChatModel: Send + Sync + 'static {
    /// Provider and model: `openai/gpt-4.1-mini`.
    fn name(&self) -> &str;

    /// Gets one reply. Its text goes to `out` while it arrives, and is in the reply as well. Dropping the future closes
    /// the connection to the provider, which stops the model.
    ///
    /// # Errors
    /// There is no whole reply. What went to `out` until then was said.
    async fn reply(&self, prompt: &Prompt, out: &dyn Sink) -> Result<Reply, ModelError>;
}

/// What a model gets to read.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// Who it is, and the state of things.
    pub system: String,
    /// What was said and done, oldest first.
    pub messages: Vec<PromptMessage>,
    /// The tools that it may call.
    pub tools: Vec<ToolSpec>,
    /// The longest reply, in tokens.
    pub max_tokens: u32,
}

/// Something that was said or done.
#[derive(Debug, Clone, PartialEq)]
pub enum PromptMessage {
    /// The user said it.
    User(String),
    /// The model, or whoever answered before, said it.
    Assistant(String),
    /// The model wanted to call tools.
    Called(Reply),
    /// What came of these calls.
    Results(Vec<CallResult>),
}

/// What a model replied.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reply {
    /// What it says.
    pub text: String,
    /// The tools that it wants to call, in order.
    pub calls: Vec<Call>,
    /// Opaque marks of its thoughts, which some providers want back with the results.
    pub thoughts: Vec<String>,
    /// The reply was longer than it may be.
    pub cut_off: bool,
    /// Tokens read and written, as far as the provider says.
    pub tokens: Tokens,
}

/// A tool that a model wants to call.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Call {
    /// The provider's name for the call.
    pub id: String,
    /// Which tool.
    pub tool: String,
    /// Its arguments: an object, or text when that was no JSON.
    pub arguments: Value,
    /// As in [`Reply::thoughts`], of this call.
    pub thoughts: Vec<String>,
}

/// What came of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallResult {
    /// The provider's name for the call.
    pub id: String,
    /// Which tool.
    pub tool: String,
    /// The result, as the model is to read it.
    pub content: String,
}

/// A number of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tokens {
    /// Read.
    pub input: u32,
    /// Written.
    pub output: u32,
}

/// There is no whole reply.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// Nobody answers at the address.
    #[error("the language model cannot be reached")]
    Unreachable(#[source] Cause),
    /// Nothing came for too long.
    #[error("the language model takes too long")]
    Slow,
    /// Too much was asked of it lately, or the account is used up.
    #[error("the language model takes no more requests for now")]
    RateLimited,
    /// The provider does not take the request: a wrong key, a model that it does not have.
    #[error("the language model's provider refuses the request with {0}")]
    Refused(StatusCode),
    /// The provider failed.
    #[error("the language model's provider failed with {0}")]
    Failed(StatusCode),
    /// The connection ended before the reply did.
    #[error("the language model broke off")]
    BrokeOff,
    /// What came is no reply.
    #[error("the language model's reply makes no sense: {0}")]
    Nonsense(&'static str),
}

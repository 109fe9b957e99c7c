//! The thinker port: whoever turns what was said into tool calls and an answer.
//!
//! The built-in assistant implements it, and so does a language model: a thinker gets the conversation, the tools, and a sink for
//! text that arrives piece by piece. Dropping the future of [`Thinker::think`] stops it, wherever it is.

use async_trait::async_trait;
use jiff::{Zoned, civil::Weekday};
use serde_json::Value;
use todo_core::{
    PlanId, TaskNumber,
    chats::{Choice, Message, TaskRef},
    quick_add,
};

use crate::tools::{Tools, ToolsError};

/// How many messages before the one at hand a thinker gets to see.
pub const HISTORY: u64 = 20;

/// What was said, and what one needs to know to understand it.
#[derive(Debug, Clone)]
pub struct Turn {
    /// What the user says now.
    pub message: String,
    /// What was said before, oldest first, at most [`HISTORY`] messages.
    pub history: Vec<Message>,
    /// Now, on the user's clocks.
    pub now: Zoned,
    /// The IANA name of the user's zone.
    pub zone: String,
    /// The first day of the user's week.
    pub week_start: Weekday,
    /// The user's language tag.
    pub locale: String,
}

impl Turn {
    /// How words about time are read in this turn.
    pub fn context(&self) -> quick_add::Context<'_> {
        quick_add::Context {
            now: &self.now,
            zone: &self.zone,
            week_start: self.week_start,
            literal: &[],
        }
    }
}

/// What a thinker comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// What to say: the whole text, also what went through the sink already.
    pub text: String,
    /// What the user may choose from.
    pub choices: Vec<Choice>,
    /// A plan that waits for the user.
    pub plan: Option<PlanId>,
    /// The tasks that the answer lists.
    pub refs: Vec<TaskRef>,
    /// What "it" and "them" mean from now on.
    pub focus: Vec<TaskNumber>,
    /// What the thinker waits to hear, in its own terms; it finds it in the outcome of its message.
    pub pending: Option<Value>,
    /// Who answered, when that was not the thinker that was asked.
    pub by: Option<String>,
}

/// Takes the text of an answer while it comes into being.
#[async_trait]
pub trait Sink: Send + Sync {
    /// One more piece of text.
    async fn text(&self, piece: &str);
}

/// Somebody who answers.
#[async_trait]
pub trait Thinker: Send + Sync + 'static {
    /// Who it is: `builtin`, or provider and model.
    fn name(&self) -> &str;

    /// Thinks about one message, calls tools, and answers. What it says was done has to come from results of `tools`.
    ///
    /// # Errors
    /// The tools are out of reach, or the thinker itself failed. What was done until then has its receipts.
    async fn think(
        &self,
        turn: &Turn,
        tools: &dyn Tools,
        out: &dyn Sink,
    ) -> Result<Answer, ThinkError>;
}

/// There is no answer.
#[derive(Debug, thiserror::Error)]
pub enum ThinkError {
    /// The tools are out of reach.
    #[error(transparent)]
    Tools(#[from] ToolsError),
    /// A tool answered something that its contract does not have.
    #[error("{tool} answered something unexpected")]
    UnexpectedResult {
        /// Which tool.
        tool: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The language model did not answer.
    #[error("the thinker failed")]
    Thinker(#[source] crate::tools::Cause),
}

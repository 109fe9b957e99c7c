//! A language model as a thinker.
//!
//! The model gets the conversation, the state of things and the tools ([`briefing`]), and calls tools until it has an
//! answer ([`work`]), within bounds of steps, tokens and time. It is not trusted: what it may write is decided by the
//! user's own words ([`guard`]), what it says was done is compared with the receipts ([`claims`]), and when it fails, the
//! built-in assistant answers, unless something was done already: nothing is done twice.

mod briefing;
mod claims;
mod done;
mod guard;
mod port;
mod provider;
mod transcript;
mod wording;
mod work;

use std::sync::Arc;

use async_trait::async_trait;

use crate::{
    builtin::Builtin,
    thinker::{Answer, Sink, ThinkError, Thinker, Turn},
    tools::Tools,
};
#[cfg(test)]
pub(crate) use guard::Guard;
pub use port::{Call, CallResult, ChatModel, ModelError, Prompt, PromptMessage, Reply, Tokens};
pub use provider::Provider;
use transcript::{Silence, Transcript};
use work::{Stop, Trouble, Work};

/// The thinker that asks a language model.
pub struct ModelThinker {
    model: Arc<dyn ChatModel>,
}

impl ModelThinker {
    /// Thinks with this model.
    pub fn new(model: Arc<dyn ChatModel>) -> Self {
        Self { model }
    }
}

#[async_trait]
impl Thinker for ModelThinker {
    fn name(&self) -> &str {
        self.model.name()
    }

    async fn think(
        &self,
        turn: &Turn,
        tools: &dyn Tools,
        out: &dyn Sink,
    ) -> Result<Answer, ThinkError> {
        let said = Transcript::new(out);
        let mut work = Work::new(&*self.model, turn, tools, &said).await?;
        match work.run().await {
            Ok(()) => Ok(work.answer().await),
            Err(Stop::Tools(error)) => Err(error),
            Err(Stop::Model(trouble)) if work.has_written() => Ok(work.broken_off(&trouble).await),
            Err(Stop::Model(trouble)) => {
                drop(work);
                fall_back(&trouble, turn, tools, &said).await
            }
        }
    }
}

/// The built-in assistant answers in place of a model that does not.
async fn fall_back(
    trouble: &Trouble,
    turn: &Turn,
    tools: &dyn Tools,
    said: &Transcript<'_>,
) -> Result<Answer, ThinkError> {
    tracing::warn!(
        error = trouble as &dyn std::error::Error,
        "the language model failed, the built-in assistant answers"
    );
    said.paragraph();
    said.text(wording::fell_back(trouble)).await;
    let answer = Builtin.think(turn, tools, &Silence).await?;
    said.paragraph();
    said.text(&answer.text).await;
    Ok(Answer { text: said.whole(), by: Some(Builtin.name().to_owned()), ..answer })
}

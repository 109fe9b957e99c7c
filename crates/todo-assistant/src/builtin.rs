//! The assistant that needs no model: a grammar.
//!
//! A message is cut into words ([`text`]), the words into requests ([`split`]); each is read by tables of patterns
//! ([`intents`]) into a [`request::Request`]. The tasks that it speaks of are looked up ([`resolve`]), the tools are
//! called ([`act`]), and what they answered is put into words ([`wording`]). A question that the assistant asks is kept
//! as data with its answer, and the next message is read as the reply first ([`pending`]).

mod act;
pub(crate) mod desk;
mod follow_up;
pub(crate) mod intents;
mod lexicon;
pub(crate) mod matching;
pub(crate) mod memory;
mod pattern;
pub(crate) mod pending;
pub(crate) mod request;
pub(crate) mod resolve;
pub(crate) mod sets;
pub(crate) mod split;
pub(crate) mod target;
pub(crate) mod text;
pub(crate) mod wording;

use async_trait::async_trait;

use self::{desk::Desk, text::Clause};
use crate::{
    thinker::{Answer, Sink, ThinkError, Thinker, Turn},
    tools::Tools,
};

/// The most requests that one message may hold.
const MOST_REQUESTS: usize = 20;

/// The thinker that is always there.
#[derive(Debug, Clone, Copy, Default)]
pub struct Builtin;

#[async_trait]
impl Thinker for Builtin {
    fn name(&self) -> &str {
        "builtin"
    }

    async fn think(
        &self,
        turn: &Turn,
        tools: &dyn Tools,
        out: &dyn Sink,
    ) -> Result<Answer, ThinkError> {
        let mut desk = Desk::new(turn, tools);
        converse(&mut desk, &turn.message).await?;
        let answer = desk.answer();
        out.text(&answer.text).await;
        Ok(answer)
    }
}

async fn converse(desk: &mut Desk<'_>, message: &str) -> Result<(), ThinkError> {
    let tokens = text::tokens(message);
    let whole = Clause::new(message, &tokens);
    if pending::settle(desk, &whole).await? {
        return Ok(());
    }
    for part in split::requests(desk, &whole).await?.into_iter().take(MOST_REQUESTS) {
        act::part(desk, part).await?;
    }
    Ok(())
}

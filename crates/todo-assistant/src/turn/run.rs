use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use todo_api::chat::{ChatEventBody, ChoiceBody};
use todo_core::{
    Caller, ConversationId, StoreError,
    chats::{Ending, Outcome},
};

use super::{
    Assistant, Consent, Events, Said,
    answer::{failed, reply},
    plan::{self, PlanReply},
    wording,
};
use crate::{
    thinker::{Answer, HISTORY, Sink, ThinkError, Thinker, Turn},
    tools::{Receipts, Tools},
};

/// One turn that this process answers.
pub(super) struct Run {
    pub(super) assistant: Assistant,
    pub(super) caller: Caller,
    pub(super) conversation: ConversationId,
    pub(super) seq: i64,
    pub(super) text: String,
    pub(super) said: Said,
}

impl Run {
    /// Answers, stores the answer, and tells it.
    pub(super) async fn go(self, events: Events) {
        if let Err(error) = self.answer(&events).await {
            tracing::error!(error = &error as &dyn std::error::Error, "a turn was not stored");
            let detail = "The answer could not be stored. What has a receipt was done.".to_owned();
            events.send(ChatEventBody::Error { code: "not_stored".to_owned(), detail }).await;
        }
    }

    async fn answer(&self, events: &Events) -> Result<(), StoreError> {
        let turn = self.turn().await?;
        let thinker =
            if self.said.builtin { &self.assistant.builtin } else { &self.assistant.thinker };
        events
            .send(ChatEventBody::Start {
                conversation_id: self.conversation.0,
                message_id: self.said.message_id.clone(),
                assistant: thinker.name().to_owned(),
            })
            .await;
        let settles = self.settles(&turn);
        let mut caller = self.caller.clone();
        caller.plan = settles.as_ref().map(|reply| reply.plan);
        let tools = self.assistant.tools.open(&caller, &self.said.message_id);
        let receipts = Receipts::new(&*tools, events);

        let thought = self.think(&turn, thinker.as_ref(), settles.as_ref(), &receipts, events);
        let ended = tokio::select! {
            biased;
            () = events.abandoned() => None,
            ended = AssertUnwindSafe(thought).catch_unwind() => Some(ended),
        };
        let mut outcome = Outcome {
            tool_calls: receipts.take(),
            thinker: thinker.name().to_owned(),
            ..Outcome::default()
        };
        let text = match ended {
            None => {
                outcome.ending = Ending::Stopped;
                stopped(&outcome, &events.said())
            }
            Some(Ok(ended)) => match ended? {
                Ok(answer) => keep(answer, &mut outcome),
                Err(error) => {
                    outcome.ending = Ending::Failed;
                    after(&events.said(), &failed(&error, &outcome))
                }
            },
            Some(Err(_panic)) => {
                outcome.ending = Ending::Failed;
                after(&events.said(), wording::BROKEN)
            }
        };
        let text =
            if self.stays_done().await? { format!("{text}\n\n{}", wording::STAYS) } else { text };
        self.store(&text, &outcome, events).await
    }

    /// The plan that this message answers. A "yes" counts as the message right after the plan, and what is said instead
    /// of something else is not that.
    fn settles(&self, turn: &Turn) -> Option<PlanReply> {
        let plan = plan::asked(&turn.history).filter(|_| self.said.replaces.is_none())?;
        Consent::read(&self.text).map(|consent| PlanReply { plan, consent })
    }

    /// Whether something was changed since the message that this one is said instead of.
    async fn stays_done(&self) -> Result<bool, StoreError> {
        let Some(replaced) = self.said.replaces else { return Ok(false) };
        let chats = &self.assistant.chats;
        let since =
            chats.messages(self.caller.user, self.conversation, Some(self.seq), HISTORY).await?;
        let mut since = since.iter().filter(|message| message.seq > replaced);
        Ok(since.any(|message| message.outcome.tool_calls.iter().any(|call| call.change.is_some())))
    }

    /// What a thinker gets to know.
    async fn turn(&self) -> Result<Turn, StoreError> {
        let chats = &self.assistant.chats;
        // What is said instead of an earlier message is said where that one was.
        let place = self.said.replaces.unwrap_or(self.seq);
        let history =
            chats.messages(self.caller.user, self.conversation, Some(place), HISTORY).await?;
        let settings = &self.said.settings;
        Ok(Turn {
            message: self.text.clone(),
            history,
            now: self.assistant.clock.now_in(&settings.zone()),
            zone: settings.timezone.clone(),
            week_start: settings.week_start.into(),
            locale: settings.locale.clone(),
        })
    }

    async fn think(
        &self,
        turn: &Turn,
        thinker: &dyn Thinker,
        settles: Option<&PlanReply>,
        tools: &dyn Tools,
        events: &Events,
    ) -> Result<Result<Answer, ThinkError>, StoreError> {
        match settles {
            Some(reply) => self.assistant.settle(&self.caller, reply, turn, tools).await,
            None => Ok(thinker.think(turn, tools, events).await),
        }
    }

    async fn store(
        &self,
        text: &str,
        outcome: &Outcome,
        events: &Events,
    ) -> Result<(), StoreError> {
        let Assistant { chats, plans, clock, .. } = &self.assistant;
        let user = self.caller.user;
        // Whatever was not streamed is sent now, so that a stream alone always has the whole text.
        let sent = events.said();
        events.text(text.strip_prefix(sent.as_str()).unwrap_or(text)).await;
        let id = &self.said.message_id;
        let message =
            chats.finish_turn(user, self.conversation, id, text, outcome, clock.now()).await?;
        let plan = match outcome.plan {
            Some(id) => plans.plan(user, id).await?,
            None => None,
        };
        let done = reply(self.conversation, id, &message, plan.as_ref(), clock.now());
        if !outcome.choices.is_empty() {
            let choices = outcome.choices.iter().map(ChoiceBody::from).collect();
            events.send(ChatEventBody::Choices { choices }).await;
        }
        if let Some(plan) = &done.plan {
            events.send(ChatEventBody::Plan(Box::new(plan.clone()))).await;
        }
        events.send(ChatEventBody::Done(Box::new(done))).await;
        Ok(())
    }
}

/// Moves everything but the text into the outcome.
fn keep(answer: Answer, outcome: &mut Outcome) -> String {
    let Answer { text, choices, plan, refs, focus, pending, by } = answer;
    outcome.thinker = by.unwrap_or_else(|| std::mem::take(&mut outcome.thinker));
    (outcome.choices, outcome.plan, outcome.refs) = (choices, plan, refs);
    (outcome.focus, outcome.pending) = (focus, pending);
    text
}

fn stopped(outcome: &Outcome, so_far: &str) -> String {
    let wrote = outcome.tool_calls.iter().any(|call| call.change.is_some());
    after(so_far, if wrote { wording::STOPPED_WITH_RECEIPTS } else { wording::STOPPED })
}

/// A sentence behind what was said already: an answer always begins with what was streamed.
fn after(so_far: &str, sentence: &str) -> String {
    if so_far.is_empty() { sentence.to_owned() } else { format!("{so_far}\n\n{sentence}") }
}

//! Stored answers as replies, and failures as sentences.

use jiff::Timestamp;
use todo_api::{
    chat::{ChatEventBody, ChatReplyBody, ChoiceBody, TaskRefBody, ToolCallBody},
    plan::PlanBody,
};
use todo_core::{
    ConversationId, UserId,
    chats::{Message, Outcome},
    plans::Plan,
};

use super::{Assistant, Events, wording};
use crate::{
    thinker::{Sink, ThinkError},
    tools::ToolsError,
};

impl Assistant {
    /// Tells an answer that was given before.
    pub(super) async fn repeat(
        &self,
        user: UserId,
        conversation: ConversationId,
        message_id: &str,
        answer: &Message,
        events: &Events,
    ) {
        let assistant = answer.outcome.thinker.clone();
        let start = ChatEventBody::Start {
            conversation_id: conversation.0,
            message_id: message_id.to_owned(),
            assistant,
        };
        events.send(start).await;
        events.text(&answer.text).await;
        let plan = match answer.outcome.plan {
            Some(id) => self.plans.plan(user, id).await.ok().flatten(),
            None => None,
        };
        let done = reply(conversation, message_id, answer, plan.as_ref(), self.clock.now());
        events.send(ChatEventBody::Done(Box::new(done))).await;
    }
}

/// A stored answer, as it is sent.
pub(super) fn reply(
    conversation: ConversationId,
    message_id: &str,
    message: &Message,
    plan: Option<&Plan>,
    now: Timestamp,
) -> ChatReplyBody {
    let outcome = &message.outcome;
    ChatReplyBody {
        conversation_id: conversation.0,
        message_id: message_id.to_owned(),
        response: message.text.clone(),
        tool_calls: outcome.tool_calls.iter().map(ToolCallBody::from).collect(),
        choices: outcome.choices.iter().map(ChoiceBody::from).collect(),
        plan: plan.map(|plan| PlanBody::new(plan, now)),
        refs: outcome.refs.iter().map(TaskRefBody::from).collect(),
        assistant: outcome.thinker.clone(),
    }
}

/// What a turn says when it has no answer. It claims nothing that has no receipt.
pub(super) fn failed(error: &ThinkError, outcome: &Outcome) -> String {
    tracing::warn!(error = error as &dyn std::error::Error, "a turn failed");
    let wrote = outcome.tool_calls.iter().any(|call| call.change.is_some());
    let text = match error {
        ThinkError::Tools(ToolsError::Unsure(_)) => wording::UNSURE,
        ThinkError::Tools(_) if wrote => wording::UNREACHABLE_LATER,
        ThinkError::Tools(_) => wording::UNREACHABLE,
        ThinkError::Thinker(_) => wording::MODEL_SILENT,
        ThinkError::UnexpectedResult { .. } => wording::BROKEN,
    };
    text.to_owned()
}

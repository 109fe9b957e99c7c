//! "Yes" and "no" to a plan, taken before anybody thinks.

use serde_json::json;
use todo_api::tools::{Done, names};
use todo_core::{
    Caller, PlanId, StoreError,
    chats::{Message, Role},
    plans::{Plan, PlanAnswer},
    tasks::{Command, TaskError},
};

use super::{Assistant, Consent, wording};
use crate::{
    builtin::wording::{self as say, Voice},
    thinker::{Answer, ThinkError, Turn},
    tools::{Tools, refusal},
};

/// The plan that a "yes" would confirm: the one that the message right before asked about.
pub(super) fn asked(history: &[Message]) -> Option<PlanId> {
    history.last().filter(|message| message.role == Role::Assistant)?.outcome.plan
}

/// What somebody says about a plan.
pub(super) struct PlanReply {
    pub(super) plan: PlanId,
    pub(super) consent: Consent,
}

impl Assistant {
    /// Carries the plan out, or drops it. `tools` act with a token that carries the plan.
    pub(super) async fn settle(
        &self,
        caller: &Caller,
        reply: &PlanReply,
        turn: &Turn,
        tools: &dyn Tools,
    ) -> Result<Result<Answer, ThinkError>, StoreError> {
        let now = self.clock.now();
        let Some(plan) = self.plans.plan(caller.user, reply.plan).await? else {
            return Ok(Ok(said(wording::NO_PLAN)));
        };
        if let Err(reason) = plan.check(now) {
            return Ok(Ok(said(over(&plan, &reason))));
        }
        match reply.consent {
            Consent::No => {
                let cancelled = self.plans.cancel(caller.user, plan.id, now).await?;
                Ok(Ok(said(if cancelled { wording::CANCELLED } else { wording::NO_PLAN })))
            }
            Consent::Yes => Ok(apply(&plan, turn, tools).await),
        }
    }
}

async fn apply(plan: &Plan, turn: &Turn, tools: &dyn Tools) -> Result<Answer, ThinkError> {
    let call = tools.call(names::APPLY_PLAN, json!({})).await?;
    if call.failed {
        return Ok(said(wording::refused(refusal(&call))));
    }
    let unexpected =
        |source| ThinkError::UnexpectedResult { tool: names::APPLY_PLAN.to_owned(), source };
    let done: Done = serde_json::from_value(call.result).map_err(unexpected)?;
    let voice = Voice::new(turn);
    let text = match &plan.command {
        Command::Delete(_) => say::deleted(&done),
        Command::Complete(_) => say::completed(&done, &voice),
        Command::Reopen(_) => say::reopened(&done),
        _ => say::changed(&done),
    };
    let focus = done.results.iter().map(|result| todo_core::TaskNumber(result.id)).collect();
    Ok(Answer { text, focus, ..Answer::default() })
}

fn over(plan: &Plan, reason: &TaskError) -> String {
    match (reason, plan.answer) {
        (TaskError::PlanExpired(_), _) => wording::expired(&plan.title),
        (_, Some(PlanAnswer::Confirmed)) => wording::CONFIRMED_BEFORE.to_owned(),
        (_, Some(PlanAnswer::Cancelled)) => wording::CANCELLED_BEFORE.to_owned(),
        _ => wording::NO_PLAN.to_owned(),
    }
}

fn said(text: impl Into<String>) -> Answer {
    Answer { text: text.into(), ..Answer::default() }
}

use schemars::JsonSchema;
use serde::Deserialize;
use todo_api::tools::{Done, names};
use todo_core::{Caller, tasks::Tasks};

use crate::tool::{Hints, Refusal, TaskTool};

/// `apply_plan`: carries out the plan in the caller's token. Without one this tool does not exist.
pub(super) struct ApplyPlanTool;

/// Nothing: which plan it is comes from the token.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NoArguments {}

impl TaskTool for ApplyPlanTool {
    const NAME: &'static str = names::APPLY_PLAN;
    const TITLE: &'static str = "Carry out a confirmed plan";
    const PROMPT: &'static str = "Carries out the plan that a person confirmed.";
    const HINTS: Hints = Hints { read_only: false, destructive: true, idempotent: true };
    type Arguments = NoArguments;
    type Answer = Done;

    async fn call(tasks: &Tasks, caller: &Caller, _: NoArguments) -> Result<Done, Refusal> {
        Ok(super::done(&tasks.carry_out(caller).await?))
    }

    fn text(answer: &Done) -> String {
        answer.summary.clone()
    }
}

//! Carrying out a plan that a person confirmed.

use http::StatusCode;
use todo_api::{
    change::ChangeBody,
    plan::{PlanBody, PlanOutcomeBody},
    tools::{Done, names},
};
use todo_assistant::{ToolSource as _, ToolsError};
use todo_core::{
    Caller, ChangeSeq, PlanId,
    plans::Plan,
    tasks::{ChangeQuery, TaskError},
};
use todo_service::ApiError;

use crate::App;

/// Calls MCP with a token that carries the plan. The change is written in the name of whoever asked for the plan.
pub(crate) async fn confirm(
    app: &App,
    caller: &Caller,
    id: PlanId,
) -> Result<PlanOutcomeBody, ApiError> {
    let plan = lookup(app, caller, id).await?;
    plan.check(app.clock.now())?;
    let acting = Caller {
        user: caller.user,
        actor: plan.asked_by.clone(),
        conversation: plan.conversation,
        plan: Some(id),
    };
    let tools = app.tools.open(&acting, &format!("plan-{id}"));
    let call = tools
        .call(names::APPLY_PLAN, serde_json::json!({}))
        .await
        .map_err(|error| unreachable(&error))?;
    if call.failed {
        // Somebody else may have answered it since we looked; that is a better reason than a stale task.
        lookup(app, caller, id).await?.check(app.clock.now())?;
        let sentence = call.result["message"].as_str().unwrap_or("The plan was not carried out.");
        return Err(ApiError::client(StatusCode::CONFLICT, "plan_stale", sentence));
    }
    let done: Done =
        serde_json::from_value(call.result).map_err(|error| ApiError::internal(&error))?;
    let plan = lookup(app, caller, id).await?;
    Ok(PlanOutcomeBody {
        plan: PlanBody::new(&plan, app.clock.now()),
        change: change(app, caller, done.change_id).await?,
    })
}

async fn lookup(app: &App, caller: &Caller, id: PlanId) -> Result<Plan, ApiError> {
    let plan = app.plans.plan(caller.user, id).await?;
    Ok(plan.ok_or(TaskError::NoSuchPlan(id))?)
}

async fn change(app: &App, caller: &Caller, seq: i64) -> Result<Option<ChangeBody>, TaskError> {
    if seq == 0 {
        return Ok(None);
    }
    let query = ChangeQuery { only: vec![ChangeSeq(seq)], limit: 1, ..ChangeQuery::default() };
    Ok(app.tasks.changes(caller, &query).await?.first().map(ChangeBody::from))
}

fn unreachable(error: &ToolsError) -> ApiError {
    ApiError::unavailable(error, std::time::Duration::from_secs(2))
}

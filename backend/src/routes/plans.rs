//! `/api/{user_id}/plans`

use std::sync::Arc;

use axum::extract::State;
use http::StatusCode;
use todo_api::{
    Problem,
    plan::{PlanBody, PlanListBody, PlanOutcomeBody},
};
use todo_core::{
    Caller, Clock, PlanId,
    plans::{Plan, PlanStore},
    tasks::TaskError,
};
use todo_service::{ApiError, extract::Json};

use crate::{
    App,
    extract::{Id, Me},
};

/// The plans that wait for the caller.
#[utoipa::path(
    get, path = "/api/{user_id}/plans", tag = "plans", params(("user_id" = String, Path,)),
    responses((status = 200, body = PlanListBody))
)]
#[tracing::instrument(name = "http.plans.list", skip_all)]
pub(crate) async fn list(
    State(plans): State<Arc<dyn PlanStore>>,
    State(clock): State<Arc<dyn Clock>>,
    Me(caller): Me,
) -> Result<Json<PlanListBody>, ApiError> {
    let now = clock.now();
    let waiting = plans.waiting(caller.user, now).await?;
    Ok(Json(PlanListBody { plans: waiting.iter().map(|plan| PlanBody::new(plan, now)).collect() }))
}

/// One plan, whatever became of it.
#[utoipa::path(
    get, path = "/api/{user_id}/plans/{id}", tag = "plans",
    params(("user_id" = String, Path,), ("id" = i64, Path,)),
    responses((status = 200, body = PlanBody), (status = 404, body = Problem))
)]
#[tracing::instrument(name = "http.plans.get", skip_all, fields(plan.id = id.0))]
pub(crate) async fn get(
    State(app): State<App>,
    Me(caller): Me,
    id: Id,
) -> Result<Json<PlanBody>, ApiError> {
    let plan = lookup(&app, &caller, id).await?;
    Ok(Json(PlanBody::new(&plan, app.clock.now())))
}

/// Carries a plan out. Only a person can: the call goes to MCP with a token that carries the plan.
#[utoipa::path(
    post, path = "/api/{user_id}/plans/{id}/confirm", tag = "plans",
    params(("user_id" = String, Path,), ("id" = i64, Path,)),
    responses((status = 200, body = PlanOutcomeBody), (status = 404, body = Problem), (status = 409, body = Problem))
)]
#[tracing::instrument(name = "http.plans.confirm", skip_all, fields(plan.id = id.0))]
pub(crate) async fn confirm(
    State(app): State<App>,
    Me(caller): Me,
    id: Id,
) -> Result<Json<PlanOutcomeBody>, ApiError> {
    crate::confirm::confirm(&app, &caller, PlanId(id.0)).await.map(Json)
}

/// Says no to a plan.
#[utoipa::path(
    delete, path = "/api/{user_id}/plans/{id}", tag = "plans",
    params(("user_id" = String, Path,), ("id" = i64, Path,)),
    responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem))
)]
#[tracing::instrument(name = "http.plans.cancel", skip_all, fields(plan.id = id.0))]
pub(crate) async fn cancel(
    State(app): State<App>,
    Me(caller): Me,
    id: Id,
) -> Result<StatusCode, ApiError> {
    let plan = lookup(&app, &caller, id).await?;
    let now = app.clock.now();
    plan.check(now)?;
    if app.plans.cancel(caller.user, plan.id, now).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(TaskError::PlanAnswered(plan.id).into())
    }
}

async fn lookup(app: &App, caller: &Caller, id: Id) -> Result<Plan, TaskError> {
    let id = PlanId(id.0);
    app.plans.plan(caller.user, id).await?.ok_or(TaskError::NoSuchPlan(id))
}

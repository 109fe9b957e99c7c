//! `/api/{user_id}/changes`

use axum::extract::State;
use todo_api::{
    Problem,
    change::{ChangeBody, ChangeListBody, ChangeParams, UndoBody},
};
use todo_core::{
    Caller, ChangeSeq, TaskNumber,
    task::Invalid,
    tasks::{ChangeQuery, Command, TaskError, Tasks, UndoTarget},
};
use todo_service::{
    ApiError,
    extract::{Json, Query},
};

use crate::extract::{Id, Me, RetryKey};

/// The history.
#[utoipa::path(
    get, path = "/api/{user_id}/changes", tag = "history", params(("user_id" = String, Path,), ChangeParams),
    responses((status = 200, body = ChangeListBody), (status = 422, body = Problem))
)]
#[tracing::instrument(name = "http.changes.list", skip_all)]
pub(crate) async fn list(
    State(tasks): State<Tasks>,
    Me(caller): Me,
    Query(params): Query<ChangeParams>,
) -> Result<Json<ChangeListBody>, ApiError> {
    let limit = params.limit.unwrap_or(50);
    if !(1..=200).contains(&limit) {
        return Err(Invalid::new("limit", "limit is a number from 1 to 200").into());
    }
    let query = ChangeQuery {
        only: Vec::new(),
        after: params.after.map(ChangeSeq),
        before: params.before.map(ChangeSeq),
        actor: params.actor.map(|text| actor(&text)).transpose()?,
        task: params.task.map(TaskNumber),
        limit,
    };
    let seq = tasks.owner(&caller).await?.seq.0;
    let changes = tasks.changes(&caller, &query).await?;
    Ok(Json(ChangeListBody { changes: changes.iter().map(ChangeBody::from).collect(), seq }))
}

/// Takes one change back. Refused when one of its tasks was changed again since.
#[utoipa::path(
    post, path = "/api/{user_id}/changes/{id}/undo", tag = "history",
    params(("user_id" = String, Path,), ("id" = i64, Path,), ("idempotency-key" = Option<String>, Header,)),
    responses((status = 200, body = ChangeBody), (status = 404, body = Problem), (status = 409, body = Problem))
)]
#[tracing::instrument(name = "http.changes.undo", skip_all, fields(change.id = id.0))]
pub(crate) async fn undo(
    State(tasks): State<Tasks>,
    Me(caller): Me,
    id: Id,
    key: RetryKey,
) -> Result<Json<ChangeBody>, ApiError> {
    run(&tasks, &caller, UndoTarget::Change(ChangeSeq(id.0)), &key).await
}

/// Takes back everything that one actor did since a moment, newest first, all or nothing.
#[utoipa::path(
    post, path = "/api/{user_id}/changes/undo", tag = "history", request_body = UndoBody,
    params(("user_id" = String, Path,), ("idempotency-key" = Option<String>, Header,)),
    responses((status = 200, body = ChangeBody), (status = 409, body = Problem), (status = 422, body = Problem))
)]
#[tracing::instrument(name = "http.changes.undo_since", skip_all)]
pub(crate) async fn undo_since(
    State(tasks): State<Tasks>,
    Me(caller): Me,
    key: RetryKey,
    Json(body): Json<UndoBody>,
) -> Result<Json<ChangeBody>, ApiError> {
    let target = UndoTarget::Actor { actor: actor(&body.actor)?, since: body.since };
    run(&tasks, &caller, target, &key).await
}

async fn run(
    tasks: &Tasks,
    caller: &Caller,
    target: UndoTarget,
    key: &RetryKey,
) -> Result<Json<ChangeBody>, ApiError> {
    let receipt = tasks.execute(caller, Command::Undo(target), key.as_deref()).await?;
    let change = receipt.change.as_ref().ok_or(TaskError::NothingToUndo)?;
    Ok(Json(ChangeBody::from(change)))
}

fn actor(text: &str) -> Result<todo_core::Actor, Invalid> {
    text.parse()
        .map_err(|_| Invalid::new("actor", "an actor is person, assistant, key:ID or client:ID"))
}

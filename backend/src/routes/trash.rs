//! `/api/{user_id}/trash`

use axum::{extract::State, response::Response};
use http::StatusCode;
use serde::Deserialize;
use todo_api::{Problem, list::TaskListBody, task::TaskBody};
use todo_core::{
    TaskNumber,
    tasks::{Command, ListRequest, Sort, Status, Tasks},
};
use todo_service::{
    ApiError,
    extract::{Json, Query},
};
use utoipa::IntoParams;

use super::tasks::answer;
use crate::extract::{Id, Me, RetryKey};

/// Which page of the trash.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct TrashParams {
    /// 1 to 200; 50 if it is not said.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Deleted tasks, the last deleted first.
#[utoipa::path(
    get, path = "/api/{user_id}/trash", tag = "tasks", params(("user_id" = String, Path,), TrashParams),
    responses((status = 200, body = TaskListBody))
)]
#[tracing::instrument(name = "http.trash.list", skip_all)]
pub(crate) async fn list(
    State(tasks): State<Tasks>,
    Me(caller): Me,
    Query(params): Query<TrashParams>,
) -> Result<Json<TaskListBody>, ApiError> {
    let request = ListRequest {
        status: Status::Trashed,
        sort: Sort::Deleted,
        limit: params.limit.unwrap_or(50),
        cursor: params.cursor,
        ..ListRequest::default()
    };
    Ok(Json(TaskListBody::from(&tasks.list(&caller, &request).await?)))
}

/// Takes a task out of the trash.
#[utoipa::path(
    post, path = "/api/{user_id}/trash/{id}/restore", tag = "tasks",
    params(("user_id" = String, Path,), ("id" = i64, Path,), ("idempotency-key" = Option<String>, Header,)),
    responses((status = 200, body = TaskBody), (status = 404, body = Problem))
)]
#[tracing::instrument(name = "http.trash.restore", skip_all, fields(task.id = id.0))]
pub(crate) async fn restore(
    State(tasks): State<Tasks>,
    Me(caller): Me,
    id: Id,
    key: RetryKey,
) -> Result<Response, ApiError> {
    let command = Command::Restore(vec![TaskNumber(id.0).into()]);
    let receipt = tasks.execute(&caller, command, key.as_deref()).await?;
    Ok(answer(StatusCode::OK, receipt.single()?))
}

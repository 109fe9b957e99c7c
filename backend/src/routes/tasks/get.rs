use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header};
use todo_api::{Problem, task::TaskBody};
use todo_core::{TaskNumber, tasks::Tasks};
use todo_service::ApiError;

use super::answer;
use crate::extract::{Id, Me, has_seen};

/// One task.
#[utoipa::path(
    get, path = "/api/{user_id}/tasks/{id}", tag = "tasks",
    params(("user_id" = String, Path,), ("id" = i64, Path,)),
    responses((status = 200, body = TaskBody), (status = 304), (status = 404, body = Problem))
)]
#[tracing::instrument(name = "http.tasks.get", skip_all, fields(task.id = id.0))]
pub(crate) async fn get(
    State(tasks): State<Tasks>,
    Me(caller): Me,
    id: Id,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let task = tasks.get(&caller, TaskNumber(id.0)).await?;
    let etag = format!("\"{}\"", task.version);
    if has_seen(&headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response());
    }
    Ok(answer(StatusCode::OK, &task))
}

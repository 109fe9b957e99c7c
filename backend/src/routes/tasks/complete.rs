use axum::{extract::State, response::Response};
use http::StatusCode;
use todo_api::{
    Problem,
    task::{CompletionBody, TaskBody},
};
use todo_core::tasks::{Command, Tasks};
use todo_service::{ApiError, extract::Json};

use super::answer;
use crate::extract::{Id, IfMatch, Me, RetryKey};

/// Completes or reopens a task. One that repeats moves to its next date instead.
#[utoipa::path(
    patch, path = "/api/{user_id}/tasks/{id}/complete", tag = "tasks", request_body = CompletionBody,
    params(
        ("user_id" = String, Path,), ("id" = i64, Path,),
        ("if-match" = Option<String>, Header,), ("idempotency-key" = Option<String>, Header,)
    ),
    responses((status = 200, body = TaskBody), (status = 404, body = Problem), (status = 412, body = Problem))
)]
#[tracing::instrument(name = "http.tasks.complete", skip_all, fields(task.id = id.0))]
pub(crate) async fn complete(
    State(tasks): State<Tasks>,
    Me(caller): Me,
    id: Id,
    seen: IfMatch,
    key: RetryKey,
    Json(wanted): Json<CompletionBody>,
) -> Result<Response, ApiError> {
    let target = vec![seen.target(id)];
    let command =
        if wanted.completed { Command::Complete(target) } else { Command::Reopen(target) };
    let receipt = tasks.execute(&caller, command, key.as_deref()).await?;
    Ok(answer(StatusCode::OK, receipt.single()?))
}

use axum::{extract::State, response::Response};
use http::StatusCode;
use todo_api::{
    Problem,
    task::{PatchBody, TaskBody},
};
use todo_core::tasks::{Command, TaskEdit, Tasks};
use todo_service::{ApiError, extract::Json};

use super::answer;
use crate::extract::{Id, IfMatch, Me, RetryKey};

/// Replaces a task: what is not sent becomes empty.
#[utoipa::path(
    put, path = "/api/{user_id}/tasks/{id}", tag = "tasks", request_body = PatchBody,
    params(
        ("user_id" = String, Path,), ("id" = i64, Path,),
        ("if-match" = Option<String>, Header,), ("idempotency-key" = Option<String>, Header,)
    ),
    responses(
        (status = 200, body = TaskBody), (status = 404, body = Problem),
        (status = 412, body = Problem), (status = 422, body = Problem)
    )
)]
#[tracing::instrument(name = "http.tasks.replace", skip_all, fields(task.id = id.0))]
pub(crate) async fn replace(
    State(tasks): State<Tasks>,
    Me(caller): Me,
    id: Id,
    seen: IfMatch,
    key: RetryKey,
    Json(body): Json<PatchBody>,
) -> Result<Response, ApiError> {
    let edit = TaskEdit { target: seen.target(id), patch: body.into_replacement()? };
    let receipt = tasks.execute(&caller, Command::Update(vec![edit]), key.as_deref()).await?;
    Ok(answer(StatusCode::OK, receipt.single()?))
}

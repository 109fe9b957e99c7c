use axum::extract::State;
use http::StatusCode;
use todo_api::Problem;
use todo_core::tasks::{Command, Tasks};
use todo_service::ApiError;

use crate::extract::{Id, IfMatch, Me, RetryKey};

/// Puts a task into the trash, where it stays for 30 days.
#[utoipa::path(
    delete, path = "/api/{user_id}/tasks/{id}", tag = "tasks",
    params(
        ("user_id" = String, Path,), ("id" = i64, Path,),
        ("if-match" = Option<String>, Header,), ("idempotency-key" = Option<String>, Header,)
    ),
    responses((status = 204), (status = 404, body = Problem), (status = 412, body = Problem))
)]
#[tracing::instrument(name = "http.tasks.remove", skip_all, fields(task.id = id.0))]
pub(crate) async fn remove(
    State(tasks): State<Tasks>,
    Me(caller): Me,
    id: Id,
    seen: IfMatch,
    key: RetryKey,
) -> Result<StatusCode, ApiError> {
    let receipt =
        tasks.execute(&caller, Command::Delete(vec![seen.target(id)]), key.as_deref()).await?;
    receipt.single()?;
    Ok(StatusCode::NO_CONTENT)
}

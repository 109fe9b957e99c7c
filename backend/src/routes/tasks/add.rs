use axum::{extract::State, response::Response};
use http::{HeaderValue, StatusCode, header};
use todo_api::{
    Problem,
    task::{NewTaskBody, TaskBody},
};
use todo_core::tasks::{Command, Tasks};
use todo_service::{ApiError, extract::Json};

use super::answer;
use crate::extract::{Me, RetryKey};

/// Adds a task, from its parts or from a line in the quick-add grammar.
#[utoipa::path(
    post, path = "/api/{user_id}/tasks", tag = "tasks", request_body = NewTaskBody,
    params(("user_id" = String, Path,), ("idempotency-key" = Option<String>, Header,)),
    responses((status = 201, body = TaskBody), (status = 422, body = Problem))
)]
#[tracing::instrument(name = "http.tasks.add", skip_all)]
pub(crate) async fn add(
    State(tasks): State<Tasks>,
    Me(caller): Me,
    key: RetryKey,
    Json(body): Json<NewTaskBody>,
) -> Result<Response, ApiError> {
    let command = Command::Add(vec![body.into_new_task()?]);
    let receipt = tasks.execute(&caller, command, key.as_deref()).await?;
    let task = receipt.single()?;
    let mut response = answer(StatusCode::CREATED, task);
    let location = format!("/api/me/tasks/{}", task.number);
    let location = HeaderValue::from_str(&location).expect("a path of a number is a header value");
    response.headers_mut().insert(header::LOCATION, location);
    Ok(response)
}

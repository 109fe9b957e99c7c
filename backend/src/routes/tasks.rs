//! `/api/{user_id}/tasks`

pub(crate) mod add;
pub(crate) mod complete;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod parse;
pub(crate) mod remove;
pub(crate) mod replace;
pub(crate) mod update;

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use todo_api::task::TaskBody;
use todo_core::Task;
use todo_service::extract::Json;

/// A task with its version as a strong ETag.
pub(crate) fn answer(status: StatusCode, task: &Task) -> Response {
    let etag = HeaderValue::from_str(&format!("\"{}\"", task.version))
        .expect("a number is a header value");
    (status, [(header::ETAG, etag)], Json(TaskBody::from(task))).into_response()
}

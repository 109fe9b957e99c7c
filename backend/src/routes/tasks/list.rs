use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header};
use todo_api::{
    Problem,
    list::{ListParams, TaskListBody},
};
use todo_core::{
    task::{Invalid, Priority, Tag},
    tasks::{ListRequest, Owner, Sort, Status, TaskError, Tasks},
};
use todo_service::{
    ApiError,
    extract::{Json, Query},
};

use crate::extract::{Me, has_seen};

/// How many tasks a page has when the caller does not say.
const PAGE: u64 = 50;

/// Lists tasks.
#[utoipa::path(
    get, path = "/api/{user_id}/tasks", tag = "tasks", params(("user_id" = String, Path,), ListParams),
    responses((status = 200, body = TaskListBody), (status = 304), (status = 422, body = Problem))
)]
#[tracing::instrument(name = "http.tasks.list", skip_all)]
pub(crate) async fn list(
    State(tasks): State<Tasks>,
    Me(caller): Me,
    Query(params): Query<ListParams>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let request = request(params)?;
    let etag = etag(&tasks.owner(&caller).await?, &tasks, &request);
    if has_seen(&headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response());
    }
    let listing = tasks.list(&caller, &request).await?;
    let etag = self::etag(&listing.owner, &tasks, &request);
    Ok(([(header::ETAG, etag)], Json(TaskListBody::from(&listing))).into_response())
}

/// A list is what it was as long as nothing was written, and its words about time mean the same: the same day, and for
/// what is overdue the same minute.
fn etag(owner: &Owner, tasks: &Tasks, request: &ListRequest) -> String {
    let now = tasks.now().to_zoned(owner.settings.zone());
    match request.due.as_deref() {
        Some("overdue") => format!("W/\"{}-{}\"", owner.seq, now.strftime("%Y%m%d%H%M")),
        _ => format!("W/\"{}-{}\"", owner.seq, now.strftime("%Y%m%d")),
    }
}

/// The request in the rules' terms.
pub(crate) fn request(params: ListParams) -> Result<ListRequest, TaskError> {
    let status = params.status.unwrap_or_default();
    let sort = params.sort.unwrap_or(match status {
        Status::Completed => Sort::Completed,
        _ => Sort::Due,
    });
    if status == Status::Trashed || sort == Sort::Deleted {
        return Err(Invalid::new("status", "what was deleted is at /trash").into());
    }
    let priority = |name: String| {
        Priority::parse(&name)
            .ok_or_else(|| Invalid::new("priority", "priority is none, low, medium or high"))
    };
    Ok(ListRequest {
        status,
        due: params.due,
        priority: params.priority.map(priority).transpose()?,
        tag: params.tag.as_deref().map(Tag::parse).transpose()?,
        search: params.q,
        completed: params.completed,
        sort,
        limit: params.limit.unwrap_or(PAGE),
        cursor: params.cursor,
    })
}

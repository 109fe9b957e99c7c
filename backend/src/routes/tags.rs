//! `/api/{user_id}/tags`

use axum::extract::State;
use todo_api::list::{TagBody, TagListBody};
use todo_core::tasks::Tasks;
use todo_service::{ApiError, extract::Json};

use crate::extract::Me;

/// The tags, with the number of their open tasks.
#[utoipa::path(
    get, path = "/api/{user_id}/tags", tag = "tasks", params(("user_id" = String, Path,)),
    responses((status = 200, body = TagListBody))
)]
#[tracing::instrument(name = "http.tags.list", skip_all)]
pub(crate) async fn list(
    State(tasks): State<Tasks>,
    Me(caller): Me,
) -> Result<Json<TagListBody>, ApiError> {
    let tags = tasks.tags(&caller).await?;
    Ok(Json(TagListBody { tags: tags.iter().map(TagBody::from).collect() }))
}

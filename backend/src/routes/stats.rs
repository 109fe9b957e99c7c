//! `/api/{user_id}/stats`

use axum::extract::State;
use todo_api::stats::StatsBody;
use todo_core::tasks::Tasks;
use todo_service::{ApiError, extract::Json};

use crate::extract::Me;

/// The list in numbers.
#[utoipa::path(
    get, path = "/api/{user_id}/stats", tag = "tasks", params(("user_id" = String, Path,)),
    responses((status = 200, body = StatsBody))
)]
#[tracing::instrument(name = "http.stats", skip_all)]
pub(crate) async fn stats(
    State(tasks): State<Tasks>,
    Me(caller): Me,
) -> Result<Json<StatsBody>, ApiError> {
    Ok(Json(StatsBody::from(&tasks.stats(&caller).await?)))
}

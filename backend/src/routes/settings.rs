//! `/api/{user_id}/settings`

use axum::extract::State;
use todo_api::{
    Problem,
    settings::{SettingsBody, SettingsPatchBody},
};
use todo_core::tasks::Tasks;
use todo_service::{ApiError, extract::Json};

use crate::extract::Me;

/// The settings.
#[utoipa::path(
    get, path = "/api/{user_id}/settings", tag = "settings", params(("user_id" = String, Path,)),
    responses((status = 200, body = SettingsBody))
)]
#[tracing::instrument(name = "http.settings.get", skip_all)]
pub(crate) async fn get(
    State(tasks): State<Tasks>,
    Me(caller): Me,
) -> Result<Json<SettingsBody>, ApiError> {
    Ok(Json(SettingsBody::from(&tasks.owner(&caller).await?.settings)))
}

/// Changes some settings.
#[utoipa::path(
    patch, path = "/api/{user_id}/settings", tag = "settings", request_body = SettingsPatchBody,
    params(("user_id" = String, Path,)),
    responses((status = 200, body = SettingsBody), (status = 422, body = Problem))
)]
#[tracing::instrument(name = "http.settings.update", skip_all)]
pub(crate) async fn update(
    State(tasks): State<Tasks>,
    Me(caller): Me,
    Json(patch): Json<SettingsPatchBody>,
) -> Result<Json<SettingsBody>, ApiError> {
    let settings = patch.apply(tasks.owner(&caller).await?.settings);
    tasks.save_settings(&caller, &settings).await?;
    Ok(Json(SettingsBody::from(&settings)))
}

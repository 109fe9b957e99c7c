//! Ending the session.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::HeaderMap;
use serde_json::json;

use super::answer::parting_headers;
use crate::auth::Auth;
use crate::error::AuthError;

/// `POST /api/auth/sign-out`: ends the session, if there is one, and takes its cookies away in any case.
#[tracing::instrument(name = "http.auth.sign_out", skip_all)]
pub(super) async fn sign_out(
    State(auth): State<Auth>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, AuthError> {
    if let Some((_, live)) = auth.authenticator().session(&headers).await? {
        auth.sessions().end(&live.session).await?;
    }
    Ok((parting_headers(&auth), Json(json!({ "success": true }))))
}

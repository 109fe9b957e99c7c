//! Changing name or picture.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use serde_json::json;

use super::answer::session_headers;
use super::fields::Fields;
use super::signed_in::SignedIn;
use crate::accounts::ProfileChange;
use crate::auth::Auth;
use crate::error::AuthError;

/// `POST /api/auth/update-user`: changes name or picture.
#[tracing::instrument(name = "http.auth.update_user", skip_all)]
pub(super) async fn update_user(
    State(auth): State<Auth>,
    me: SignedIn,
    fields: Fields,
) -> Result<impl IntoResponse, AuthError> {
    auth.update_profile(&me.live.user, read(fields)?).await?;
    let headers = session_headers(&auth, &me.token, me.live.session.remember);
    Ok((headers, Json(json!({ "status": true }))))
}

fn read(mut fields: Fields) -> Result<ProfileChange, AuthError> {
    if fields.has("email") {
        return Err(AuthError::EmailIsFixed);
    }
    let change = ProfileChange { name: fields.optional_parsed("name"), image: fields.image() };
    fields.check()?;
    Ok(change)
}

//! Leaving.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use serde::Serialize;

use super::answer::parting_headers;
use super::fields::Fields;
use super::signed_in::SignedIn;
use crate::auth::Auth;
use crate::error::AuthError;
use crate::sessions::Device;

#[derive(Serialize)]
struct Deleted {
    success: bool,
    message: &'static str,
}

/// `POST /api/auth/delete-user`: deletes the account with everything in it.
#[tracing::instrument(name = "http.auth.delete_user", skip_all)]
pub(super) async fn delete_user(
    State(auth): State<Auth>,
    me: SignedIn,
    device: Device,
    mut fields: Fields,
) -> Result<impl IntoResponse, AuthError> {
    let password = fields.optional_text("password");
    fields.check()?;
    auth.delete_account(&me.live, password.as_deref(), &device).await?;
    Ok((parting_headers(&auth), Json(Deleted { success: true, message: "User deleted" })))
}

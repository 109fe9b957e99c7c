//! A signed token for our own API.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::signed_in::SignedIn;
use crate::auth::Auth;
use crate::error::AuthError;

/// `GET /api/auth/token`: a signed token of the user, good for 15 minutes.
#[tracing::instrument(name = "http.auth.token", skip_all)]
pub(super) async fn token(
    State(auth): State<Auth>,
    me: SignedIn,
) -> Result<Json<Value>, AuthError> {
    Ok(Json(json!({ "token": auth.user_tokens().mint(&me.live.user).await? })))
}

//! Changing the password.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use serde::Serialize;

use super::answer::session_headers;
use super::fields::Fields;
use super::signed_in::SignedIn;
use crate::accounts::NewPassword;
use crate::auth::Auth;
use crate::error::AuthError;
use crate::sessions::Device;
use crate::wire::UserBody;

#[derive(Serialize)]
struct Changed<'a> {
    token: Option<&'a str>,
    user: UserBody<'a>,
}

/// `POST /api/auth/change-password`. The token in the answer is `null` unless the other devices were signed out.
#[tracing::instrument(name = "http.auth.change_password", skip_all)]
pub(super) async fn change_password(
    State(auth): State<Auth>,
    me: SignedIn,
    device: Device,
    fields: Fields,
) -> Result<Response, AuthError> {
    let begun = auth.change_password(&me.live, &read(fields)?, device).await?;
    let headers = begun.as_ref().map_or_else(HeaderMap::new, |begun| {
        session_headers(&auth, &begun.token, begun.live.session.remember)
    });
    let token = begun.as_ref().map(|begun| begun.token.expose());
    let body = Json(Changed { token, user: (&me.live.user).into() });
    Ok((headers, body).into_response())
}

fn read(mut fields: Fields) -> Result<NewPassword, AuthError> {
    let new = fields.text("newPassword");
    let current = fields.text("currentPassword");
    let revoke_others = fields.switch("revokeOtherSessions", false);
    fields.check()?;
    Ok(NewPassword { current, new, revoke_others })
}

//! Beginning a session.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::answer::session_headers;
use super::fields::Fields;
use crate::accounts::{Begun, Credentials};
use crate::auth::Auth;
use crate::error::AuthError;
use crate::sessions::Device;
use crate::wire::UserBody;

#[derive(Serialize)]
struct SignedIn<'a> {
    redirect: bool,
    token: &'a str,
    user: UserBody<'a>,
}

/// `POST /api/auth/sign-in/email`: begins a session.
#[tracing::instrument(name = "http.auth.sign_in", skip_all)]
pub(super) async fn sign_in(
    State(auth): State<Auth>,
    device: Device,
    fields: Fields,
) -> Result<Response, AuthError> {
    let shown = read(fields)?;
    let Begun { token, live } = auth.sign_in(&shown, device).await?;
    let body = Json(SignedIn { redirect: false, token: token.expose(), user: (&live.user).into() });
    Ok((session_headers(&auth, &token, shown.remember), body).into_response())
}

fn read(mut fields: Fields) -> Result<Credentials, AuthError> {
    let email = fields.text("email");
    let password = fields.text("password");
    let remember = fields.switch("rememberMe", true);
    fields.check()?;
    let email = email.parse().map_err(|_| AuthError::InvalidEmail)?;
    Ok(Credentials { email, password, remember })
}

//! The current session.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, header};
use serde::Serialize;

use super::answer::parting_headers;
use crate::auth::Auth;
use crate::error::AuthError;
use crate::wire::{SessionBody, UserBody};

const SET_AUTH_JWT: HeaderName = HeaderName::from_static("set-auth-jwt");

#[derive(Serialize)]
struct Current<'a> {
    session: SessionBody<'a>,
    user: UserBody<'a>,
}

/// `GET /api/auth/get-session`: the session and its user with a signed token in a header, or `null`.
#[tracing::instrument(name = "http.auth.session", skip_all)]
pub(super) async fn session(
    State(auth): State<Auth>,
    headers: HeaderMap,
) -> Result<Response, AuthError> {
    let no_store = [
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::PRAGMA, HeaderValue::from_static("no-cache")),
    ];
    let authenticator = auth.authenticator();
    let Some((token, live)) = authenticator.session(&headers).await? else {
        let has_ended = authenticator.session_token(&headers).is_some();
        let parting = if has_ended { parting_headers(&auth) } else { HeaderMap::new() };
        return Ok((no_store, parting, Json(None::<Current<'_>>)).into_response());
    };
    let signed = auth.user_tokens().mint(&live.user).await?;
    let signed = HeaderValue::from_str(&signed).expect("a signed token is ASCII");
    let expose = (header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("set-auth-jwt"));
    let session = SessionBody::new(&live.session, token.expose());
    let body = Json(Current { session, user: (&live.user).into() });
    Ok((no_store, [expose, (SET_AUTH_JWT, signed)], body).into_response())
}

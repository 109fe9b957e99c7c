//! What handlers take from a request, beside its body: who asks, for which row, under which conditions.

use axum::extract::{FromRef, FromRequestParts, RawPathParams};
use http::{HeaderMap, StatusCode, header, request::Parts};
use todo_auth::{Authenticated, Authenticator};
use todo_core::{Caller, tasks::Target};
use todo_service::ApiError;

/// The caller, on a path that names them: `/api/{user_id}/…` with their id or `me`. Anybody else's path does not exist.
#[derive(Debug)]
pub(crate) struct Me(pub(crate) Caller);

impl<S> FromRequestParts<S> for Me
where
    Authenticator: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Authenticated(caller) = Authenticated::from_request_parts(parts, state).await?;
        let named = parameter(parts, state, "user_id").await?;
        if named == "me" || named == caller.user.to_string() {
            Ok(Self(caller))
        } else {
            Err(missing())
        }
    }
}

/// The number in `{id}`. What is no number names nothing that exists.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Id(pub(crate) i64);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        parameter(parts, state, "id").await?.parse().map(Self).map_err(|_| missing())
    }
}

async fn parameter<S: Send + Sync>(
    parts: &mut Parts,
    state: &S,
    name: &str,
) -> Result<String, ApiError> {
    let parameters =
        RawPathParams::from_request_parts(parts, state).await.map_err(|_| missing())?;
    parameters
        .iter()
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
        .ok_or_else(missing)
}

/// There is nothing here.
pub(crate) fn missing() -> ApiError {
    ApiError::client(StatusCode::NOT_FOUND, "not_found", "There is nothing at this address.")
}

/// `Idempotency-Key`: the same request with the same key happens once.
#[derive(Debug, Clone, Default)]
pub(crate) struct RetryKey(Option<String>);

impl RetryKey {
    /// The key, if there is one.
    pub(crate) fn as_deref(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for RetryKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        match parts.headers.get("idempotency-key") {
            None => Ok(Self(None)),
            // Bytes that are no text become a key that the rules refuse with their sentence.
            Some(value) => Ok(Self(Some(value.to_str().unwrap_or_default().to_owned()))),
        }
    }
}

/// `If-Match`: the version that the caller saw.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IfMatch(Option<i64>);

impl IfMatch {
    /// The task, at the version that the caller saw.
    pub(crate) fn target(self, id: Id) -> Target {
        Target { number: todo_core::TaskNumber(id.0), version: self.0 }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else { return Ok(Self(None)) };
        let text = value.to_str().unwrap_or_default().trim();
        if text == "*" {
            return Ok(Self(None));
        }
        let version = text
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'))
            .and_then(|v| v.parse().ok());
        version.map(|version| Self(Some(version))).ok_or_else(|| {
            let detail = "If-Match takes one strong ETag, as a task was answered with, or *.";
            ApiError::client(StatusCode::BAD_REQUEST, "bad_if_match", detail)
        })
    }
}

/// Whether the client has this version already (`If-None-Match`, compared weakly).
pub(crate) fn has_seen(headers: &HeaderMap, etag: &str) -> bool {
    let plain = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|tag| tag.trim() == "*" || plain(tag) == plain(etag))
}

//! The extractor of routes that need a session.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use http::request::Parts;

use crate::auth::Auth;
use crate::error::AuthError;
use crate::sessions::LiveSession;
use crate::tokens::SessionToken;

/// The session of the request. Without one the answer is 401, and the cookies of a session that has ended are taken
/// away.
#[derive(Debug)]
pub(super) struct SignedIn {
    pub(super) token: SessionToken,
    pub(super) live: Arc<LiveSession>,
}

impl FromRequestParts<Auth> for SignedIn {
    type Rejection = AuthError;

    async fn from_request_parts(parts: &mut Parts, auth: &Auth) -> Result<Self, AuthError> {
        let authenticator = auth.authenticator();
        if let Some((token, live)) = authenticator.session(&parts.headers).await? {
            return Ok(Self { token, live });
        }
        let has_ended = authenticator.session_token(&parts.headers).is_some();
        Err(AuthError::Unauthorized(if has_ended { auth.cookies().delete() } else { Vec::new() }))
    }
}

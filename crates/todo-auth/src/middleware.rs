//! What other crates put between a request and their handlers.

mod device;

use axum::extract::{FromRef, FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::request::Parts;
use http::{HeaderName, HeaderValue, StatusCode, header};
use todo_core::Caller;
use todo_service::ApiError;
use tracing::Instrument as _;

use crate::authenticator::{Authenticator, BearerAuthenticator, Refusal};
use crate::error::unreachable_store;
use crate::tokens::SessionToken;

/// The header in which a session's token comes back to clients that keep it themselves.
pub(crate) const SET_AUTH_TOKEN: HeaderName = HeaderName::from_static("set-auth-token");

/// Extracts the caller of a REST request. Fails with 401 problem+json.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authenticated(pub Caller);

impl<S> FromRequestParts<S> for Authenticated
where
    Authenticator: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let authenticator = Authenticator::from_ref(state);
        let caller = authenticator.authenticate(&parts.headers).await;
        caller.map(Self).map_err(|refusal| answer(&refusal, HeaderValue::from_static("Bearer")))
    }
}

/// Middleware of `/mcp`: lets in who has a bearer token for it, and puts a [`Recognised`](crate::Recognised) into the
/// request's extensions, which is where the MCP library lets tools find it. For
/// `axum::middleware::from_fn_with_state(authenticator, authenticate_bearer)`.
///
/// # Errors
/// 401 that says where to get a token; 5xx when the store fails.
pub async fn authenticate_bearer(
    State(authenticator): State<BearerAuthenticator>,
    mut request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let recognised = authenticator.authenticate(request.headers()).await.map_err(|refusal| {
        let challenge =
            format!("Bearer resource_metadata=\"{}\", scope=\"tasks\"", authenticator.metadata());
        answer(&refusal, HeaderValue::try_from(challenge).expect("an origin is ASCII"))
    })?;
    let span = tracing::debug_span!("auth.caller", caller.request_id = recognised.request_id);
    request.extensions_mut().insert(recognised);
    Ok(next.run(request).instrument(span).await)
}

/// Middleware of everything that a browser asks for with its cookie: prolongs a session that is used, once a day, and
/// sends the cookie again, so that it lives as long. For
/// `axum::middleware::from_fn_with_state(authenticator, prolong_session)`.
pub async fn prolong_session(
    State(authenticator): State<Authenticator>,
    request: Request,
    next: Next,
) -> Response {
    // The request itself cannot wait here: its body is not to be shared.
    let prolonged = match authenticator.session_token(request.headers()) {
        Some(token) => prolong(&authenticator, &token).await,
        None => None,
    };
    let mut response = next.run(request).await;
    // A route that sets cookies itself knows better: it may just have ended the session.
    if let Some(cookies) = prolonged
        && !response.headers().contains_key(header::SET_COOKIE)
    {
        for cookie in cookies {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}

/// Nobody is refused here: the handler behind asks again, and says what is wrong.
async fn prolong(authenticator: &Authenticator, token: &SessionToken) -> Option<Vec<HeaderValue>> {
    let sessions = &authenticator.sessions;
    let prolonged = async {
        match sessions.lookup(token).await? {
            Some(live) => sessions.prolong_if_due(&live).await,
            None => Ok(None),
        }
    };
    match prolonged.await {
        Ok(prolonged) => prolonged.map(|_| authenticator.cookies.begin(token, true)),
        Err(error) => {
            tracing::warn!(%error, "could not prolong a session");
            None
        }
    }
}

fn answer(refusal: &Refusal, challenge: HeaderValue) -> ApiError {
    match refusal {
        Refusal::Store(error) => unreachable_store(error),
        Refusal::Anonymous | Refusal::Invalid => {
            ApiError::client(StatusCode::UNAUTHORIZED, "unauthorized", refusal)
                .with_header(header::WWW_AUTHENTICATE, challenge)
        }
    }
}

//! All sessions of the user.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};

use super::signed_in::SignedIn;
use crate::auth::Auth;
use crate::error::AuthError;
use crate::wire::SessionBody;

/// `GET /api/auth/list-sessions`: where the user is signed in.
#[tracing::instrument(name = "http.auth.sessions", skip_all)]
pub(super) async fn sessions(
    State(auth): State<Auth>,
    me: SignedIn,
) -> Result<Response, AuthError> {
    let sessions = auth.sessions().list(me.live.user.id).await?;
    let bodies = sessions.iter().map(|session| {
        let is_mine = session.token_hash == me.live.session.token_hash;
        SessionBody::new(session, if is_mine { me.token.expose() } else { &session.id })
    });
    Ok(Json(bodies.collect::<Vec<_>>()).into_response())
}

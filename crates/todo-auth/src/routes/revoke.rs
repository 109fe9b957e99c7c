//! Signing other devices out.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};
use todo_core::accounts::Session;

use super::fields::Fields;
use super::signed_in::SignedIn;
use crate::auth::Auth;
use crate::error::AuthError;
use crate::tokens::SessionToken;

/// `POST /api/auth/revoke-session`: ends one session of the user, named by its token or by its id. One that is not
/// there, or is not the user's, is as good as ended.
#[tracing::instrument(name = "http.auth.revoke_session", skip_all)]
pub(super) async fn one(
    State(auth): State<Auth>,
    me: SignedIn,
    mut fields: Fields,
) -> Result<Json<Value>, AuthError> {
    let named = fields.text("token");
    fields.check()?;
    let hash = named.parse().ok().map(|token: SessionToken| token.hash());
    let is_meant = |session: &Session| {
        session.id == named || hash.is_some_and(|hash| hash == session.token_hash)
    };
    if let Some(session) = auth.sessions().list(me.live.user.id).await?.into_iter().find(is_meant) {
        auth.sessions().end(&session).await?;
    }
    Ok(done())
}

/// `POST /api/auth/revoke-sessions`: ends all sessions of the user, this one too.
#[tracing::instrument(name = "http.auth.revoke_sessions", skip_all)]
pub(super) async fn all(State(auth): State<Auth>, me: SignedIn) -> Result<Json<Value>, AuthError> {
    auth.sessions().end_all(me.live.user.id, None).await?;
    Ok(done())
}

/// `POST /api/auth/revoke-other-sessions`: ends all sessions of the user but this one.
#[tracing::instrument(name = "http.auth.revoke_other_sessions", skip_all)]
pub(super) async fn others(
    State(auth): State<Auth>,
    me: SignedIn,
) -> Result<Json<Value>, AuthError> {
    auth.sessions().end_all(me.live.user.id, Some(&me.live.session)).await?;
    Ok(done())
}

fn done() -> Json<Value> {
    Json(json!({ "status": true }))
}

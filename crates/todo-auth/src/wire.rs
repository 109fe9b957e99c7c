//! Better Auth's JSON for users and sessions. The order of the members is the recorded one.

use jiff::{Timestamp, TimestampRound, Unit};
use serde::Serialize;
use todo_core::Clock;
use todo_core::accounts::{Session, User};

/// Now, in the milliseconds that the wire shows: what a client reads is exactly what is stored.
pub(crate) fn now(clock: &dyn Clock) -> Timestamp {
    let whole = TimestampRound::new().smallest(Unit::Millisecond).mode(jiff::RoundMode::Floor);
    clock.now().round(whole).expect("rounding down to milliseconds stays in range")
}

/// ISO 8601 in UTC with milliseconds.
fn iso(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// A user as clients see it, in answers and in tokens.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UserBody<'a> {
    name: &'a str,
    email: &'a str,
    email_verified: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    created_at: String,
    updated_at: String,
    id: String,
}

impl<'a> From<&'a User> for UserBody<'a> {
    fn from(user: &'a User) -> Self {
        Self {
            name: &user.name,
            email: &user.email,
            email_verified: false,
            image: user.image.as_deref(),
            created_at: iso(user.created_at),
            updated_at: iso(user.updated_at),
            id: user.id.to_string(),
        }
    }
}

/// A session as its user sees it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SessionBody<'a> {
    expires_at: String,
    token: &'a str,
    created_at: String,
    updated_at: String,
    ip_address: &'a str,
    user_agent: &'a str,
    user_id: String,
    id: &'a str,
}

impl<'a> SessionBody<'a> {
    /// `token` is the session's own for the client that holds it, and the session's id for everybody else: tokens
    /// are not stored, and `revoke-session` takes either.
    pub(crate) fn new(session: &'a Session, token: &'a str) -> Self {
        Self {
            expires_at: iso(session.expires_at),
            token,
            created_at: iso(session.created_at),
            updated_at: iso(session.updated_at),
            ip_address: &session.ip_address,
            user_agent: &session.user_agent,
            user_id: session.user.to_string(),
            id: &session.id,
        }
    }
}

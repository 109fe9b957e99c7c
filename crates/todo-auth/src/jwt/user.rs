//! The user's token, as `GET /api/auth/token` gives it: short-lived, and good for our own API only.

use std::fmt;
use std::sync::Arc;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use todo_core::accounts::User;
use todo_core::{Clock, UserId};

use super::verifier::{Expected, TokenError, Verifier};
use super::{MintError, sign};
use crate::keys::KeyRing;
use crate::wire::UserBody;

/// How long a user's token is good for.
const LIFETIME: SignedDuration = SignedDuration::from_mins(15);

#[derive(Serialize)]
struct Claims<'a> {
    iat: i64,
    #[serde(flatten)]
    user: UserBody<'a>,
    sub: String,
    exp: i64,
    iss: &'a str,
    aud: &'a str,
}

/// Signs tokens for users.
#[derive(Clone)]
pub struct UserTokens {
    keys: Arc<KeyRing>,
    clock: Arc<dyn Clock>,
    origin: String,
}

impl UserTokens {
    /// Tokens that are issued by and for the app at `origin`.
    pub fn new(keys: Arc<KeyRing>, clock: Arc<dyn Clock>, origin: String) -> Self {
        Self { keys, clock, origin }
    }

    /// A token of `user`, good for 15 minutes.
    ///
    /// # Errors
    /// There is no key to sign with.
    pub async fn mint(&self, user: &User) -> Result<String, MintError> {
        let now = self.clock.now();
        let claims = Claims {
            iat: now.as_second(),
            user: user.into(),
            sub: user.id.to_string(),
            exp: (now + LIFETIME).as_second(),
            iss: &self.origin,
            aud: &self.origin,
        };
        sign(&self.keys.signer().await?, None, &claims)
    }
}

impl fmt::Debug for UserTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserTokens").field("origin", &self.origin).finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct Verified {
    sub: UserId,
}

/// Whose token this is.
///
/// # Errors
/// It is not a user's token for the app at `origin`, or the keys cannot be read.
pub(crate) async fn verify(
    verifier: &Verifier,
    token: &str,
    origin: &str,
) -> Result<UserId, TokenError> {
    let expected = Expected { typ: None, issuer: origin, audience: origin };
    let verified: Verified = verifier.verify(token, &expected).await?;
    Ok(verified.sub)
}

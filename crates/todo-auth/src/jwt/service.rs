//! The backend's token for MCP: in whose name, who acts, in which conversation, and which plan was confirmed.

use std::fmt;
use std::sync::Arc;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use todo_core::{Actor, Caller, Clock, ConversationId, PlanId, UserId};
use todo_service::config::Origin;

use super::verifier::{Expected, TokenError, Verifier};
use super::{MintError, sign};
use crate::keys::KeyRing;

/// How long a service token is good for: one call, with its retries each under a fresh token.
const LIFETIME: SignedDuration = SignedDuration::from_secs(60);
/// An access token (RFC 9068); a user's token has no `typ`.
const TYP: &str = "at+jwt";
/// What it allows.
pub(crate) const SCOPE: &str = "tasks";

/// The MCP server as a protected resource (RFC 8707): what tokens for it name as their audience.
pub fn mcp_resource(public: &Origin) -> String {
    format!("{}/mcp", public.ascii())
}

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: UserId,
    iat: i64,
    exp: i64,
    scope: String,
    act: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    conv: Option<ConversationId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    plan: Option<PlanId>,
    rid: String,
}

/// Signs the tokens with which the backend calls MCP.
#[derive(Clone)]
pub struct ServiceTokens {
    keys: Arc<KeyRing>,
    clock: Arc<dyn Clock>,
    issuer: String,
    resource: String,
}

impl ServiceTokens {
    /// Tokens for the MCP server of the app at `public`.
    pub fn new(keys: Arc<KeyRing>, clock: Arc<dyn Clock>, public: &Origin) -> Self {
        Self { keys, clock, issuer: public.ascii(), resource: mcp_resource(public) }
    }

    /// A token for one call in the name of `caller`, good for 60 seconds. `request_id` ties the logs of both
    /// services together.
    ///
    /// # Errors
    /// There is no key to sign with.
    pub async fn mint(&self, caller: &Caller, request_id: &str) -> Result<String, MintError> {
        let now = self.clock.now();
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: self.resource.clone(),
            sub: caller.user,
            iat: now.as_second(),
            exp: (now + LIFETIME).as_second(),
            scope: SCOPE.to_owned(),
            act: caller.actor.to_string(),
            conv: caller.conversation,
            plan: caller.plan,
            rid: request_id.to_owned(),
        };
        sign(&self.keys.signer().await?, Some(TYP), &claims)
    }
}

impl fmt::Debug for ServiceTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceTokens").field("resource", &self.resource).finish_non_exhaustive()
    }
}

/// In whose name a call is made, and its request id.
///
/// # Errors
/// It is not a service token for `resource` with our scope, or the keys cannot be read.
pub(crate) async fn verify(
    verifier: &Verifier,
    token: &str,
    issuer: &str,
    resource: &str,
) -> Result<(Caller, String), TokenError> {
    let expected = Expected { typ: Some(TYP), issuer, audience: resource };
    let claims: Claims = verifier.verify(token, &expected).await?;
    if !claims.scope.split(' ').any(|scope| scope == SCOPE) {
        return Err(TokenError::Invalid("the scope does not cover tasks"));
    }
    let actor: Actor =
        claims.act.parse().map_err(|_| TokenError::Invalid("the actor is unknown"))?;
    let caller = Caller { user: claims.sub, actor, conversation: claims.conv, plan: claims.plan };
    Ok((caller, claims.rid))
}

//! From the headers of a request to its caller.

use std::fmt;
use std::sync::Arc;

use http::{HeaderMap, header};
use todo_core::accounts::AccountStore;
use todo_core::{Caller, Clock, Entropy, StoreError};
use todo_service::config::{Origin, Secret};

use crate::cookies::Cookies;
use crate::jwt::{TokenError, Verifier, mcp_resource, verify_service, verify_user};
use crate::keys::PublishedKeys;
use crate::sessions::{LiveSession, Sessions};
use crate::tokens::SessionToken;

/// Why a request has no caller.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// It brought nothing to be recognised by.
    #[error("Sign in first.")]
    Anonymous,
    /// What it brought is forged, has expired, was revoked, or is meant for something else. Which of these is nobody's
    /// business.
    #[error("The session or token is not valid, or no longer.")]
    Invalid,
    /// Nobody can be recognised at the moment.
    #[error("the accounts could not be reached")]
    Store(#[from] StoreError),
}

impl From<TokenError> for Refusal {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::Store(error) => Self::Store(error),
            TokenError::Invalid(_) | TokenError::Expired => {
                tracing::debug!(%error, "refused a token");
                Self::Invalid
            }
        }
    }
}

const SCHEME: &[u8] = b"Bearer ";

/// What a request shows to be recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Credential {
    Session(SessionToken),
    /// A session's token as a cookie has it, with its signature; the whole value beside it.
    SignedSession(SessionToken, Secret),
    Signed(Secret),
    Unreadable,
}

/// A bearer token decides alone when there is one: cookies that a browser adds by itself must not overrule it. Other
/// schemes are not for us; a proxy in front may ask for a password of its own.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<Credential> {
    let value = headers.get(header::AUTHORIZATION)?.as_bytes();
    let (scheme, token) = value.split_at_checked(SCHEME.len())?;
    if !scheme.eq_ignore_ascii_case(SCHEME) {
        return None;
    }
    let Ok(token) = std::str::from_utf8(token) else { return Some(Credential::Unreadable) };
    let token = token.trim();
    if token.bytes().filter(|byte| *byte == b'.').count() == 2 {
        return Some(Credential::Signed(Secret::new(token)));
    }
    let credential = match token.split_once('.') {
        None => token.parse().map(Credential::Session),
        Some((bare, _)) => {
            bare.parse().map(|bare| Credential::SignedSession(bare, Secret::new(token)))
        }
    };
    Some(credential.unwrap_or(Credential::Unreadable))
}

/// Recognises callers of REST: by a session (cookie or bearer) or by a user's signed token.
#[derive(Clone)]
pub struct Authenticator {
    pub(crate) sessions: Sessions,
    pub(crate) cookies: Arc<Cookies>,
    pub(crate) verifier: Verifier,
    origin: Arc<str>,
}

impl Authenticator {
    pub(crate) fn new(
        sessions: Sessions,
        cookies: Arc<Cookies>,
        verifier: Verifier,
        origin: &Origin,
    ) -> Self {
        Self { sessions, cookies, verifier, origin: origin.ascii().into() }
    }

    /// Who sent a request with these headers.
    ///
    /// # Errors
    /// Nobody whom we know, or the store fails.
    pub async fn authenticate(&self, headers: &HeaderMap) -> Result<Caller, Refusal> {
        match self.credential(headers).ok_or(Refusal::Anonymous)? {
            Credential::Session(token) | Credential::SignedSession(token, _) => {
                person(&self.sessions, &token).await
            }
            Credential::Signed(token) => {
                Ok(Caller::person(verify_user(&self.verifier, token.expose(), &self.origin).await?))
            }
            Credential::Unreadable => Err(Refusal::Invalid),
        }
    }

    /// The session that these headers name, whether or not it is alive.
    pub(crate) fn session_token(&self, headers: &HeaderMap) -> Option<SessionToken> {
        match self.credential(headers) {
            Some(Credential::Session(token)) => Some(token),
            _ => None,
        }
    }

    /// The session of these headers, if it is alive.
    pub(crate) async fn session(
        &self,
        headers: &HeaderMap,
    ) -> Result<Option<(SessionToken, Arc<LiveSession>)>, StoreError> {
        let Some(token) = self.session_token(headers) else { return Ok(None) };
        Ok(self.sessions.lookup(&token).await?.map(|live| (token, live)))
    }

    fn credential(&self, headers: &HeaderMap) -> Option<Credential> {
        match bearer(headers) {
            None => self.cookies.read(headers).map(Credential::Session),
            Some(Credential::SignedSession(_, signed)) => {
                let token = self.cookies.verified(signed.expose());
                Some(token.map_or(Credential::Unreadable, Credential::Session))
            }
            credential => credential,
        }
    }
}

impl fmt::Debug for Authenticator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authenticator").field("origin", &self.origin).finish_non_exhaustive()
    }
}

/// A caller of MCP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognised {
    /// In whose name, and who acts.
    pub caller: Caller,
    /// The request of the backend that this call belongs to.
    pub request_id: Option<String>,
}

/// Recognises callers of MCP: by the backend's token or by a session token, both as bearer. Cookies mean nothing here.
/// Needs no secret.
#[derive(Clone)]
pub struct BearerAuthenticator {
    sessions: Sessions,
    verifier: Verifier,
    issuer: Arc<str>,
    resource: Arc<str>,
    metadata: Arc<str>,
}

impl BearerAuthenticator {
    /// For the MCP server of the app at `public`, in a process of its own. See
    /// [`Auth::bearer_authenticator`](crate::Auth::bearer_authenticator) for one in the same process.
    pub fn new(
        store: Arc<dyn AccountStore>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        public: &Origin,
    ) -> Self {
        let keys = Arc::new(PublishedKeys::new(store.clone(), clock.clone()));
        let sessions = Sessions::new(store, clock.clone(), entropy);
        Self::sharing(sessions, Verifier::new(keys, clock), public)
    }

    /// Beside others in one process, so that a sign-out counts here at once.
    pub(crate) fn sharing(sessions: Sessions, verifier: Verifier, public: &Origin) -> Self {
        Self {
            sessions,
            verifier,
            issuer: public.ascii().into(),
            resource: mcp_resource(public).into(),
            metadata: format!("{}/.well-known/oauth-protected-resource/mcp", public.ascii()).into(),
        }
    }

    /// Who sent a request with these headers.
    ///
    /// # Errors
    /// Nobody whom we know, or the store fails.
    pub async fn authenticate(&self, headers: &HeaderMap) -> Result<Recognised, Refusal> {
        match bearer(headers).ok_or(Refusal::Anonymous)? {
            // Without the secret a signature says nothing here; the token is found by its own hash.
            Credential::Session(token) | Credential::SignedSession(token, _) => {
                let caller = person(&self.sessions, &token).await?;
                Ok(Recognised { caller, request_id: None })
            }
            Credential::Signed(token) => {
                let (caller, rid) =
                    verify_service(&self.verifier, token.expose(), &self.issuer, &self.resource)
                        .await?;
                Ok(Recognised { caller, request_id: Some(rid) })
            }
            Credential::Unreadable => Err(Refusal::Invalid),
        }
    }

    /// Where a client learns how to get a token (RFC 9728).
    pub(crate) fn metadata(&self) -> &str {
        &self.metadata
    }
}

impl fmt::Debug for BearerAuthenticator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BearerAuthenticator")
            .field("resource", &self.resource)
            .finish_non_exhaustive()
    }
}

async fn person(sessions: &Sessions, token: &SessionToken) -> Result<Caller, Refusal> {
    let live = sessions.lookup(token).await?.ok_or(Refusal::Invalid)?;
    Ok(Caller::person(live.user.id))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    fn read(value: &[u8]) -> Option<Credential> {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, HeaderValue::from_bytes(value).ok()?);
        bearer(&headers)
    }

    #[test]
    fn a_session_token_is_read_with_and_without_its_signature() {
        let token = "mgxPu2orUmMDXOMMpv4W9rtjMEyYoyOu";

        let bare = read(format!("Bearer {token}").as_bytes());
        let signed =
            read(format!("bearer {token}.gbpgn2Y6aS0tQmyfdw/NjMuAeQzWNcRV4MT7RL78RNk=").as_bytes());

        let parsed: SessionToken = token.parse().expect("a token");
        assert_eq!(bare, Some(Credential::Session(parsed.clone())));
        assert!(matches!(signed, Some(Credential::SignedSession(found, _)) if found == parsed));
    }

    #[test]
    fn a_bearer_token_that_cannot_be_read_is_not_overlooked() {
        for value in ["Bearer ", "Bearer a b", "bearer short", "Bearer \u{e9}"] {
            assert_eq!(read(value.as_bytes()), Some(Credential::Unreadable), "{value:?}");
        }
    }

    #[test]
    fn other_schemes_are_not_for_us() {
        for value in ["Basic YWxpY2U6c2VjcmV0", "Bearer", "token"] {
            assert_eq!(read(value.as_bytes()), None, "{value:?}");
        }
    }

    #[test]
    fn a_signed_token_does_not_print_itself() {
        let printed = format!("{:?}", read(b"Bearer aaa.bbb.ccc"));

        assert!(!printed.contains("bbb"), "{printed}");
    }

    proptest! {
        #[test]
        fn reading_any_authorization_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            read(&bytes);
            read(&[b"Bearer ".as_slice(), &bytes].concat());
        }
    }
}

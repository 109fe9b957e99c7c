//! Checking tokens with public keys; needs no secret.

use std::fmt;
use std::sync::Arc;

use jiff::SignedDuration;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use todo_core::{Clock, StoreError};

use crate::keys::PublishedKeys;

/// How far the clocks of two of our machines may differ.
const LEEWAY: SignedDuration = SignedDuration::from_secs(5);
/// Ours have about 800 characters; longer ones are not worth reading.
const LONGEST: usize = 4096;

/// A token is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// It is malformed, forged, or meant for something else. The text is for logs and holds nothing of the token.
    #[error("the token is not valid: {0}")]
    Invalid(&'static str),
    /// Its time is over.
    #[error("the token has expired")]
    Expired,
    /// The keys could not be read.
    #[error("the signing keys could not be reached")]
    Store(#[from] StoreError),
}

/// What a token must say about itself.
#[derive(Debug)]
pub(super) struct Expected<'a> {
    /// The `typ` of its header, or none at all. It keeps the kinds of tokens apart.
    pub(super) typ: Option<&'a str>,
    /// Who issued it.
    pub(super) issuer: &'a str,
    /// Whom it is for.
    pub(super) audience: &'a str,
}

/// Checks signatures and claims.
#[derive(Clone)]
pub struct Verifier {
    keys: Arc<PublishedKeys>,
    clock: Arc<dyn Clock>,
}

#[derive(Deserialize)]
struct Times {
    iat: i64,
    exp: i64,
}

impl Verifier {
    /// Accepts what the keys of `keys` signed.
    pub fn new(keys: Arc<PublishedKeys>, clock: Arc<dyn Clock>) -> Self {
        Self { keys, clock }
    }

    pub(super) async fn verify<T: DeserializeOwned>(
        &self,
        token: &str,
        expected: &Expected<'_>,
    ) -> Result<T, TokenError> {
        if token.len() > LONGEST {
            return Err(TokenError::Invalid("too long"));
        }
        let header = decode_header(token).map_err(|_| TokenError::Invalid("no readable header"))?;
        if header.alg != Algorithm::EdDSA || header.crit.is_some() {
            return Err(TokenError::Invalid("not signed in our way"));
        }
        if header.typ.as_deref() != expected.typ {
            return Err(TokenError::Invalid("another kind of token"));
        }
        let kid = header.kid.ok_or(TokenError::Invalid("the key has no name"))?;
        let key = self
            .keys
            .lookup(&kid)
            .await?
            .ok_or(TokenError::Invalid("an unknown or retired key"))?;
        let key = DecodingKey::from_ed_der(&key.public);
        let rules = rules(expected);
        let times = decode::<Times>(token, &key, &rules).map_err(|error| refuse(&error))?.claims;
        self.check(&times)?;
        decode(token, &key, &rules).map(|token| token.claims).map_err(|error| refuse(&error))
    }

    fn check(&self, times: &Times) -> Result<(), TokenError> {
        let now = self.clock.now().as_second();
        if times.exp.saturating_add(LEEWAY.as_secs()) <= now {
            return Err(TokenError::Expired);
        }
        if times.iat > now.saturating_add(LEEWAY.as_secs()) {
            return Err(TokenError::Invalid("issued in the future"));
        }
        Ok(())
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier").finish_non_exhaustive()
    }
}

fn rules(expected: &Expected<'_>) -> Validation {
    let mut rules = Validation::new(Algorithm::EdDSA);
    rules.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    rules.set_issuer(&[expected.issuer]);
    rules.set_audience(&[expected.audience]);
    // The library asks the machine for the time; we ask our own clock.
    rules.validate_exp = false;
    rules
}

fn refuse(error: &jsonwebtoken::errors::Error) -> TokenError {
    use jsonwebtoken::errors::ErrorKind;
    TokenError::Invalid(match error.kind() {
        ErrorKind::InvalidSignature => "the signature does not fit",
        ErrorKind::InvalidAudience => "meant for somebody else",
        ErrorKind::InvalidIssuer => "issued by somebody else",
        _ => "the claims cannot be used",
    })
}

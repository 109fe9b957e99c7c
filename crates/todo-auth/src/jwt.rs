//! Signed tokens (EdDSA). Two kinds, that no reader can confuse: a user's (15 minutes, for our own API) and the
//! backend's for MCP (60 seconds, with who acts and which plan was confirmed).

mod service;
mod user;
mod verifier;

pub use service::{ServiceTokens, mcp_resource};
pub use user::UserTokens;
pub use verifier::{TokenError, Verifier};

pub(crate) use service::verify as verify_service;
pub(crate) use user::verify as verify_user;

use std::sync::Arc;

use jsonwebtoken::{Algorithm, Header, encode};
use serde::Serialize;

use crate::keys::{KeyError, Signer};

/// A token could not be signed.
#[derive(Debug, thiserror::Error)]
pub enum MintError {
    /// There is no key to sign with.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The signing itself failed.
    #[error("a token could not be signed")]
    Sign(#[from] jsonwebtoken::errors::Error),
}

fn sign(
    signer: &Arc<Signer>,
    typ: Option<&str>,
    claims: &impl Serialize,
) -> Result<String, MintError> {
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = typ.map(str::to_owned);
    header.kid = Some(signer.kid.clone());
    Ok(encode(&header, claims, &signer.key)?)
}

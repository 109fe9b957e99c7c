//! The public keys.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header;
use serde::Serialize;
use todo_core::accounts::SigningKey;

use crate::auth::Auth;
use crate::error::AuthError;
use crate::jwt::MintError;

/// Half of the time that a key is published before it signs.
const CACHE: &str = "public, max-age=300";

/// A public key (RFC 8037).
#[derive(Serialize)]
struct Jwk<'a> {
    alg: &'static str,
    crv: &'static str,
    x: String,
    kty: &'static str,
    kid: &'a str,
}

impl<'a> From<&'a SigningKey> for Jwk<'a> {
    fn from(key: &'a SigningKey) -> Self {
        let x = URL_SAFE_NO_PAD.encode(&key.public);
        Self { alg: "EdDSA", crv: "Ed25519", x, kty: "OKP", kid: &key.kid }
    }
}

#[derive(Serialize)]
struct Jwks<'a> {
    keys: Vec<Jwk<'a>>,
}

/// `GET /api/auth/jwks`: the keys with which our tokens are checked. One that will sign soon is among them.
#[tracing::instrument(name = "http.auth.jwks", skip_all)]
pub(super) async fn jwks(State(auth): State<Auth>) -> Result<Response, AuthError> {
    auth.keys().signer().await.map_err(MintError::from)?;
    let keys = auth.published_keys().all().await?;
    let body = Json(Jwks { keys: keys.iter().map(Jwk::from).collect() });
    Ok(([(header::CACHE_CONTROL, CACHE)], body).into_response())
}

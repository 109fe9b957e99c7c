use axum::body::Bytes;
use axum::extract::{FromRequest, OriginalUri, Request};
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};
use todo_api::Client;

use crate::failure::Failure;

const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// A form, and the key under which its writes happen once.
///
/// Scripts name the key in a header. Without scripts it follows from the random text in the form together with
/// everything else that was sent: a double click is one write, and another text from the same page is another one.
#[derive(Debug, Clone)]
pub(crate) struct Sent<T> {
    pub(super) form: T,
    key: Option<String>,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Sent<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let path = request
            .extensions()
            .get::<OriginalUri>()
            .map_or(request.uri(), |uri| &uri.0)
            .to_string();
        let named = request
            .headers()
            .get(IDEMPOTENCY_KEY)
            .and_then(|key| key.to_str().ok())
            .map(str::to_owned);
        let is_form = request
            .headers()
            .get(header::CONTENT_TYPE)
            .is_none_or(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
        let body =
            Bytes::from_request(request, state).await.map_err(IntoResponse::into_response)?;
        let form = serde_urlencoded::from_bytes(&body).ok().filter(|_| is_form);
        let form = form.ok_or_else(|| Failure::Refused.into_response())?;
        let named = named.filter(|key| (1..=100).contains(&key.len()));
        Ok(Self { form, key: named.or_else(|| derived(&path, &body)) })
    }
}

/// A key for a form that carries a random text.
fn derived(path: &str, body: &[u8]) -> Option<String> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(body).ok()?;
    pairs.iter().find(|(name, value)| name == "key" && !value.is_empty())?;
    let digest = Sha256::new().chain_update(path).chain_update([0]).chain_update(body).finalize();
    Some(digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect())
}

impl<T> Sent<T> {
    /// The key as text.
    pub(super) fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    /// The client under the form's key.
    pub(super) fn once(&self, client: &Client) -> Client {
        self.step(client, "")
    }

    /// The client under a key of its own for one of the form's writes.
    pub(super) fn step(&self, client: &Client, step: &str) -> Client {
        let key = self
            .key
            .as_ref()
            .map(|key| if step.is_empty() { key.clone() } else { format!("{key}-{step}") });
        match key.and_then(|key| HeaderValue::from_str(&key).ok()) {
            Some(key) => client.clone().with_key(&key),
            None => client.clone(),
        }
    }
}

//! The part of an address after the question mark.

use axum::extract::FromRequestParts;
use http::StatusCode;
use http::request::Parts;
use serde::de::DeserializeOwned;

use super::reason;
use crate::error::ApiError;

/// The query string. As an argument it fails with 422 and the name of the parameter.
#[derive(Debug, Clone, Copy, Default)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = url::form_urlencoded::parse(query.as_bytes());
        let reader = serde_urlencoded::Deserializer::new(pairs);
        serde_path_to_error::deserialize(reader).map(Self).map_err(|error| {
            let message = error.inner().to_string();
            let refusal = ApiError::client(
                StatusCode::UNPROCESSABLE_ENTITY,
                "invalid_query",
                reason::plain(&message),
            );
            match reason::field(error.path(), &message) {
                Some(field) => refusal.with_field(field),
                None => refusal,
            }
        })
    }
}

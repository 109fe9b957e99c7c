//! JSON in and out.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, error::Category};

use super::reason;
use crate::body_limit::too_large;
use crate::error::ApiError;

/// A JSON body. As an argument it fails with 415 (another content type), 413 (too large), 400 (not JSON, not UTF-8,
/// half of a surrogate pair) or 422 (JSON of another shape, with the name of the field). The outermost value is never a
/// list: serde would fill a struct from one by position.
#[derive(Debug, Clone, Copy, Default)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        if !is_json(request.headers()) {
            return Err(ApiError::client(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
                "Send JSON, with `Content-Type: application/json`.",
            ));
        }
        let bytes =
            Bytes::from_request(request, state).await.map_err(|rejection| unread(&rejection))?;
        parse(&bytes).map(Self)
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(bytes) => ([(header::CONTENT_TYPE, "application/json")], bytes).into_response(),
            Err(error) => ApiError::internal(&error).into_response(),
        }
    }
}

/// Whether the body says that it is JSON (`application/json` or `application/…+json`).
fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = content_type.and_then(|text| text.split(';').next()).unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    essence
        .strip_prefix("application/")
        .is_some_and(|subtype| subtype == "json" || subtype.ends_with("+json"))
}

fn unread(rejection: &BytesRejection) -> ApiError {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return too_large();
    }
    ApiError::client(
        StatusCode::BAD_REQUEST,
        "incomplete_body",
        "The request ended before its body did.",
    )
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    // Serde skips the text of members that nobody reads, and would let bad bytes through in them.
    let text = std::str::from_utf8(bytes).map_err(|_| malformed("The body is not valid UTF-8."))?;
    if text.trim_start().starts_with('[') {
        return Err(misshapen("Invalid type: sequence, expected an object."));
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    let value =
        serde_path_to_error::deserialize(&mut reader).map_err(|error| unfit(text, &error))?;
    reader.end().map_err(|_| malformed("There is more after the end of the JSON."))?;
    Ok(value)
}

fn malformed(detail: impl std::fmt::Display) -> ApiError {
    ApiError::client(StatusCode::BAD_REQUEST, "malformed_json", detail)
}

fn misshapen(detail: impl std::fmt::Display) -> ApiError {
    ApiError::client(StatusCode::UNPROCESSABLE_ENTITY, "invalid_field", detail)
}

fn unfit(text: &str, error: &serde_path_to_error::Error<serde_json::Error>) -> ApiError {
    let inner = error.inner();
    let message = match inner.classify() {
        Category::Data => inner.to_string(),
        // A number where one of several words belongs is a syntax error to serde, though it is JSON.
        _ if serde_json::from_str::<Value>(text).is_ok() => "invalid value".to_owned(),
        _ => return malformed(format!("The body is not JSON: {inner}.")),
    };
    let refusal = misshapen(reason::plain(&message));
    match reason::field(error.path(), &message) {
        Some(field) => refusal.with_field(field),
        None => refusal,
    }
}

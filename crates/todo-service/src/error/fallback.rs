//! Paths and methods that nobody serves.

use http::{Method, StatusCode};

use super::ApiError;

/// For `Router::fallback`: 404 as problem+json.
pub async fn not_found() -> ApiError {
    ApiError::client(StatusCode::NOT_FOUND, "not_found", "There is nothing at this address.")
}

/// For `Router::method_not_allowed_fallback`: 405 as problem+json. The router adds `Allow` by itself.
pub async fn method_not_allowed(method: Method) -> ApiError {
    let detail = format!("{method} is not possible at this address.");
    ApiError::client(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", detail)
}

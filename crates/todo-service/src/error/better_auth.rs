//! The shape of failures under `/api/auth`.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::header;
use serde_json::json;

use super::ApiError;

/// Rewrites a failure as `{message, code}` with an upper-case code, which is what Better Auth clients read. For
/// `Router::layer(axum::middleware::map_response(better_auth_shape))`; other responses pass unchanged.
pub async fn better_auth_shape(response: Response) -> Response {
    let Some(error) = response.extensions().get::<ApiError>() else { return response };
    let body = json!({ "message": error.detail(), "code": error.code().to_ascii_uppercase() });
    let (parts, _) = response.into_parts();
    let mut shaped = (parts.status, Json(body)).into_response();
    for (name, value) in &parts.headers {
        if !matches!(*name, header::CONTENT_TYPE | header::CONTENT_LENGTH) {
            shaped.headers_mut().append(name, value.clone());
        }
    }
    *shaped.extensions_mut() = parts.extensions;
    shaped
}

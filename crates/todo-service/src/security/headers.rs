//! Headers that narrow what a browser does with an answer. One that a handler has set is kept.

use axum::response::Response;
use http::{HeaderName, HeaderValue, header};

const NOSNIFF: (HeaderName, HeaderValue) =
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));

const API: [(HeaderName, HeaderValue); 3] = [
    NOSNIFF,
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
    ),
];

/// Pages send a referrer to themselves: under `no-referrer` a browser sends `Origin: null` with our own forms, and
/// over plain http, where it sends no Fetch metadata, the forms would be refused.
const PAGES: [(HeaderName, HeaderValue); 3] = [
    NOSNIFF,
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
             connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; \
             form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
    ),
];

/// For data: nothing may be loaded, framed or guessed. Use with `axum::middleware::map_response`.
pub async fn api_headers(response: Response) -> Response {
    fill(response, API)
}

/// For pages: everything from our own origin, nothing inline. Use with `axum::middleware::map_response`.
pub async fn page_headers(response: Response) -> Response {
    fill(response, PAGES)
}

fn fill<const N: usize>(
    mut response: Response,
    headers: [(HeaderName, HeaderValue); N],
) -> Response {
    for (name, value) in headers {
        response.headers_mut().entry(name).or_insert(value);
    }
    response
}

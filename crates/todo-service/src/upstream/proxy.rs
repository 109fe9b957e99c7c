//! Passing requests of clients on, as the frontend does for `/api` and `/mcp`.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, OriginalUri, Request, State};
use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::Upstream;
use crate::client_address::FORWARDED_FOR;
use crate::error::ApiError;

const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Handler that passes everything on to the upstream in its state: `any(proxy).with_state(upstream)`.
///
/// # Errors
/// As [`forward`].
pub async fn proxy(
    State(upstream): State<Upstream>,
    request: Request,
) -> Result<Response, ApiError> {
    forward(&upstream, request).await
}

/// Passes `request` on unchanged, with its `Host`, under the path that the client asked for. The client's address is
/// appended to `X-Forwarded-For`. Bodies stream both ways, so server-sent events arrive as they are sent.
///
/// # Errors
/// 503, 502 or 504 when the upstream cannot be reached, breaks off or is too slow.
pub async fn forward(upstream: &Upstream, mut request: Request) -> Result<Response, ApiError> {
    if let Some(OriginalUri(asked)) = request.extensions().get::<OriginalUri>().cloned() {
        *request.uri_mut() = asked;
    }
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0);
    introduce(request.headers_mut(), peer);
    Ok(upstream.send(request).await?)
}

/// Tells the next server what it cannot see of the client's connection.
fn introduce(headers: &mut HeaderMap, peer: Option<SocketAddr>) {
    if let Some(peer) = peer {
        let mut chain: Vec<String> = headers
            .get_all(FORWARDED_FOR)
            .iter()
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
            .collect();
        chain.push(peer.ip().to_canonical().to_string());
        if let Ok(value) = HeaderValue::from_str(&chain.join(", ")) {
            headers.insert(FORWARDED_FOR, value);
        }
    }
    if let Some(host) = headers.get(header::HOST).cloned() {
        headers.entry(FORWARDED_HOST).or_insert(host);
    }
    headers.entry(FORWARDED_PROTO).or_insert(HeaderValue::from_static("http"));
}

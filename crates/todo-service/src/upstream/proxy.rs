//! Passing requests of clients on, as the frontend does for `/api` and `/mcp`.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, OriginalUri, Request, State};
use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::Upstream;
use crate::client_address::FORWARDED_FOR;
use crate::error::{ApiError, not_found};

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
/// 404 when the path has a segment that means "one up"; 503, 502 or 504 when the upstream cannot be reached, breaks off or is too slow.
pub async fn forward(upstream: &Upstream, mut request: Request) -> Result<Response, ApiError> {
    if let Some(OriginalUri(asked)) = request.extensions().get::<OriginalUri>().cloned() {
        *request.uri_mut() = asked;
    }
    if climbs(request.uri().path()) {
        return Err(not_found().await);
    }
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0);
    introduce(request.headers_mut(), peer);
    Ok(upstream.send(request).await?)
}

/// Whether a path has a dot segment in any of the ways to write one. They are resolved on the way to the next server,
/// and would lead out of the part of it that we serve to the world.
fn climbs(path: &str) -> bool {
    path.split(['/', '\\']).any(|segment| {
        matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
    })
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

#[cfg(test)]
mod tests {
    use super::climbs;

    #[test]
    fn dot_segments_are_seen_in_every_spelling() {
        for path in ["/api/../health", "/api/%2e%2E/health", "/api/.%2e", "/api/..\\health", "/./x"]
        {
            assert!(climbs(path), "{path}");
        }
        for path in ["/api/me/tasks", "/.well-known/x", "/api/...", "/api/a..b", "/api/..%2fx"] {
            assert!(!climbs(path), "{path}");
        }
    }
}

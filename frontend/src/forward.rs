//! Passes the addresses of other services on, so that this service alone is the whole app for a browser or a client.

use axum::Router;
use axum::routing::any;
use todo_service::upstream::proxy;

use crate::Services;

/// `/api/…` of the backend, `/mcp` of the MCP server, and the discovery documents of both. Whether a request comes from
/// our own pages is judged where it ends; it arrives there with every header that says so.
pub(crate) fn router(services: &Services) -> Router {
    let backend = Router::new()
        .route("/api", any(proxy))
        .route("/api/{*rest}", any(proxy))
        .route("/.well-known/{*rest}", any(proxy))
        .with_state(services.backend.clone());
    let mcp = Router::new()
        .route("/mcp", any(proxy))
        .route("/mcp/{*rest}", any(proxy))
        .route("/.well-known/oauth-protected-resource", any(proxy))
        .route("/.well-known/oauth-protected-resource/{*rest}", any(proxy))
        .with_state(services.mcp.clone());
    backend.merge(mcp)
}

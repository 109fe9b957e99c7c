//! The router of `/mcp`.

use std::sync::Arc;

use axum::{Json, Router, middleware::from_fn_with_state, routing::get};
use rmcp::transport::streamable_http_server::{
    StreamableHttpServerConfig, StreamableHttpService, session::never::NeverSessionManager,
};
use serde_json::json;
use todo_auth::{BearerAuthenticator, authenticate_bearer, mcp_resource};
use todo_core::tasks::Tasks;
use todo_service::{
    body_limit::{DEFAULT_BODY_LIMIT, limit_body},
    config::{McpHostsConfig, Origin},
};

use crate::Server;

/// The names under which the server answers: a page that rebinds its own name to our address gets nothing.
#[derive(Debug, Clone)]
pub struct Hosts(Vec<String>);

impl Hosts {
    /// Loopback, the service's names in a cluster, the public host, and what the settings add.
    pub fn new(public: &Origin, config: &McpHostsConfig) -> Self {
        let mut names: Vec<String> =
            ["localhost", "127.0.0.1", "[::1]", "::1"].map(str::to_owned).into();
        for cluster in
            ["mcp-service", "mcp-service.todo-app", "mcp-service.todo-app.svc.cluster.local"]
        {
            names.push(cluster.to_owned());
        }
        names.push(public.host());
        if let Some(more) = &config.allowed_hosts {
            names.extend(more.names().iter().cloned());
        }
        Self(names)
    }
}

/// `/mcp`: bearer tokens only, JSON answers, no sessions, so that any replica answers any call.
pub fn router(
    tasks: Tasks,
    authenticator: BearerAuthenticator,
    public: &Origin,
    hosts: Hosts,
) -> Router {
    let server = Server::new(tasks);
    // Its own cancellation is not tied to the end of the program: it would break off the calls that the drain lets
    // finish, and without sessions no answer is endless.
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_allowed_hosts(hosts.0)
        .with_allowed_origins(origins(public))
        .enforce_origin_validation();
    let service = StreamableHttpService::new(
        move || Ok(server.clone()),
        Arc::new(NeverSessionManager::default()),
        config,
    );
    let router = Router::new()
        .route_service("/mcp", service)
        .layer(from_fn_with_state(authenticator, authenticate_bearer))
        .merge(described(public));
    limit_body(router, DEFAULT_BODY_LIMIT)
}

/// What this resource is (RFC 9728). It names no authorization server yet: people bring a token of their own.
fn described(public: &Origin) -> Router {
    let description = json!({
        "resource": mcp_resource(public),
        "resource_name": "Todo Chatbot",
        "bearer_methods_supported": ["header"],
        "scopes_supported": ["tasks"],
    });
    let answer = get(move || std::future::ready(Json(description.clone())));
    Router::new()
        .route("/.well-known/oauth-protected-resource", answer.clone())
        .route("/.well-known/oauth-protected-resource/mcp", answer)
}

/// Browsers may call from our own pages and from loopback, where inspectors live.
fn origins(public: &Origin) -> Vec<String> {
    let own = public.ascii();
    let port = if own.matches(':').count() > 1 {
        ""
    } else if public.is_https() {
        ":443"
    } else {
        ":80"
    };
    let mut origins = vec![format!("{own}{port}")];
    origins.extend(["http://localhost:*", "http://127.0.0.1:*"].map(str::to_owned));
    origins
}

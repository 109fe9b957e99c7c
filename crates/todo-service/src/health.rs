//! Alive and ready are two questions.
//!
//! Alive depends on nothing, so that a database that is away does not get pods killed. Ready asks what the program
//! needs to be useful, and says no from the moment the program was told to stop (the wait before that, Kubernetes'
//! `preStop`, is not visible here: until the signal comes the program serves like any other day).

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{StatusCode, header};
use serde_json::{Value, json};

use crate::extract::Json;
use crate::shutdown::Shutdown;

/// How long all checks together may take.
const LIMIT: Duration = Duration::from_secs(1);

/// The path of [`routes`] on backend and mcp.
pub const HEALTH: &str = "/health";
/// The path of [`routes`] on the frontend.
pub const FRONTEND_HEALTH: &str = "/_next/health";

/// Something that a program cannot work without.
#[async_trait]
pub trait Ready: Send + Sync + 'static {
    /// One word for the answer, such as `database`; it may be shown to anybody.
    fn name(&self) -> &'static str;

    /// Looks whether it is there and fit for use. Called often; dropped after a second.
    ///
    /// # Errors
    /// Whatever is wrong; it is logged and not shown.
    async fn check(&self) -> Result<(), Box<dyn std::error::Error + Send + Sync>>;
}

/// Ready when `look` says yes.
pub fn check<F, Fut>(name: &'static str, look: F) -> Arc<dyn Ready>
where
    F: Fn() -> Fut + Send + Sync + 'static,
    Fut: Future<Output = bool> + Send + 'static,
{
    Arc::new(Look { name, look })
}

struct Look<F> {
    name: &'static str,
    look: F,
}

#[async_trait]
impl<F, Fut> Ready for Look<F>
where
    F: Fn() -> Fut + Send + Sync + 'static,
    Fut: Future<Output = bool> + Send + 'static,
{
    fn name(&self) -> &'static str {
        self.name
    }

    async fn check(&self) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        if (self.look)().await { Ok(()) } else { Err("it is not there, or not fit for use".into()) }
    }
}

#[derive(Clone)]
struct Health {
    checks: Arc<[Arc<dyn Ready>]>,
    shutdown: Shutdown,
}

/// `GET prefix` (alive) and `GET prefix/ready`. The one binary merges both prefixes.
pub fn routes<S>(prefix: &str, checks: &[Arc<dyn Ready>], shutdown: &Shutdown) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    let health = Health { checks: checks.into(), shutdown: shutdown.clone() };
    Router::new()
        .route(prefix, get(alive))
        .route(&format!("{prefix}/ready"), get(ready))
        .with_state(health)
}

/// Whether `path` is one of ours, which are asked every few seconds and not worth a log line.
pub(crate) fn is_probe(path: &str) -> bool {
    [HEALTH, FRONTEND_HEALTH].iter().any(|prefix| {
        path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest == "/ready")
    })
}

async fn alive() -> Response {
    answer(StatusCode::OK, json!({ "status": "ok" }))
}

async fn ready(State(health): State<Health>) -> Response {
    let reason = if health.shutdown.is_draining() {
        Some("draining")
    } else {
        first_failure(&health.checks).await
    };
    match reason {
        None => answer(StatusCode::OK, json!({ "status": "ok" })),
        Some(reason) => {
            let body = json!({ "status": "unavailable", "reason": reason });
            answer(StatusCode::SERVICE_UNAVAILABLE, body)
        }
    }
}

/// The name of the first check that fails or does not finish in time.
async fn first_failure(checks: &[Arc<dyn Ready>]) -> Option<&'static str> {
    let deadline = tokio::time::Instant::now() + LIMIT;
    for check in checks {
        match tokio::time::timeout_at(deadline, check.check()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::warn!(check = check.name(), %error, "not ready");
                return Some(check.name());
            }
            Err(_) => {
                tracing::warn!(check = check.name(), "not ready: no answer within a second");
                return Some(check.name());
            }
        }
    }
    None
}

fn answer(status: StatusCode, body: Value) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

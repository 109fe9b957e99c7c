//! Alive and ready are two questions.
//!
//! Alive depends on nothing, so that a database that is away does not get pods killed. Ready asks what the program
//! needs to be useful, and says no from the moment the program was told to stop (the wait before that, Kubernetes'
//! `preStop`, is not visible here: until the signal comes the program serves like any other day).

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{StatusCode, header};
use serde_json::{Value, json};
use tokio::time::{Instant, timeout_at};

use crate::error::Chain;
use crate::extract::Json;
use crate::program;
use crate::shutdown::Shutdown;

/// How long all checks together may take.
const LIMIT: Duration = Duration::from_secs(1);

/// How long [`Health::announce`] rests after its first look, and at most after a later one.
const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// The path of [`Health::routes`] on backend and mcp.
pub const HEALTH: &str = "/health";
/// The path of [`Health::routes`] on the frontend.
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

/// Ready when `look` finds nothing wrong.
pub fn check<F, Fut, E>(name: &'static str, look: F) -> Arc<dyn Ready>
where
    F: Fn() -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<(), E>> + Send + 'static,
    E: Into<Box<dyn std::error::Error + Send + Sync>> + 'static,
{
    Arc::new(Look { name, look })
}

struct Look<F> {
    name: &'static str,
    look: F,
}

#[async_trait]
impl<F, Fut, E> Ready for Look<F>
where
    F: Fn() -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<(), E>> + Send + 'static,
    E: Into<Box<dyn std::error::Error + Send + Sync>> + 'static,
{
    fn name(&self) -> &'static str {
        self.name
    }

    async fn check(&self) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        (self.look)().await.map_err(Into::into)
    }
}

/// Whether a program is alive and ready, as the world may ask it. Clones share what they have seen.
#[derive(Clone)]
pub struct Health {
    checks: Arc<[Arc<dyn Ready>]>,
    shutdown: Shutdown,
    seen: Arc<Mutex<Seen>>,
}

/// What the last look found, so that the log tells changes and not every look.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Nothing,
    Ready,
    /// Not ready for the first time or again; the name says which check failed.
    Failing {
        name: &'static str,
        was_ready: bool,
        /// When the first look that failed began.
        since: Instant,
    },
}

impl Health {
    /// Of a program that is ready when it passes all `checks`, until `shutdown` starts.
    pub fn new(checks: impl Into<Arc<[Arc<dyn Ready>]>>, shutdown: &Shutdown) -> Self {
        let seen = Arc::new(Mutex::new(Seen::Nothing));
        Self { checks: checks.into(), shutdown: shutdown.clone(), seen }
    }

    /// `GET prefix` (alive) and `GET prefix/ready`. The one binary merges both prefixes.
    pub fn routes<S>(&self, prefix: &str) -> Router<S>
    where
        S: Clone + Send + Sync + 'static,
    {
        Router::new()
            .route(prefix, get(alive))
            .route(&format!("{prefix}/ready"), get(ready))
            .with_state(self.clone())
    }

    /// Looks in the background until the program is ready for the first time, and logs how long that took. Call it
    /// when the listener is open.
    pub fn announce(&self) {
        let health = self.clone();
        tokio::spawn(async move {
            let mut pause = FIRST_PAUSE;
            while health.what_is_missing().await.is_some() {
                tokio::select! {
                    () = tokio::time::sleep(pause) => pause = (pause * 2).min(LONGEST_PAUSE),
                    () = health.shutdown.started() => return,
                }
            }
        });
    }

    /// The name of the first check that fails or does not finish in time.
    async fn what_is_missing(&self) -> Option<&'static str> {
        let began = Instant::now();
        let deadline = began + LIMIT;
        for check in &*self.checks {
            let failure = match timeout_at(deadline, check.check()).await {
                Ok(Ok(())) => continue,
                Ok(Err(error)) => Chain(&*error).to_string(),
                Err(_) => "no answer within a second".to_owned(),
            };
            self.note_failure(check.name(), &failure, began);
            return Some(check.name());
        }
        self.note_success();
        None
    }

    fn note_failure(&self, name: &'static str, error: &str, began: Instant) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let (was_ready, since) = match *seen {
            Seen::Failing { name: known, .. } if known == name => return,
            Seen::Failing { was_ready, since, .. } => (was_ready, since),
            Seen::Ready => (true, began),
            Seen::Nothing => (false, began),
        };
        *seen = Seen::Failing { name, was_ready, since };
        tracing::warn!(check = name, error, "not ready");
    }

    fn note_success(&self) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        match *seen {
            Seen::Ready => return,
            Seen::Failing { was_ready: true, .. } => tracing::info!("ready again"),
            Seen::Failing { was_ready: false, since, .. } => announce_ready(since.elapsed()),
            Seen::Nothing => announce_ready(Duration::ZERO),
        }
        *seen = Seen::Ready;
    }
}

/// Tells how long the program took to become ready, and how much of that it `waited` for what others had to bring.
fn announce_ready(waited: Duration) {
    let ms = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(start_ms = ms(program::age()), waited_ms = ms(waited), "ready");
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
        health.what_is_missing().await
    };
    match reason {
        None => answer(StatusCode::OK, json!({ "status": "ok" })),
        Some(reason) => {
            let body = json!({ "status": "unavailable", "reason": reason });
            answer(StatusCode::SERVICE_UNAVAILABLE, body)
        }
    }
}

fn answer(status: StatusCode, body: Value) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

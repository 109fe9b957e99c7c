//! How much a request may send.

use std::time::Duration;

use axum::Router;
use axum::body::{Body, HttpBody as _};
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use http_body_util::{BodyExt as _, Limited};
use tower_http::timeout::TimeoutBody;

use crate::error::ApiError;

/// Enough for every request but an import: 256 KiB.
pub const DEFAULT_BODY_LIMIT: usize = 256 * 1024;

/// How long a client may send nothing in the middle of a body.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// How much of a body that is too large we read before we answer, and for how long.
const DISCARD_LIMIT: usize = 16 * 1024 * 1024;
const DISCARD_TIME: Duration = Duration::from_secs(5);

/// Refuses bodies above `bytes` for all routes that `router` has so far: at once when the length is announced,
/// otherwise as soon as it is exceeded. Bodies that dribble are cut as well. Of nested limits the smallest wins, so give a route that needs more its own
/// router.
pub fn limit_body<S: Clone + Send + Sync + 'static>(router: Router<S>, bytes: usize) -> Router<S> {
    // Axum's own limit would cap what this one allows.
    router.layer(DefaultBodyLimit::disable()).layer(middleware::from_fn_with_state(bytes, enforce))
}

async fn enforce(State(limit): State<usize>, request: Request, next: Next) -> Response {
    if request.body().size_hint().lower() > u64::try_from(limit).unwrap_or(u64::MAX) {
        discard(request).await;
        return too_large().into_response();
    }
    next.run(request.map(|body| guarded(body, limit))).await
}

/// `body` that fails when it is too long or makes too long a pause. An empty one stays as it is: behind the guard it
/// would no longer look empty, and be passed on in chunks.
fn guarded(body: Body, limit: usize) -> Body {
    if body.is_end_stream() {
        return body;
    }
    Body::new(Limited::new(TimeoutBody::new(LONGEST_PAUSE, body), limit))
}

/// Reads away a body that nobody wants, within reason. A client that is still sending when the connection closes sees
/// a broken pipe instead of our answer. One that asked before sending (`Expect`) has not begun.
async fn discard(request: Request) {
    if request.headers().contains_key(header::EXPECT) {
        return;
    }
    let mut body = Limited::new(request.into_body(), DISCARD_LIMIT);
    let reading = async { while let Some(Ok(_)) = body.frame().await {} };
    // Either it is over, or the client is too slow to be worth the wait.
    let _ = tokio::time::timeout(DISCARD_TIME, reading).await;
}

/// What a body over the limit is answered with.
pub(crate) fn too_large() -> ApiError {
    ApiError::client(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", "The request is too large.")
}

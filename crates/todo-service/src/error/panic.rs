//! A panic is a bug, and a client still gets an answer.

use std::any::Any;

use axum::Router;
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;

use super::ApiError;

/// Turns a panic in any handler of `router` into 500 problem+json. What it said is in the log, by the hook that
/// [`telemetry::init`](crate::telemetry::init) sets.
pub fn catch_panics<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    router.layer(CatchPanicLayer::custom(answer))
}

fn answer(_: Box<dyn Any + Send>) -> Response {
    ApiError::our_fault().into_response()
}

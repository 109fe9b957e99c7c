//! One span, one log line and one measurement for each request.

use std::time::{Duration, Instant};

use ::metrics::{counter, histogram};
use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::{self, Next};
use axum::response::Response;
use http::{Method, StatusCode};
use tracing::Instrument as _;

use super::request_id::{REQUEST_ID, RequestId};
use super::traces::parent;
use crate::health::is_probe;

/// Watches every request of `router` under the name of `service`.
///
/// The request's id is accepted or made, handed on in header and extensions, and returned. Logged and measured are
/// method, route (the pattern, never the path with its ids and query), status and duration until the headers of the
/// answer; never bodies, tokens or addresses.
pub fn observe<S: Clone + Send + Sync + 'static>(
    router: Router<S>,
    service: &'static str,
) -> Router<S> {
    router.layer(middleware::from_fn_with_state(service, watch))
}

async fn watch(State(service): State<&'static str>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = RequestId::of(request.headers());
    request.headers_mut().insert(REQUEST_ID, id.header());
    request.extensions_mut().insert(id.clone());
    let method = known(request.method());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("unmatched", MatchedPath::as_str)
        .to_owned();
    let span = tracing::info_span!("http.request", service, method, route, request_id = %id);
    parent(&span, request.headers());

    let mut response = next.run(request).instrument(span.clone()).await;

    let elapsed = started.elapsed();
    span.in_scope(|| log(response.status(), elapsed, is_probe(&route)));
    measure(service, method, route, response.status(), elapsed);
    response.headers_mut().insert(REQUEST_ID, id.header());
    response
}

fn log(status: StatusCode, elapsed: Duration, is_probe: bool) {
    let status_code = status.as_u16();
    // Microseconds are fine enough; more digits are noise in every line.
    let duration_ms = (elapsed.as_secs_f64() * 1_000_000.0).round() / 1000.0;
    if is_probe {
        tracing::debug!(status = status_code, duration_ms, "answered");
    } else if status.is_server_error() {
        tracing::warn!(status = status_code, duration_ms, "answered");
    } else {
        tracing::info!(status = status_code, duration_ms, "answered");
    }
}

fn measure(
    service: &'static str,
    method: &'static str,
    route: String,
    status: StatusCode,
    elapsed: Duration,
) {
    let labels = [
        ("service", service.into()),
        ("method", method.into()),
        ("route", ::metrics::SharedString::from(route)),
        ("status", status.as_str().to_owned().into()),
    ];
    counter!("http.requests_total", &labels).increment(1);
    histogram!("http.request.duration_seconds", &labels).record(elapsed.as_secs_f64());
}

/// The method's name. Clients may invent methods; they share one, so that they cannot fill the memory of the metrics.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

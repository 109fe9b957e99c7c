//! Traces, in a process of their own: telemetry is set up once in each.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    routing::{get, post},
};
use http::{HeaderMap, Request};
use todo_service::{
    Upstream,
    config::TelemetryConfig,
    telemetry::{init, observe},
};
use tower::ServiceExt as _;

/// A trace that somebody before us began.
const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

type Received = Arc<Mutex<Vec<u8>>>;

/// A collector that keeps what it is sent, and its address.
async fn collector() -> (Received, String) {
    let received = Received::default();
    let take = |State(received): State<Received>, body: Bytes| async move {
        received.lock().expect("nobody panics here").extend_from_slice(&body);
    };
    let router = Router::new().route("/v1/traces", post(take)).with_state(received.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(axum::serve(listener, router).into_future());
    (received, format!("http://{address}"))
}

/// A service that says which trace it was called in.
fn behind() -> Upstream {
    let says = |headers: HeaderMap| async move {
        headers
            .get("traceparent")
            .and_then(|value| value.to_str().ok())
            .unwrap_or("none")
            .to_owned()
    };
    Upstream::local(Router::new().route("/", get(says)))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_one_trace_through_the_services_and_reaches_the_collector() {
    let (received, address) = collector().await;
    let config = TelemetryConfig {
        log: "info".parse().expect("a level"),
        collector: Some(address.parse().expect("an address")),
    };
    let telemetry = init(&config, "traced-service").expect("telemetry starts");
    let passes_on = || async {
        let request = Request::get("/").body(Body::empty()).expect("a request");
        behind().send(request).await.expect("an answer")
    };
    let app = observe(Router::new().route("/tasks", get(passes_on)), "traced-service");

    let request = Request::get("/tasks")
        .header("traceparent", format!("00-{TRACE}-00f067aa0ba902b7-01"))
        .body(Body::empty())
        .expect("a request");
    let answer = app.oneshot(request).await.expect("an answer");
    let told = axum::body::to_bytes(answer.into_body(), 1000).await.expect("a body");
    tokio::task::spawn_blocking(move || drop(telemetry)).await.expect("the last spans are sent");

    let told = String::from_utf8_lossy(&told);
    assert!(told.starts_with(&format!("00-{TRACE}-")), "{told}");
    assert!(
        !told.contains("00f067aa0ba902b7"),
        "the span behind is ours, not the caller's: {told}"
    );
    let sent = received.lock().expect("nobody panics here");
    for expected in ["traced-service", "http.request", "/tasks"] {
        assert!(
            sent.windows(expected.len()).any(|part| part == expected.as_bytes()),
            "{expected} is not in what the collector got"
        );
    }
}

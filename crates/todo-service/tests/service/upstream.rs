use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Path, Request as Incoming};
use axum::response::sse::{Event, Sse};
use axum::response::{AppendHeaders, IntoResponse};
use axum::routing::{any, get, post};
use axum::{Json, Router};
use futures::StreamExt as _;
use futures::channel::mpsc;
use http::{Request, StatusCode};
use serde_json::{Value, json};
use todo_service::Upstream;
use todo_service::body_limit::limit_body;
use todo_service::upstream::{UpstreamError, proxy};

use crate::server::Server;

/// Says what arrived.
async fn echo(request: Incoming) -> impl IntoResponse {
    let (parts, body) = request.into_parts();
    let headers: serde_json::Map<String, Value> = parts
        .headers
        .iter()
        .map(|(name, value)| (name.to_string(), json!(value.to_str().unwrap())))
        .collect();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    let cookies =
        AppendHeaders([("set-cookie", "a=1"), ("set-cookie", "b=2"), ("keep-alive", "timeout=5")]);
    let answer = json!({
        "method": parts.method.as_str(),
        "path": parts.uri.path_and_query().unwrap().as_str(),
        "headers": headers,
        "body": String::from_utf8(body.to_vec()).unwrap(),
    });
    (cookies, Json(answer))
}

fn service() -> Router {
    Router::new()
        .route(
            "/api/{user}/tasks/{id}",
            any(async |Path((_, _)): Path<(String, u32)>, request: Incoming| echo(request).await),
        )
        .route("/echo", any(echo))
}

/// The same service in this process and at an address.
async fn both() -> (Server, [Upstream; 2]) {
    let server = Server::start(|_| service()).await;
    let upstreams = [Upstream::local(service()), Upstream::remote(server.base())];
    (server, upstreams)
}

async fn json_of(response: http::Response<Body>) -> Value {
    serde_json::from_slice(&to_bytes(response.into_body(), 1 << 20).await.unwrap()).unwrap()
}

#[tokio::test]
async fn local_and_remote_see_the_same_request_and_give_the_same_answer() {
    let (_server, upstreams) = both().await;
    let mut answers = Vec::new();
    for upstream in &upstreams {
        let request = Request::put("/api/me/tasks/7?x=%20y")
            .header("host", "todo.local")
            .header("accept", "application/json")
            .header("authorization", "Bearer token")
            .header("connection", "close, x-private")
            .header("x-private", "1")
            .header("content-length", "5")
            .body(Body::from("hello"))
            .unwrap();

        let response = upstream.send(request).await.unwrap();

        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers().get_all("set-cookie").iter().count(), 2);
        assert!(!response.headers().contains_key("keep-alive"));
        answers.push(json_of(response).await);
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0]["path"], "/api/me/tasks/7?x=%20y");
    assert_eq!(answers[0]["headers"]["host"], "todo.local");
    assert!(answers[0]["headers"].get("x-private").is_none());
}

#[tokio::test]
async fn a_request_without_a_host_gets_one() {
    let (_server, upstreams) = both().await;
    for upstream in &upstreams {
        let request = Request::get("/echo").body(Bytes::new()).unwrap();
        let response = upstream.call(request, Duration::from_secs(5)).await.unwrap();
        let answer: Value = serde_json::from_slice(response.body()).unwrap();
        assert!(answer["headers"]["host"].is_string());
        assert!(answer["headers"].get("transfer-encoding").is_none(), "{answer}");
    }
}

#[tokio::test]
async fn the_proxy_introduces_the_client_and_keeps_the_rest() {
    let (_server, upstreams) = both().await;
    for upstream in upstreams {
        let nested = Router::new().route("/{*rest}", any(proxy)).with_state(upstream);
        let front = Server::start(|_| Router::new().nest("/api", nested)).await;
        let client = reqwest::Client::builder().build().unwrap();

        let response = client
            .post(front.url("/api/me/tasks/7?q=1"))
            .header("host", "todo.local")
            .header("x-forwarded-for", "203.0.113.9")
            .body("hello")
            .send()
            .await
            .unwrap();

        assert_eq!(response.headers().get_all("set-cookie").iter().count(), 2);
        let answer: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
        assert_eq!(answer["path"], "/api/me/tasks/7?q=1");
        assert_eq!(answer["body"], "hello");
        assert_eq!(answer["headers"]["host"], "todo.local");
        assert_eq!(answer["headers"]["x-forwarded-for"], "203.0.113.9, 127.0.0.1");
        assert_eq!(answer["headers"]["x-forwarded-host"], "todo.local");
        assert_eq!(answer["headers"]["x-forwarded-proto"], "http");
    }
}

#[tokio::test]
async fn the_client_stays_known_in_one_process() {
    let router = Router::new()
        .route("/", get(async |ConnectInfo(peer): ConnectInfo<SocketAddr>| peer.to_string()));
    let mut request = Request::get("/").body(Body::empty()).unwrap();
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([203, 0, 113, 9], 1))));

    let response = Upstream::local(router).send(request).await.unwrap();

    assert_eq!(to_bytes(response.into_body(), 100).await.unwrap(), "203.0.113.9:1");
}

/// A route whose events are sent by the test, and the sender.
fn events() -> (mpsc::UnboundedSender<&'static str>, Router) {
    let (sender, receiver) = mpsc::unbounded();
    let receiver = Arc::new(std::sync::Mutex::new(Some(receiver)));
    let handler = get(async move || {
        let receiver = receiver.lock().unwrap().take().unwrap();
        Sse::new(receiver.map(|text: &str| Ok::<_, Infallible>(Event::default().data(text))))
    });
    (sender, Router::new().route("/api/events", handler))
}

#[tokio::test]
async fn the_proxy_passes_each_event_on_as_it_is_sent() {
    let (remote_sender, remote) = events();
    let (local_sender, local) = events();
    let back = Server::start(|_| remote).await;
    let ways =
        [(remote_sender, Upstream::remote(back.base())), (local_sender, Upstream::local(local))];
    for (sender, upstream) in ways {
        let router = Router::new().route("/api/{*rest}", any(proxy)).with_state(upstream);
        let front = Server::start(|_| todo_service::security::compress(router)).await;
        let client = reqwest::Client::builder().build().unwrap();
        let request = client.get(front.url("/api/events")).header("accept-encoding", "gzip, br");
        let mut stream = request.send().await.unwrap().bytes_stream();

        for (text, frame) in [("one", "data: one\n\n"), ("two", "data: two\n\n")] {
            sender.unbounded_send(text).unwrap();
            assert_eq!(stream.next().await.unwrap().unwrap(), frame);
        }

        drop(stream);
        while !sender.is_closed() {
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test]
async fn a_body_streams_to_the_other_side() {
    let first_line = post(async |request: Incoming| {
        let mut body = request.into_body().into_data_stream();
        body.next().await.unwrap().unwrap()
    });
    let server = Server::start(|_| Router::new().route("/", first_line)).await;
    let endless = futures::stream::iter(["hello"]).chain(futures::stream::pending());
    let body = Body::from_stream(endless.map(Ok::<_, Infallible>));

    let response =
        Upstream::remote(server.base()).send(Request::post("/").body(body).unwrap()).await.unwrap();

    assert_eq!(to_bytes(response.into_body(), 100).await.unwrap(), "hello");
}

#[tokio::test]
async fn a_huge_body_is_refused_with_an_answer_and_not_with_a_broken_pipe() {
    let router = Router::new().route("/api/tasks", post(async |body: String| body));
    let back = Server::start(|_| limit_body(router, 256 * 1024)).await;
    let upstream = Upstream::remote(back.base());
    let front =
        Server::start(|_| Router::new().route("/api/{*rest}", any(proxy)).with_state(upstream))
            .await;
    let client = reqwest::Client::builder().build().unwrap();
    for server in [&back, &front] {
        let response =
            client.post(server.url("/api/tasks")).body(vec![b'a'; 10 << 20]).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    }
}

#[tokio::test]
async fn nobody_at_the_address_is_unreachable_and_silence_is_a_timeout() {
    let server = Server::start(|_| Router::new().route("/", get(std::future::pending::<()>))).await;
    let upstream = Upstream::remote(server.base());
    let request = || Request::get("/").body(Bytes::new()).unwrap();

    let silence = upstream.call(request(), Duration::from_millis(50)).await;
    assert!(matches!(silence, Err(UpstreamError::Timeout)));

    let nobody = Upstream::remote("http://127.0.0.1:1".parse().unwrap());
    assert!(matches!(
        nobody.send(request().map(Body::from)).await,
        Err(UpstreamError::Unreachable(_))
    ));
    let front = Server::start(|_| Router::new().route("/", any(proxy)).with_state(nobody)).await;
    let response = reqwest::get(front.url("/")).await.unwrap();
    assert_eq!(response.status(), 503);
    assert_eq!(response.headers()["retry-after"], "1");
}

#[tokio::test]
async fn patience_outlasts_a_neighbour_that_is_being_replaced() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let router = Router::new().route(
        "/",
        post(async move |body: String| match count.fetch_add(1, Ordering::SeqCst) {
            0 => StatusCode::SERVICE_UNAVAILABLE.into_response(),
            1 => StatusCode::BAD_GATEWAY.into_response(),
            _ => body.into_response(),
        }),
    );
    let request = Request::post("/").body(Bytes::from("again")).unwrap();

    let response =
        Upstream::local(router).send_retrying(request, Duration::from_secs(10)).await.unwrap();

    assert_eq!(to_bytes(response.into_body(), 100).await.unwrap(), "again");
    assert_eq!(asked.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn patience_ends() {
    let nobody = Upstream::remote("http://127.0.0.1:1".parse().unwrap());
    let request = Request::post("/").body(Bytes::new()).unwrap();

    let outcome = nobody.send_retrying(request, Duration::from_millis(200)).await;

    assert!(matches!(outcome, Err(UpstreamError::Unreachable(_))));
}

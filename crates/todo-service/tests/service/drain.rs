use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::response::sse::{Event, Sse};
use axum::routing::get;
use futures::StreamExt as _;
use todo_service::Shutdown;
use tokio::sync::Notify;

use crate::server::Server;

/// A route that says when it is being asked and answers when it is told to.
struct Slow {
    asked: Arc<Notify>,
    may_answer: Arc<Notify>,
}

impl Slow {
    fn route() -> (Self, Router) {
        let (asked, may_answer) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let slow = Self { asked: asked.clone(), may_answer: may_answer.clone() };
        let handler = get(async move || {
            asked.notify_one();
            may_answer.notified().await;
            "done"
        });
        (slow, Router::new().route("/slow", handler))
    }
}

#[tokio::test]
async fn a_request_in_flight_finishes_and_a_new_one_is_refused() {
    let (slow, router) = Slow::route();
    let server = Server::start(|_| router).await;
    let in_flight = tokio::spawn(reqwest::get(server.url("/slow")));
    slow.asked.notified().await;

    server.shutdown.start();
    while tokio::net::TcpStream::connect(server.address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    slow.may_answer.notify_one();

    let answer = in_flight.await.unwrap().unwrap().text().await.unwrap();
    assert_eq!(answer, "done");
    server.ended().await;
}

#[tokio::test]
async fn a_signal_starts_the_drain() {
    let shutdown = Shutdown::signals().unwrap();
    assert!(!shutdown.is_draining());

    let own_id = std::process::id().to_string();
    std::process::Command::new("kill").args(["-TERM", &own_id]).status().unwrap();

    shutdown.started().await;
    assert!(shutdown.is_draining());
}

#[tokio::test]
async fn a_stream_ends_when_the_drain_starts() {
    let server = Server::start(|shutdown| {
        let shutdown = shutdown.clone();
        let events = get(async move || {
            let endless = futures::stream::iter(["hello"]).chain(futures::stream::pending());
            Sse::new(
                shutdown
                    .end_with(endless.map(|text| Ok::<_, Infallible>(Event::default().data(text)))),
            )
        });
        Router::new().route("/events", events)
    })
    .await;
    let mut stream = reqwest::get(server.url("/events")).await.unwrap().bytes_stream();
    assert_eq!(stream.next().await.unwrap().unwrap(), "data: hello\n\n");

    server.shutdown.start();

    assert!(stream.next().await.is_none());
    server.ended().await;
}

#[tokio::test]
async fn an_idle_connection_does_not_hold_up_the_end() {
    let server = Server::start(|_| Router::new().route("/", get(async || "hi"))).await;
    let client = reqwest::Client::builder().build().unwrap();
    client.get(server.url("/")).send().await.unwrap().text().await.unwrap();
    let _silent = tokio::net::TcpStream::connect(server.address).await.unwrap();

    server.shutdown.start();

    tokio::time::timeout(Duration::from_secs(3), server.ended()).await.expect("ends at once");
}

#[tokio::test]
async fn a_request_that_never_ends_is_cut_at_the_deadline() {
    let (slow, router) = Slow::route();
    let server = Server::start_with_limit(Duration::from_millis(50), |_| router).await;
    let in_flight = tokio::spawn(reqwest::get(server.url("/slow")));
    slow.asked.notified().await;

    server.shutdown.start();
    server.ended().await;

    assert!(in_flight.await.unwrap().is_err());
}

#[tokio::test]
async fn while_it_is_replaced_it_answers_on_kept_connections_and_closes_them() {
    let server = Server::start(|_| Router::new().route("/", get(async || "hi"))).await;
    let client = reqwest::Client::builder().build().unwrap();
    let first = client.get(server.url("/")).send().await.unwrap();
    assert!(!first.headers().contains_key("connection"));
    first.text().await.unwrap();

    server.shutdown.linger(Duration::from_secs(60));
    let second = client.get(server.url("/")).send().await.unwrap();

    assert_eq!(second.headers()["connection"], "close");
    assert_eq!(second.text().await.unwrap(), "hi");
    // Nobody is connected any more, so there is nothing to linger for.
    tokio::time::timeout(Duration::from_secs(3), server.ended()).await.expect("ends at once");
}

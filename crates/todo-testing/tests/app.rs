//! The test app itself.

use http::Method;
use jiff::SignedDuration;
use serde_json::json;
use todo_core::Clock as _;
use todo_testing::{FakeClock, TestApp};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

#[test]
fn the_clock_moves_only_when_it_is_told_to() {
    let clock = FakeClock::at("2026-11-20T05:15:00Z");
    let same = clock.clone();

    clock.advance(SignedDuration::from_mins(5));

    assert_eq!(same.now().to_string(), "2026-11-20T05:20:00Z");
}

#[tokio::test]
async fn two_apps_draw_the_same_ids_and_share_nothing() {
    let (one, two) = (TestApp::start().await, TestApp::start().await);
    let (ana, twin) = (one.user("ana").await, two.user("ana").await);

    ana.add_task("only here").await;

    assert_eq!(ana.id, twin.id);
    assert!(twin.titles("").await.is_empty());
}

#[tokio::test]
async fn an_app_also_listens_on_a_real_port_until_it_is_stopped() {
    let app = TestApp::start().await;
    let address = app.listen().await;

    let mut stream = tokio::net::TcpStream::connect(address).await.expect("a connection");
    let request =
        format!("GET /api/me/tasks HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");

    assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
    app.stop().await;
}

#[tokio::test]
#[should_panic(expected = "no id in")]
async fn an_answer_without_an_id_is_not_taken_for_one() {
    let app = TestApp::start().await;

    app.call(Method::POST, "/api/auth/sign-in/email").json(&json!({})).await.id();
}

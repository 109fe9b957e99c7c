//! Who is let in, and who is not.

use http::Method;
use jiff::SignedDuration;
use serde_json::{Value, json};
use todo_testing::{Answer, Call, TestApp};

fn list() -> Value {
    json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {} })
}

fn ask(app: &TestApp) -> Call {
    app.mcp("nobody").bare(&list())
}

/// A refusal that tells where to get a token, and nothing else.
fn assert_turned_away(answer: &Answer) {
    assert_eq!(answer.status, 401, "{}", answer.text);
    assert_eq!(
        answer.header("www-authenticate"),
        "Bearer resource_metadata=\"http://localhost:3000/.well-known/oauth-protected-resource/mcp\", scope=\"tasks\""
    );
    assert_eq!(answer.code(), "unauthorized");
}

#[tokio::test]
async fn a_session_token_is_let_in() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;

    assert_eq!(ask(&app).token(&ana.token).await.status, 200);
}

#[tokio::test]
async fn the_backends_token_is_let_in() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    let token = app.service_token(&ana.caller()).await;

    assert_eq!(ask(&app).token(&token).await.status, 200);
}

#[tokio::test]
async fn without_a_token_nobody_is_let_in() {
    let app = TestApp::start().await;

    assert_turned_away(&ask(&app).without("authorization").await);
}

#[tokio::test]
async fn a_cookie_is_no_token() {
    let app = TestApp::start().await;
    let credentials =
        json!({ "name": "Ana", "email": "ana@example.test", "password": "correct horse" });
    let signed_up = app.call(Method::POST, "/api/auth/sign-up/email").json(&credentials).await;
    let cookie = signed_up.header("set-cookie").split(';').next().expect("a cookie").to_owned();
    let read = app.call(Method::GET, "/api/me/tasks").header("cookie", &cookie).await;
    assert_eq!(read.status, 200);

    assert_turned_away(&ask(&app).without("authorization").header("cookie", &cookie).await);
}

#[tokio::test]
async fn forged_tokens_are_turned_away() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    let token = app.service_token(&ana.caller()).await;
    let [head, claims, signature] =
        token.split('.').collect::<Vec<_>>().try_into().expect("three parts");
    let other = if signature.starts_with('A') { "B" } else { "A" };

    let forgeries = [
        "nonsense".to_owned(),
        format!("{}x", ana.token),
        ana.token.to_uppercase(),
        format!("{head}.{claims}."),
        format!("{head}.{claims}.{other}{}", &signature[1..]),
        format!("{head}.{}.{signature}", claims.replace('e', "f")),
        format!("eyJhbGciOiJub25lIn0.{claims}."),
    ];
    for forgery in forgeries {
        assert_turned_away(&ask(&app).token(&forgery).await);
    }
}

#[tokio::test]
async fn an_expired_service_token_is_turned_away() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    let token = app.service_token(&ana.caller()).await;

    app.advance(SignedDuration::from_secs(66));

    assert_turned_away(&ask(&app).token(&token).await);
}

#[tokio::test]
async fn an_expired_session_is_turned_away() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;

    app.advance(SignedDuration::from_hours(24 * 8));

    assert_turned_away(&ask(&app).token(&ana.token).await);
}

#[tokio::test]
async fn a_token_for_somebody_else_is_turned_away() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;

    let other_app = app.service_token_of(&ana.caller(), "https://elsewhere.example").await;
    let for_rest = ana.call(Method::GET, "/api/auth/token").await;
    let for_rest = for_rest.json["token"].as_str().expect("a token");

    assert_turned_away(&ask(&app).token(&other_app).await);
    assert_turned_away(&ask(&app).token(for_rest).await);
}

#[tokio::test]
async fn a_session_that_ended_is_turned_away_within_seconds() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.call(Method::POST, "/api/auth/sign-out").json(&json!({})).await;

    app.advance(SignedDuration::from_secs(6));

    assert_turned_away(&ask(&app).token(&ana.token).await);
}

#[tokio::test]
async fn names_that_are_not_ours_are_refused() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    let as_host = |host: &'static str| ask(&app).token(&ana.token).with_only("host", host);

    for ours in ["localhost", "127.0.0.1:8001", "mcp-service:8001", "localhost:3000"] {
        assert_eq!(as_host(ours).await.status, 200, "{ours}");
    }
    for foreign in ["evil.example", "mcp-service.evil.example", "localhost.evil.example:3000"] {
        assert_eq!(as_host(foreign).await.status, 403, "{foreign}");
    }
}

#[tokio::test]
async fn pages_of_other_sites_are_refused() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    let from = |origin: &'static str| ask(&app).token(&ana.token).header("origin", origin);

    for ours in ["http://localhost:3000", "http://127.0.0.1:6274"] {
        assert_eq!(from(ours).await.status, 200, "{ours}");
    }
    for foreign in ["https://evil.example", "http://localhost.evil.example", "null"] {
        assert_eq!(from(foreign).await.status, 403, "{foreign}");
    }
}

#[tokio::test]
async fn a_client_that_takes_no_json_is_told_so() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    let ask = || ask(&app).token(&ana.token);

    assert_eq!(ask().with_only("accept", "text/html").await.status, 406);
    assert_eq!(ask().body("text/plain", list().to_string()).await.status, 415);
}

#[tokio::test]
async fn there_are_no_sessions_to_read_from_or_to_end() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;

    for method in [Method::GET, Method::DELETE] {
        let answer = ana.call(method, "/mcp").header("accept", "text/event-stream").await;
        assert_eq!(answer.status, 405, "{}", answer.text);
    }
}

#[tokio::test]
async fn a_body_of_ten_megabytes_is_refused() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;

    let answer = ask(&app).token(&ana.token).body("application/json", vec![b' '; 10 << 20]).await;

    assert_eq!(answer.status, 413, "{}", answer.text);
}

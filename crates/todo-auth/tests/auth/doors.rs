//! What other crates put in front of their routes.

use axum::body::Body;
use axum::extract::Request;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use http::header;
use http_body_util::BodyExt as _;
use jiff::SignedDuration;
use todo_auth::{
    Authenticated, BearerAuthenticator, Recognised, authenticate_bearer, prolong_session,
};
use todo_core::Caller;
use tower::ServiceExt as _;

use crate::support::{App, ORIGIN};

fn rest(app: &App) -> Router {
    let who = |Authenticated(caller): Authenticated| async move { caller.user.to_string() };
    Router::new()
        .route("/who", get(who))
        .layer(from_fn_with_state(app.auth.authenticator(), prolong_session))
        .with_state(app.auth.authenticator())
}

fn mcp(app: &App) -> Router {
    let ports = app.ports();
    let origin = ORIGIN.parse().expect("an origin");
    let authenticator = BearerAuthenticator::new(ports.store, ports.clock, ports.entropy, &origin);
    let who = |Extension(who): Extension<Recognised>| async move { who.caller.actor.to_string() };
    Router::new()
        .route("/who", get(who))
        .layer(from_fn_with_state(authenticator, authenticate_bearer))
}

async fn call(router: Router, header: Option<(header::HeaderName, String)>) -> Response {
    let mut request = Request::builder().uri("/who");
    if let Some((name, value)) = header {
        request = request.header(name, value);
    }
    router.oneshot(request.body(Body::empty()).expect("a request")).await.expect("an answer")
}

async fn text(response: Response) -> String {
    let bytes = response.into_body().collect().await.expect("a body").to_bytes();
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[tokio::test]
async fn rest_without_a_caller_is_a_401_that_says_bearer() {
    let response = call(rest(&App::start()), None).await;

    assert_eq!(response.status(), 401);
    assert_eq!(response.headers()[header::WWW_AUTHENTICATE], "Bearer");
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
    insta::assert_snapshot!(text(response).await, @r#"{"type":"about:blank","title":"Unauthorized","status":401,"code":"unauthorized","detail":"Sign in first."}"#);
}

#[tokio::test]
async fn rest_knows_a_cookie_and_prolongs_it() {
    let app = App::start();
    let ann = app.signed_up("ann@example.com").await;
    let cookie = format!("better-auth.session_token={}", ann.jar["better-auth.session_token"]);

    let today = call(rest(&app), Some((header::COOKIE, cookie.clone()))).await;
    app.clock.advance(SignedDuration::from_hours(24));
    let tomorrow = call(rest(&app), Some((header::COOKIE, cookie))).await;

    assert!(!today.headers().contains_key(header::SET_COOKIE));
    assert!(tomorrow.headers().contains_key(header::SET_COOKIE));
    assert_eq!(text(today).await, app.store.tables().users[0].0.id.to_string());
}

#[tokio::test]
async fn mcp_without_a_token_says_where_to_get_one() {
    let response = call(mcp(&App::start()), None).await;

    assert_eq!(response.status(), 401);
    insta::assert_snapshot!(response.headers()[header::WWW_AUTHENTICATE].to_str().expect("ASCII"), @r#"Bearer resource_metadata="http://localhost:3990/.well-known/oauth-protected-resource/mcp", scope="tasks""#);
}

#[tokio::test]
async fn tools_find_the_caller_in_the_request() {
    let app = App::start();
    let caller = Caller::assistant(todo_core::UserId(77), todo_core::ConversationId(3));
    let token = app.auth.service_tokens().mint(&caller, "request-1").await.expect("a token");

    let response = call(mcp(&app), Some((header::AUTHORIZATION, format!("Bearer {token}")))).await;

    assert_eq!(text(response).await, "assistant");
}

#[tokio::test]
async fn a_store_that_is_down_is_not_a_401() {
    let app = App::start();
    let ann = app.signed_up("ann@example.com").await;
    app.store.go_down();

    let bearer = Some((header::AUTHORIZATION, format!("Bearer {}", ann.token())));

    assert_eq!(call(rest(&app), bearer.clone()).await.status(), 503);
    assert_eq!(call(mcp(&app), bearer).await.status(), 503);
}

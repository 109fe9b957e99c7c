//! Signed tokens: what they say, and which ones are refused.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderMap, HeaderValue, header};
use jiff::SignedDuration;
use serde_json::{Value, json};
use todo_auth::{BearerAuthenticator, Refusal};
use todo_core::{Caller, ConversationId, PlanId, UserId};

use crate::support::{App, ORIGIN};

fn headers(token: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let value = HeaderValue::from_str(&format!("Bearer {token}")).expect("ASCII");
    headers.insert(header::AUTHORIZATION, value);
    headers
}

fn mcp(app: &App) -> BearerAuthenticator {
    let ports = app.ports();
    BearerAuthenticator::new(
        ports.store,
        ports.clock,
        ports.entropy,
        &ORIGIN.parse().expect("an origin"),
    )
}

fn part(token: &str, index: usize) -> Value {
    let part = token.split('.').nth(index).expect("three parts");
    let part = URL_SAFE_NO_PAD.decode(part).expect("base64");
    let mut part: Value = serde_json::from_slice(&part).expect("JSON");
    part.sort_all_objects();
    part
}

/// The token with another header or other claims, under its old signature.
fn forge(token: &str, index: usize, change: impl FnOnce(&mut Value)) -> String {
    let mut value = part(token, index);
    change(&mut value);
    let mut parts: Vec<_> = token.split('.').map(str::to_owned).collect();
    parts[index] = URL_SAFE_NO_PAD.encode(value.to_string());
    parts.join(".")
}

async fn user_token(app: &App, email: &str) -> String {
    let answer = app.signed_up(email).await.get("token").await;
    answer.json()["token"].as_str().expect("a token").to_owned()
}

fn assistant() -> Caller {
    let mut caller = Caller::assistant(UserId(77), ConversationId(3));
    caller.plan = Some(PlanId(5));
    caller
}

#[tokio::test]
async fn a_users_token_says_what_better_auths_says() {
    let app = App::start();
    let token = user_token(&app, "ann@example.com").await;

    insta::assert_json_snapshot!(part(&token, 0), { ".kid" => "[kid]" }, @r#"
    {
      "alg": "EdDSA",
      "kid": "[kid]"
    }
    "#);
    insta::assert_json_snapshot!(part(&token, 1), { ".id" => "[id]", ".sub" => "[id]" }, @r#"
    {
      "aud": "http://localhost:3990",
      "createdAt": "2026-11-20T09:47:47.042Z",
      "email": "ann@example.com",
      "emailVerified": false,
      "exp": 1795168967,
      "iat": 1795168067,
      "id": "[id]",
      "iss": "http://localhost:3990",
      "name": "Ann",
      "sub": "[id]",
      "updatedAt": "2026-11-20T09:47:47.042Z"
    }
    "#);
}

#[tokio::test]
async fn a_users_token_opens_our_api_for_fifteen_minutes() {
    let app = App::start();
    let token = user_token(&app, "ann@example.com").await;
    let user = app.store.tables().users[0].0.id;
    let authenticator = app.auth.authenticator();

    let caller = authenticator.authenticate(&headers(&token)).await.expect("a caller");
    assert_eq!(caller, Caller::person(user));

    app.clock.advance(SignedDuration::from_secs(15 * 60 + 5));
    assert!(matches!(authenticator.authenticate(&headers(&token)).await, Err(Refusal::Invalid)));
}

#[tokio::test]
async fn the_backends_token_brings_the_caller_to_mcp() {
    let app = App::start();
    let token = app.auth.service_tokens().mint(&assistant(), "request-1").await.expect("a token");

    let recognised = mcp(&app).authenticate(&headers(&token)).await.expect("a caller");

    assert_eq!(recognised.caller, assistant());
    assert_eq!(recognised.request_id.as_deref(), Some("request-1"));
    insta::assert_json_snapshot!(part(&token, 0), { ".kid" => "[kid]" }, @r#"
    {
      "alg": "EdDSA",
      "kid": "[kid]",
      "typ": "at+jwt"
    }
    "#);
    insta::assert_json_snapshot!(part(&token, 1), @r#"
    {
      "act": "assistant",
      "aud": "http://localhost:3990/mcp",
      "conv": 3,
      "exp": 1795168127,
      "iat": 1795168067,
      "iss": "http://localhost:3990",
      "plan": 5,
      "rid": "request-1",
      "scope": "tasks",
      "sub": "000000000002d"
    }
    "#);
}

#[tokio::test]
async fn the_backends_token_lives_for_a_minute() {
    let app = App::start();
    let token = app.auth.service_tokens().mint(&assistant(), "request-1").await.expect("a token");
    let mcp = mcp(&app);

    app.clock.advance(SignedDuration::from_secs(64));
    assert!(mcp.authenticate(&headers(&token)).await.is_ok());
    app.clock.advance(SignedDuration::from_secs(1));
    assert!(matches!(mcp.authenticate(&headers(&token)).await, Err(Refusal::Invalid)));
}

#[tokio::test]
async fn each_kind_of_token_opens_its_own_door_only() {
    let app = App::start();
    let users = user_token(&app, "ann@example.com").await;
    let backends =
        app.auth.service_tokens().mint(&assistant(), "request-1").await.expect("a token");

    assert!(matches!(mcp(&app).authenticate(&headers(&users)).await, Err(Refusal::Invalid)));
    let rest = app.auth.authenticator();
    assert!(matches!(rest.authenticate(&headers(&backends)).await, Err(Refusal::Invalid)));
}

#[tokio::test]
async fn forged_tokens_are_refused() {
    let app = App::start();
    let token = app.auth.service_tokens().mint(&assistant(), "request-1").await.expect("a token");
    let unsigned = {
        let none = forge(&token, 0, |header| header["alg"] = json!("none"));
        format!("{}.", none.rsplit_once('.').expect("three parts").0)
    };
    let other_server = App::start();
    let elsewhere =
        other_server.auth.service_tokens().mint(&assistant(), "request-1").await.expect("a token");

    for forged in [
        forge(&token, 1, |claims| claims["sub"] = json!(UserId(78))),
        forge(&token, 1, |claims| claims["exp"] = json!(i64::MAX)),
        forge(&token, 0, |header| header["alg"] = json!("HS256")),
        forge(&token, 0, |header| header["kid"] = json!("x")),
        forge(&token, 0, |header| drop(header.as_object_mut().expect("an object").remove("kid"))),
        forge(&token, 0, |header| header["crit"] = json!(["exp"])),
        unsigned,
        elsewhere,
        format!("{token}A"),
        format!("{}.{}.", part(&token, 0), part(&token, 1)),
        "..".into(),
        format!("{}.a.b", "a".repeat(10_000)),
    ] {
        let answer = mcp(&app).authenticate(&headers(&forged)).await;
        assert!(matches!(answer, Err(Refusal::Invalid)), "{forged}");
    }
}

#[tokio::test]
async fn a_token_for_another_address_of_ours_is_refused() {
    let app = App::start();
    let elsewhere = App::on(app.store.clone(), app.clock.clone(), |settings| {
        settings.public_origin = "https://todo.example".parse().expect("an origin");
    });
    let token =
        elsewhere.auth.service_tokens().mint(&assistant(), "request-1").await.expect("a token");
    let users = user_token(&elsewhere, "ann@example.com").await;

    assert!(matches!(mcp(&app).authenticate(&headers(&token)).await, Err(Refusal::Invalid)));
    let rest = app.auth.authenticator();
    assert!(matches!(rest.authenticate(&headers(&users)).await, Err(Refusal::Invalid)));
}

#[tokio::test]
async fn mcp_takes_session_tokens_and_no_cookies() {
    let app = App::start();
    let ann = app.signed_up("ann@example.com").await;
    let mut cookie = HeaderMap::new();
    let pair = format!("better-auth.session_token={}", ann.jar["better-auth.session_token"]);
    cookie.insert(header::COOKIE, pair.parse().expect("ASCII"));

    assert!(mcp(&app).authenticate(&headers(&ann.token())).await.is_ok());
    assert!(matches!(mcp(&app).authenticate(&cookie).await, Err(Refusal::Anonymous)));
    assert!(app.auth.authenticator().authenticate(&cookie).await.is_ok());
}

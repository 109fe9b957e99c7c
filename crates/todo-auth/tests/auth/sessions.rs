//! How long sessions live, and what ends them.

use std::sync::atomic::Ordering;

use jiff::SignedDuration;
use serde_json::json;

use crate::support::{App, Browser};

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const SECOND: SignedDuration = SignedDuration::from_secs(1);

async fn is_signed_in(browser: &mut Browser) -> bool {
    !browser.get("get-session").await.json().is_null()
}

#[tokio::test]
async fn a_session_that_is_used_lives_on() {
    let app = App::start();
    let mut ann = app.signed_up("ann@example.com").await;

    app.clock.advance(HOUR * 23);
    assert!(ann.get("get-session").await.cookies().is_empty());

    app.clock.advance(HOUR);
    let answer = ann.get("get-session").await;
    assert!(answer.cookies()[0].contains("Max-Age=604800"), "{answer:?}");
    assert_eq!(answer.json()["session"]["expiresAt"], "2026-11-28T09:47:47.042Z");

    app.clock.advance(HOUR * (7 * 24 - 1));
    assert!(is_signed_in(&mut ann).await);
}

#[tokio::test]
async fn a_session_that_is_not_used_ends_after_a_week() {
    let app = App::start();
    let mut ann = app.signed_up("ann@example.com").await;

    app.clock.advance(HOUR * 24 * 7);

    let answer = ann.get("get-session").await;
    assert_eq!(answer.text, "null");
    assert_eq!(answer.cookies().len(), 3, "{answer:?}");
}

#[tokio::test]
async fn a_session_of_one_browser_window_ends_after_a_day_of_use() {
    let app = App::start();
    app.signed_up("ann@example.com").await;
    let mut ann = app.browser();
    let body =
        json!({ "email": "ann@example.com", "password": "password1234", "rememberMe": false });
    ann.post("sign-in/email", body).await;

    app.clock.advance(HOUR * 23);
    assert!(is_signed_in(&mut ann).await);
    app.clock.advance(HOUR);
    assert!(!is_signed_in(&mut ann).await);
}

#[tokio::test]
async fn a_session_is_read_once_in_five_seconds() {
    let app = App::start();
    let mut ann = app.signed_up("ann@example.com").await;
    let reads = || app.store.session_reads.load(Ordering::SeqCst);

    for _ in 0..10 {
        assert!(is_signed_in(&mut ann).await);
    }
    assert_eq!(reads(), 1);

    app.clock.advance(SECOND * 5);
    assert!(is_signed_in(&mut ann).await);
    assert_eq!(reads(), 2);
}

#[tokio::test]
async fn a_sign_out_counts_at_once_here_and_within_five_seconds_elsewhere() {
    let app = App::start();
    let mut ann = app.signed_up("ann@example.com").await;
    let replica = app.replica();
    let (mut here, mut elsewhere) = (ann.clone(), replica.browser());
    elsewhere.jar = ann.jar.clone();
    assert!(is_signed_in(&mut here).await && is_signed_in(&mut elsewhere).await);

    ann.post("sign-out", json!({})).await;

    assert!(!is_signed_in(&mut here).await);
    app.clock.advance(SECOND * 5);
    assert!(!is_signed_in(&mut elsewhere).await);
}

#[tokio::test]
async fn a_new_name_is_seen_at_once() {
    let app = App::start();
    let mut ann = app.signed_up("ann@example.com").await;
    ann.get("get-session").await;

    ann.post("update-user", json!({ "name": " Ann B " })).await;

    assert_eq!(ann.get("get-session").await.json()["user"]["name"], "Ann B");
}

#[tokio::test]
async fn one_session_is_revoked_by_its_id_or_its_token() {
    let app = App::start();
    let mut laptop = app.signed_up("ann@example.com").await;
    let (mut phone, mut tablet) = (app.browser(), app.browser());
    for other in [&mut phone, &mut tablet] {
        other.sign_in("ann@example.com", "password1234").await;
    }
    let id = phone.get("get-session").await.json()["session"]["id"].clone();

    laptop.post("revoke-session", json!({ "token": id })).await;
    laptop.post("revoke-session", json!({ "token": tablet.token() })).await;

    assert!(!is_signed_in(&mut phone).await);
    assert!(!is_signed_in(&mut tablet).await);
    assert!(is_signed_in(&mut laptop).await);
}

#[tokio::test]
async fn nobody_revokes_the_session_of_somebody_else() {
    let app = App::start();
    let mut ann = app.signed_up("ann@example.com").await;
    let mut ben = app.signed_up("ben@example.com").await;
    let id = ann.get("get-session").await.json()["session"]["id"].clone();

    ben.post("revoke-session", json!({ "token": id })).await;
    ben.post("revoke-session", json!({ "token": ann.token() })).await;
    ben.post("revoke-sessions", json!({})).await;

    assert!(is_signed_in(&mut ann).await);
    assert!(!is_signed_in(&mut ben).await);
}

#[tokio::test]
async fn the_others_are_revoked_and_this_one_stays() {
    let app = App::start();
    let mut laptop = app.signed_up("ann@example.com").await;
    let mut phone = app.browser();
    phone.sign_in("ann@example.com", "password1234").await;

    laptop.post("revoke-other-sessions", json!({})).await;

    assert!(is_signed_in(&mut laptop).await);
    assert!(!is_signed_in(&mut phone).await);
}

#[tokio::test]
async fn a_session_token_works_as_a_bearer_token() {
    let app = App::start();
    let mut ann = app.signed_up("ann@example.com").await;
    let signed =
        ann.post("update-user", json!({ "name": "B" })).await.header("set-auth-token").to_owned();

    for token in [ann.token(), signed] {
        let mut client = app.browser().with("authorization", &format!("Bearer {token}"));
        assert!(is_signed_in(&mut client).await);
    }
}

#[tokio::test]
async fn a_forged_cookie_or_bearer_is_nobody() {
    let app = App::start();
    let ann = app.signed_up("ann@example.com").await;
    let mut forged = ann.clone();
    let value = forged.jar.get_mut("better-auth.session_token").expect("a session");
    *value = value.replacen('.', ".A", 1);

    assert!(!is_signed_in(&mut forged).await);
    let mut client = app.browser().with("authorization", &format!("Bearer {}", "a".repeat(32)));
    assert_eq!(client.get("token").await.status, 401);
}

#[tokio::test]
async fn a_sign_out_counts_at_once_for_mcp_in_the_same_process() {
    let app = App::start();
    let mut ann = app.signed_up("ann@example.com").await;
    let mcp = app.auth.bearer_authenticator();
    let mut headers = http::HeaderMap::new();
    headers.insert("authorization", format!("Bearer {}", ann.token()).parse().expect("ASCII"));
    assert!(mcp.authenticate(&headers).await.is_ok());

    ann.post("sign-out", json!({})).await;

    assert!(mcp.authenticate(&headers).await.is_err());
}

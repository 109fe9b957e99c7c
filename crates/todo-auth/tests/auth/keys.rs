//! Signing keys: made once, published before use, replaced without a gap.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use http::{HeaderMap, header};
use jiff::SignedDuration;
use todo_auth::BearerAuthenticator;
use todo_core::{Caller, UserId};
use todo_service::config::Secret;

use crate::support::{App, ORIGIN};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const MONTH: SignedDuration = SignedDuration::from_hours(30 * 24);

async fn mint(app: &App) -> String {
    app.auth.service_tokens().mint(&Caller::person(UserId(77)), "r").await.expect("a token")
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

async fn accepts(mcp: &BearerAuthenticator, token: &str) -> bool {
    let mut headers = HeaderMap::new();
    headers.insert(header::AUTHORIZATION, format!("Bearer {token}").parse().expect("ASCII"));
    mcp.authenticate(&headers).await.is_ok()
}

async fn published(app: &App) -> Vec<String> {
    let jwks = app.browser().get("jwks").await.json();
    let keys = jwks["keys"].as_array().expect("keys").clone();
    keys.iter().map(|key| key["kid"].as_str().expect("a name").to_owned()).collect()
}

fn kid(token: &str) -> String {
    jsonwebtoken::decode_header(token).expect("a header").kid.expect("a name")
}

#[tokio::test]
async fn the_first_key_signs_at_once_and_replicas_share_it() {
    let app = App::start();

    let (here, there) = (mint(&app).await, mint(&app.replica()).await);

    assert_eq!(kid(&here), kid(&there));
    assert_eq!(app.store.tables().keys.len(), 1);
    assert!(accepts(&mcp(&app), &there).await);
}

#[tokio::test]
async fn many_replicas_that_start_at_once_agree_on_one_key() {
    let app = App::start();
    let replicas: Vec<_> = (0..8).map(|_| Arc::new(app.replica())).collect();

    let minted =
        replicas.iter().cloned().map(|replica| tokio::spawn(async move { mint(&replica).await }));
    for minted in minted.collect::<Vec<_>>() {
        minted.await.expect("no panic");
    }

    assert_eq!(app.store.tables().keys.len(), 1);
}

#[tokio::test]
async fn the_next_key_is_published_ten_minutes_before_it_signs() {
    let app = App::start();
    let old = kid(&mint(&app).await);
    app.clock.advance(MONTH);

    assert_eq!(kid(&mint(&app).await), old);
    let keys = published(&app).await;
    assert_eq!(keys.len(), 2);

    app.clock.advance(MINUTE * 9);
    assert_eq!(kid(&mint(&app).await), old);
    app.clock.advance(MINUTE * 2);
    assert_eq!(kid(&mint(&app).await), keys[0]);
}

#[tokio::test]
async fn tokens_of_the_old_key_are_accepted_to_their_end() {
    let app = App::start();
    let mcp = mcp(&app);
    mint(&app).await;
    app.clock.advance(MONTH);
    mint(&app).await;
    app.clock.advance(MINUTE * 9);

    let last = mint(&app).await;
    app.clock.advance(MINUTE);

    assert_ne!(kid(&mint(&app).await), kid(&last));
    assert!(accepts(&mcp, &last).await);
    assert!(accepts(&mcp, &mint(&app).await).await);
}

#[tokio::test]
async fn a_retired_key_is_neither_published_nor_accepted() {
    let app = App::start();
    let old = kid(&mint(&app).await);
    app.clock.advance(MONTH);
    mint(&app).await;

    app.clock.advance(MINUTE * 31);

    assert!(!published(&app).await.contains(&old));
    assert_eq!(published(&app).await.len(), 1);
}

#[tokio::test]
async fn a_new_secret_gets_a_new_key() {
    let app = App::start();
    let old = mint(&app).await;
    let changed = App::on(app.store.clone(), app.clock.clone(), |settings| {
        settings.secret = Secret::new("another secret of at least 32 characters");
    });

    let new = mint(&changed).await;

    assert_ne!(kid(&new), kid(&old));
    let mcp = mcp(&app);
    assert!(accepts(&mcp, &new).await && accepts(&mcp, &old).await);
}

#[tokio::test]
async fn unknown_names_of_keys_do_not_make_us_read_them_each_time() {
    let app = App::start();
    let stranger = mint(&App::start()).await;
    let mcp = mcp(&app);

    for _ in 0..20 {
        assert!(!accepts(&mcp, &stranger).await);
    }

    assert!(app.store.key_reads.load(Ordering::SeqCst) <= 2);
}

#[tokio::test]
async fn a_key_that_was_made_after_we_read_is_found() {
    let app = App::start();
    let mcp = mcp(&app);
    assert!(!accepts(&mcp, &mint(&App::start()).await).await);
    app.clock.advance(SignedDuration::from_secs(5));

    assert!(accepts(&mcp, &mint(&app).await).await);
}

//! Guessing is slow.

use jiff::SignedDuration;
use serde_json::json;
use todo_service::config::Mode;

use crate::support::App;

#[tokio::test]
async fn an_account_is_locked_after_ten_wrong_passwords() {
    let app = App::start();
    app.signed_up("ann@example.com").await;
    let from = |address: u8| app.browser().with("x-forwarded-for", &format!("203.0.113.{address}"));
    for address in 0..10 {
        assert_eq!(from(address).sign_in("ann@example.com", "wrong").await.status, 401);
    }

    let locked = from(99).sign_in("ann@example.com", "password1234").await;

    assert_eq!((locked.status, &locked.json()["code"]), (429, &json!("TOO_MANY_REQUESTS")));
    assert_eq!((locked.header("retry-after"), locked.header("x-retry-after")), ("600", "600"));
    app.clock.advance(SignedDuration::from_mins(10));
    assert_eq!(from(99).sign_in("ann@example.com", "password1234").await.status, 200);
}

#[tokio::test]
async fn a_right_password_forgets_the_wrong_ones() {
    let app = App::start();
    let mut ann = app.signed_up("ann@example.com").await;

    for _ in 0..3 {
        for _ in 0..6 {
            assert_eq!(ann.sign_in("ann@example.com", "wrong").await.status, 401);
        }
        assert_eq!(ann.sign_in("ann@example.com", "password1234").await.status, 200);
    }
}

#[tokio::test]
async fn one_address_cannot_try_many_accounts() {
    let app = App::start();
    app.signed_up("ann@example.com").await;
    let mut guesser = app.browser().with("x-forwarded-for", "203.0.113.7");

    for account in 0..30 {
        assert_eq!(
            guesser.sign_in(&format!("user{account}@example.com"), "wrong").await.status,
            401
        );
    }

    assert_eq!(guesser.sign_in("ann@example.com", "password1234").await.status, 429);
    assert_eq!(app.browser().sign_in("ann@example.com", "password1234").await.status, 200);
}

#[tokio::test]
async fn an_open_session_is_no_place_to_guess_the_password_from() {
    let app = App::start();
    let mut ann = app.signed_up("ann@example.com").await;

    for _ in 0..10 {
        assert_eq!(ann.post("delete-user", json!({ "password": "wrong" })).await.status, 400);
    }

    assert_eq!(ann.post("delete-user", json!({ "password": "password1234" })).await.status, 429);
}

#[tokio::test]
async fn sign_ups_are_limited_in_production_only() {
    for (mode, expected) in [(Mode::Development, 422), (Mode::Production, 429)] {
        let app = App::with(|settings| settings.mode = mode);
        let mut browser = app.browser();
        for _ in 0..20 {
            browser.sign_up("ann@example.com").await;
        }

        assert_eq!(browser.sign_up("ann@example.com").await.status, expected, "{mode:?}");
    }
}

//! Changing the password, and leaving.

use jiff::SignedDuration;
use serde_json::json;

use crate::support::App;

#[tokio::test]
async fn a_new_password_takes_the_place_of_the_old_one() {
    let app = App::start();
    let mut ann = app.signed_up("ann@example.com").await;

    let change = json!({ "currentPassword": "password1234", "newPassword": "password\0🦀é" });
    let answer = ann.post("change-password", change).await;

    assert_eq!((answer.status, &answer.json()["token"]), (200, &json!(null)));
    assert_eq!(ann.get("token").await.status, 200);
    assert_eq!(app.browser().sign_in("ann@example.com", "password1234").await.status, 401);
    assert_eq!(app.browser().sign_in("ANN@example.com", "password\0🦀é").await.status, 200);
}

#[tokio::test]
async fn a_new_password_can_sign_all_others_out() {
    let app = App::start();
    let mut laptop = app.signed_up("ann@example.com").await;
    let mut thief = laptop.clone();

    let change = json!({ "currentPassword": "password1234", "newPassword": "password12345", "revokeOtherSessions": true });
    laptop.post("change-password", change).await;

    assert_eq!(laptop.get("token").await.status, 200);
    assert_eq!(thief.get("token").await.status, 401);
}

#[tokio::test]
async fn an_account_is_deleted_with_its_sessions() {
    let app = App::start();
    let mut ann = app.signed_up("ann@example.com").await;

    let answer = ann.post("delete-user", json!({ "password": "password1234" })).await;

    insta::assert_snapshot!(answer.text, @r#"{"success":true,"message":"User deleted"}"#);
    assert_eq!(answer.cookies().len(), 3);
    assert!(app.store.tables().users.is_empty() && app.store.tables().sessions.is_empty());
    assert_eq!(app.browser().sign_in("ann@example.com", "password1234").await.status, 401);
}

#[tokio::test]
async fn an_old_session_deletes_only_with_the_password() {
    let app = App::start();
    let mut ann = app.signed_up("ann@example.com").await;
    app.clock.advance(SignedDuration::from_hours(24));

    let refused = ann.post("delete-user", json!({})).await;
    let deleted = ann.post("delete-user", json!({ "password": "password1234" })).await;

    assert_eq!((refused.status, &refused.json()["code"]), (400, &json!("SESSION_EXPIRED")));
    assert_eq!(deleted.status, 200);
}

#[tokio::test]
async fn neither_passwords_nor_tokens_are_stored() {
    let app = App::start();
    let ann = app.signed_up("ann@example.com").await;

    let tables = app.store.tables();
    assert!(tables.users[0].1.starts_with("$argon2id$"));
    assert!(!format!("{:?}", tables.sessions).contains(&ann.token()));
}

#[test]
fn nothing_secret_is_printed() {
    let app = App::start();

    let printed =
        format!("{:?} {:?} {:?}", app.auth, app.auth.authenticator(), app.auth.service_tokens());

    assert!(!printed.contains(crate::support::SECRET), "{printed}");
}

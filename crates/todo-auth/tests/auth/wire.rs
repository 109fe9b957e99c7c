//! What was recorded from the npm server, from us.

use http::Method;
use insta::assert_snapshot;
use serde_json::json;

use crate::support::App;

#[tokio::test]
async fn the_recorded_path_from_sign_up_to_sign_out() {
    let app = App::start();
    let mut ann = app.browser();

    assert_snapshot!(ann.get("ok").await.wire(), @r#"
    200
    cache-control: no-store
    content-type: application/json

    {"ok":true}
    "#);
    assert_snapshot!(ann.sign_up("Ann@Example.com").await.wire(), @r#"
    200
    access-control-expose-headers: set-auth-token
    cache-control: no-store
    content-type: application/json
    set-auth-token: [token].[signed]
    set-cookie: better-auth.session_token=[token].[signed]; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax

    {"token":"[token]","user":{"name":"Ann","email":"ann@example.com","emailVerified":false,"createdAt":"2026-11-20T09:47:47.042Z","updatedAt":"2026-11-20T09:47:47.042Z","id":"[id]"}}
    "#);
    assert_snapshot!(ann.get("get-session").await.wire(), @r#"
    200
    access-control-expose-headers: set-auth-jwt
    cache-control: no-store
    content-type: application/json
    pragma: no-cache
    set-auth-jwt: [signed].[signed].[signed]

    {"session":{"expiresAt":"2026-11-27T09:47:47.042Z","token":"[token]","createdAt":"2026-11-20T09:47:47.042Z","updatedAt":"2026-11-20T09:47:47.042Z","ipAddress":"127.0.0.1","userAgent":"","userId":"[id]","id":"[token]"},"user":{"name":"Ann","email":"ann@example.com","emailVerified":false,"createdAt":"2026-11-20T09:47:47.042Z","updatedAt":"2026-11-20T09:47:47.042Z","id":"[id]"}}
    "#);
    assert_snapshot!(ann.get("token").await.wire(), @r#"
    200
    cache-control: no-store
    content-type: application/json

    {"token":"[signed].[signed].[signed]"}
    "#);
    assert_snapshot!(ann.get("jwks").await.wire(), @r#"
    200
    cache-control: public, max-age=300
    content-type: application/json

    {"keys":[{"alg":"EdDSA","crv":"Ed25519","x":"[signed]","kty":"OKP","kid":"[token]"}]}
    "#);
    assert_snapshot!(ann.post("update-user", json!({ "name": "Ann B" })).await.wire(), @r#"
    200
    access-control-expose-headers: set-auth-token
    cache-control: no-store
    content-type: application/json
    set-auth-token: [token].[signed]
    set-cookie: better-auth.session_token=[token].[signed]; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax

    {"status":true}
    "#);
    assert_snapshot!(ann.post("sign-out", json!({})).await.wire(), @r#"
    200
    cache-control: no-store
    content-type: application/json
    set-cookie: better-auth.dont_remember=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax
    set-cookie: better-auth.session_data=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax
    set-cookie: better-auth.session_token=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax

    {"success":true}
    "#);
    assert_snapshot!(ann.get("get-session").await.wire(), @r#"
    200
    cache-control: no-store
    content-type: application/json
    pragma: no-cache

    null
    "#);
}

#[tokio::test]
async fn a_session_that_ends_with_the_browser() {
    let app = App::start();
    let mut ann = app.signed_up("ann@example.com").await;

    let sign_in =
        json!({ "email": "ann@example.com", "password": "password1234", "rememberMe": false });
    assert_snapshot!(ann.post("sign-in/email", sign_in).await.wire(), @r#"
    200
    access-control-expose-headers: set-auth-token
    cache-control: no-store
    content-type: application/json
    set-auth-token: [token].[signed]
    set-cookie: better-auth.dont_remember=true.[signed]; Path=/; HttpOnly; SameSite=Lax
    set-cookie: better-auth.session_token=[token].[signed]; Path=/; HttpOnly; SameSite=Lax

    {"redirect":false,"token":"[token]","user":{"name":"Ann","email":"ann@example.com","emailVerified":false,"createdAt":"2026-11-20T09:47:47.042Z","updatedAt":"2026-11-20T09:47:47.042Z","id":"[id]"}}
    "#);
    let change = json!({ "currentPassword": "password1234", "newPassword": "password12345", "revokeOtherSessions": true });
    assert_snapshot!(ann.post("change-password", change).await.wire(), @r#"
    200
    access-control-expose-headers: set-auth-token
    cache-control: no-store
    content-type: application/json
    set-auth-token: [token].[signed]
    set-cookie: better-auth.dont_remember=true.[signed]; Path=/; HttpOnly; SameSite=Lax
    set-cookie: better-auth.session_token=[token].[signed]; Path=/; HttpOnly; SameSite=Lax

    {"token":"[token]","user":{"name":"Ann","email":"ann@example.com","emailVerified":false,"createdAt":"2026-11-20T09:47:47.042Z","updatedAt":"2026-11-20T09:47:47.042Z","id":"[id]"}}
    "#);
}

#[tokio::test]
async fn other_sessions_are_named_by_their_id() {
    let app = App::start();
    let mut laptop = app.signed_up("ann@example.com").await;
    app.browser().sign_in("ann@example.com", "password1234").await;

    let list = laptop.get("list-sessions").await.json();

    assert_eq!(list[1]["token"], laptop.token());
    assert_eq!(list[0]["token"], list[0]["id"]);
    insta::assert_json_snapshot!(list[1], { ".id" => "[id]", ".token" => "[token]", ".userId" => "[user]" }, @r#"
    {
      "createdAt": "2026-11-20T09:47:47.042Z",
      "expiresAt": "2026-11-27T09:47:47.042Z",
      "id": "[id]",
      "ipAddress": "127.0.0.1",
      "token": "[token]",
      "updatedAt": "2026-11-20T09:47:47.042Z",
      "userAgent": "",
      "userId": "[user]"
    }
    "#);
}

#[tokio::test]
async fn refusals_have_the_recorded_codes_and_sentences() {
    let app = App::start();
    let mut ann = app.signed_up("ann@example.com").await;
    let mut stranger = app.browser();
    let account = |email: &str, password: &str| json!({ "name": "Ann", "email": email, "password": password });
    let mut said = Vec::new();

    for (path, body) in [
        ("sign-up/email", account("ann@example.com", "password1234")),
        ("sign-up/email", account("new@example.com", "short")),
        ("sign-up/email", account("new@example.com", &"x".repeat(129))),
        ("sign-up/email", json!({ "email": "bad" })),
        (
            "sign-up/email",
            json!({ "name": "\u{7}", "email": 7, "password": null, "rememberMe": "x", "image": 3 }),
        ),
        (
            "sign-up/email",
            json!({ "name": "n".repeat(101), "email": "new@example.com", "password": "password1234" }),
        ),
        ("sign-up/email", json!([])),
        ("sign-in/email", json!({})),
        ("sign-in/email", json!({ "email": "bad", "password": "x" })),
        ("sign-in/email", json!({ "email": "ann@example.com", "password": "wrong" })),
        ("sign-in/email", json!({ "email": "nobody@example.com", "password": "wrong" })),
        ("revoke-session", json!({ "token": "x" })),
        ("update-user", json!({ "name": "x" })),
        ("delete-user", json!({})),
    ] {
        let answer = stranger.post(path, body).await;
        said.push(format!("{path} {} {}", answer.status, answer.text));
    }
    for (path, body) in [
        ("revoke-session", json!({})),
        ("update-user", json!({})),
        ("update-user", json!({ "email": "x@example.com" })),
        ("change-password", json!({})),
        (
            "change-password",
            json!({ "currentPassword": "wrong1234", "newPassword": "password12345" }),
        ),
        ("change-password", json!({ "currentPassword": "password1234", "newPassword": "short" })),
        ("delete-user", json!({ "password": "wrong1234" })),
        ("delete-user", json!({ "password": 5 })),
    ] {
        let answer = ann.post(path, body).await;
        said.push(format!("{path} {} {}", answer.status, answer.text));
    }

    assert_snapshot!(said.join("\n"), @r#"
    sign-up/email 422 {"message":"User already exists. Use another email.","code":"USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL"}
    sign-up/email 400 {"message":"Password too short","code":"PASSWORD_TOO_SHORT"}
    sign-up/email 400 {"message":"Password too long","code":"PASSWORD_TOO_LONG"}
    sign-up/email 400 {"message":"[body.name] Invalid input: expected string, received undefined; [body.email] Invalid email address; [body.password] Invalid input: expected string, received undefined","code":"VALIDATION_ERROR"}
    sign-up/email 400 {"message":"[body.name] Invalid string: must not contain control characters; [body.email] Invalid input: expected string, received number; [body.password] Invalid input: expected string, received null; [body.image] Invalid input: expected string, received number; [body.rememberMe] Invalid input: expected boolean, received string","code":"VALIDATION_ERROR"}
    sign-up/email 400 {"message":"[body.name] Too big: expected string to have <=100 characters","code":"VALIDATION_ERROR"}
    sign-up/email 400 {"message":"[body] Invalid input: expected object, received array","code":"VALIDATION_ERROR"}
    sign-in/email 400 {"message":"[body.email] Invalid input: expected string, received undefined; [body.password] Invalid input: expected string, received undefined","code":"VALIDATION_ERROR"}
    sign-in/email 400 {"message":"Invalid email","code":"INVALID_EMAIL"}
    sign-in/email 401 {"message":"Invalid email or password","code":"INVALID_EMAIL_OR_PASSWORD"}
    sign-in/email 401 {"message":"Invalid email or password","code":"INVALID_EMAIL_OR_PASSWORD"}
    revoke-session 401 {"message":"Unauthorized","code":"UNAUTHORIZED"}
    update-user 401 {"message":"Unauthorized","code":"UNAUTHORIZED"}
    delete-user 401 {"message":"Unauthorized","code":"UNAUTHORIZED"}
    revoke-session 400 {"message":"[body.token] Invalid input: expected string, received undefined","code":"VALIDATION_ERROR"}
    update-user 400 {"message":"No fields to update","code":"BAD_REQUEST"}
    update-user 400 {"message":"Email can not be updated","code":"EMAIL_CAN_NOT_BE_UPDATED"}
    change-password 400 {"message":"[body.newPassword] Invalid input: expected string, received undefined; [body.currentPassword] Invalid input: expected string, received undefined","code":"VALIDATION_ERROR"}
    change-password 400 {"message":"Invalid password","code":"INVALID_PASSWORD"}
    change-password 400 {"message":"Password too short","code":"PASSWORD_TOO_SHORT"}
    delete-user 400 {"message":"Invalid password","code":"INVALID_PASSWORD"}
    delete-user 400 {"message":"[body.password] Invalid input: expected string, received number","code":"VALIDATION_ERROR"}
    "#);
}

#[tokio::test]
async fn nothing_is_an_empty_404() {
    let app = App::start();
    let mut browser = app.browser();

    for (method, path) in [
        (Method::GET, "nope"),
        (Method::GET, "sign-up/email"),
        (Method::POST, "ok"),
        (Method::OPTIONS, "ok"),
        (Method::DELETE, "sign-out"),
        (Method::GET, ""),
    ] {
        let answer = browser.send(method, path, None).await;
        assert_eq!((answer.status, answer.text.as_str()), (404, ""), "{path}");
    }
}

#[tokio::test]
async fn a_foreign_page_is_refused() {
    let app = App::start();
    let mut foreign = app.signed_up("ann@example.com").await.with("origin", "http://evil.example");

    let answer = foreign.sign_in("ann@example.com", "password1234").await;

    assert_eq!(answer.status, 403);
    assert_eq!(answer.json(), json!({ "code": "INVALID_ORIGIN", "message": "Invalid origin" }));
}

#[tokio::test]
async fn bodies_that_are_no_json_are_refused() {
    let app = App::start();
    let mut browser = app.browser();

    let broken = browser.send(Method::POST, "sign-in/email", Some("{".into())).await;
    let surrogate =
        browser.send(Method::POST, "sign-in/email", Some(r#"{"email":"\ud800"}"#.into())).await;
    let form = browser.with("content-type", "text/plain").post("sign-in/email", json!({})).await;

    assert_snapshot!(broken.text, @r#"{"message":"Invalid JSON in request body","code":"BAD_REQUEST"}"#);
    assert_eq!(surrogate.text, broken.text);
    assert_snapshot!(format!("{} {}", form.status, form.text), @r#"415 {"message":"Content-Type \"text/plain\" is not allowed. Allowed types: application/json","code":"UNSUPPORTED_MEDIA_TYPE"}"#);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_in_the_same_shape() {
    let app = App::start();
    let body = json!({ "email": "a".repeat(10_000_000), "password": "password1234" });

    let answer = app.browser().post("sign-in/email", body).await;

    assert_eq!(answer.status, 413);
    assert_eq!(
        answer.json(),
        json!({ "code": "BODY_TOO_LARGE", "message": "The request is too large." })
    );
}

#[tokio::test]
async fn the_zone_of_the_browser_is_the_first_setting() {
    let app = App::start();
    let zone = |email: &'static str, header: &'static str, body: Option<&'static str>| {
        let mut browser = app.browser().with("x-timezone", header);
        let store = app.store.clone();
        async move {
            let account = json!({ "name": "A", "email": email, "password": "password1234", "timezone": body });
            assert_eq!(browser.post("sign-up/email", account).await.status, 200);
            store.tables().users.last().expect("a user").2.timezone.clone()
        }
    };

    assert_eq!(zone("a@example.com", "Asia/Tokyo", Some("Europe/Zurich")).await, "Europe/Zurich");
    assert_eq!(zone("b@example.com", "Asia/Tokyo", Some("Mars/Base")).await, "Asia/Tokyo");
    assert_eq!(zone("c@example.com", "../etc/passwd", None).await, "UTC");
}

#[tokio::test]
async fn sign_up_can_be_off() {
    let app = App::with(|settings| settings.allow_sign_up = false);

    let answer = app.browser().sign_up("ann@example.com").await;

    assert_eq!(answer.status, 400);
    assert_eq!(answer.json()["code"], "EMAIL_PASSWORD_SIGN_UP_DISABLED");
}

#[tokio::test]
async fn a_store_that_is_down_is_a_503_that_says_nothing_of_the_inside() {
    let app = App::start();
    let mut ann = app.signed_up("ann@example.com").await;
    app.store.go_down();

    let answer = ann.get("get-session").await;

    assert_eq!(answer.status, 503);
    assert_eq!(
        answer.json(),
        json!({ "code": "UNAVAILABLE", "message": "The service cannot answer at the moment. Please try again shortly." })
    );
    assert_ne!(answer.header("retry-after"), "");
}

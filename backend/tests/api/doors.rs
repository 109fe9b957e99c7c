//! Who may read and write what. The routes come from the OpenAPI document, so that a new one is walked as well.

use http::Method;
use jiff::SignedDuration;
use serde_json::{Value, json};
use todo_testing::{Answer, Call, TestApp, TestUser};

/// Every route below a user's address, like `GET /tasks/{id}`.
fn routes() -> Vec<(Method, String)> {
    let document = serde_json::to_value(backend::document()).expect("a document");
    let mut routes = Vec::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        let path = path.strip_prefix("/api/{user_id}").expect("everything belongs to a user");
        for method in methods.as_object().expect("methods").keys() {
            let method = method.to_uppercase().parse().expect("a method");
            routes.push((method, path.to_owned()));
        }
    }
    assert!(routes.len() >= 30, "{routes:?}");
    routes
}

/// A body that the route takes.
fn body(method: &Method, path: &str) -> Option<Value> {
    Some(match (method.as_str(), path) {
        ("POST", "/tasks") | ("PUT" | "PATCH", "/tasks/{id}") => json!({ "title": "taken over" }),
        ("POST", "/tasks/parse") => json!({ "text": "x" }),
        ("PATCH", "/tasks/{id}/complete") => json!({ "completed": true }),
        ("POST", "/changes/undo") => json!({ "actor": "person", "since": "2026-11-20T00:00:00Z" }),
        ("POST", "/chat" | "/chat/stream") => json!({ "message": "add buy x" }),
        ("POST", "/conversations") | ("PUT", "/conversations/{id}") => {
            json!({ "title": "taken over" })
        }
        ("PATCH", "/settings") => json!({ "theme": "dark" }),
        _ => return None,
    })
}

fn with_body(call: Call, method: &Method, path: &str) -> Call {
    match body(method, path) {
        Some(body) => call.json(&body),
        None => call,
    }
}

/// Somebody with a task, a deleted task, changes, a plan and a conversation, all of them number 1 or 2.
async fn ana_with_everything(app: &TestApp) -> TestUser {
    let ana = app.user("ana").await;
    ana.chat("add buy secret").await;
    ana.add_task("secret too").await;
    ana.add_task("secret in the trash").await;
    ana.delete_task(3).await;
    ana.mcp_call("delete_task", json!({ "all": true })).await;
    ana
}

/// All that somebody can see of their own.
async fn everything(user: &TestUser) -> Vec<Value> {
    let mut seen = Vec::new();
    for path in [
        "/tasks?status=all",
        "/trash",
        "/changes",
        "/plans",
        "/conversations",
        "/settings",
        "/tags",
    ] {
        seen.push(user.get(path).await.json);
    }
    seen
}

#[tokio::test]
async fn without_a_token_every_route_asks_to_sign_in() {
    let app = TestApp::start().await;
    let ana = ana_with_everything(&app).await;
    let before = everything(&ana).await;

    for (method, path) in routes() {
        for user in ["me", &ana.id] {
            let address = format!("/api/{user}{}", path.replace("{id}", "1"));
            let answer = with_body(app.call(method.clone(), &address), &method, &path).await;
            assert_eq!((answer.status, answer.code()), (401, "unauthorized"), "{method} {address}");
            assert_eq!(answer.header("www-authenticate"), "Bearer", "{method} {address}");
        }
    }
    assert_eq!(everything(&ana).await, before);
}

#[tokio::test]
async fn forged_and_expired_tokens_open_nothing() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    let signed = ana.call(Method::GET, "/api/auth/token").await.json["token"]
        .as_str()
        .expect("a token")
        .to_owned();
    let service = app.service_token(&ana.caller()).await;
    let read = async |token: &str| app.call(Method::GET, "/api/me/tasks").token(token).await.status;
    assert_eq!(read(&signed).await, 200);

    let [head, claims, signature] =
        signed.split('.').collect::<Vec<_>>().try_into().expect("three parts");
    let forgeries = [
        "x".to_owned(),
        format!("{}x", ana.token),
        format!("{head}.{claims}."),
        format!("{head}.{claims}.{}", signature.chars().rev().collect::<String>()),
        format!("eyJhbGciOiJub25lIn0.{claims}."),
        service,
    ];
    for forgery in &forgeries {
        assert_eq!(read(forgery).await, 401, "{forgery}");
    }
    app.advance(SignedDuration::from_mins(16));
    assert_eq!(read(&signed).await, 401);
    assert_eq!(read(&ana.token).await, 200);
    app.advance(SignedDuration::from_hours(24 * 9));
    assert_eq!(read(&ana.token).await, 401);
}

#[tokio::test]
async fn somebody_elses_address_does_not_exist() {
    let app = TestApp::start().await;
    let (ana, ben) = (ana_with_everything(&app).await, app.user("ben").await);
    let before = everything(&ana).await;

    for (method, path) in routes() {
        let answer = async |user: &str| {
            let address = format!("/api/{user}{}", path.replace("{id}", "1"));
            with_body(ben.call(method.clone(), &address), &method, &path).await
        };
        let (hers, nobodys) = (answer(&ana.id).await, answer("0000000000000").await);
        assert_eq!(
            (hers.status, hers.code()),
            (404, "not_found"),
            "{method} {path}: {}",
            hers.text
        );
        assert_eq!(hers.text, nobodys.text, "{method} {path}");
    }
    assert_eq!(everything(&ana).await, before);
}

#[tokio::test]
async fn the_own_id_and_me_are_the_same_address() {
    let app = TestApp::start().await;
    let ana = ana_with_everything(&app).await;

    let by_id = ana.call(Method::GET, &format!("/api/{}/tasks", ana.id)).await;

    assert_eq!(by_id.json, ana.get("/tasks").await.json);
}

/// What an answer says, with the number that was asked for taken out.
fn without(answer: &Answer, id: i64) -> (u16, String) {
    (answer.status, answer.text.replace(&id.to_string(), "N"))
}

#[tokio::test]
async fn somebody_elses_numbers_look_like_missing_ones() {
    let app = TestApp::start().await;
    let (ana, ben) = (ana_with_everything(&app).await, app.user("ben").await);
    let before = everything(&ana).await;

    let with_id = routes().into_iter().filter(|(_, path)| path.contains("{id}"));
    for (method, path) in with_id {
        let answer = async |id: i64| {
            let address = format!("/api/me{}", path.replace("{id}", &id.to_string()));
            with_body(ben.call(method.clone(), &address), &method, &path).await
        };
        for hers in 1..=3 {
            let (hers, nobodys) =
                (without(&answer(hers).await, hers), without(&answer(888_888).await, 888_888));
            assert_eq!(hers.0, 404, "{method} {path}: {}", hers.1);
            assert_eq!(hers, nobodys, "{method} {path}");
        }
    }
    assert_eq!(everything(&ana).await, before);
    assert_eq!(ben.seq().await, 0);
}

#[tokio::test]
async fn numbers_in_questions_and_bodies_reveal_nothing_either() {
    let app = TestApp::start().await;
    let (ana, ben) = (ana_with_everything(&app).await, app.user("ben").await);

    let screen = ben.get("/screen?view=all&task=1&conversation=1").await;
    let history = ben.get("/changes?task=1").await;

    assert!(!screen.text.contains("secret"), "{}", screen.text);
    assert_eq!((&screen.json["task"], &screen.json["conversation"]), (&Value::Null, &Value::Null));
    assert_eq!(history.json["changes"], json!([]));
    assert_ne!(ana.seq().await, 0);
}

#[tokio::test]
async fn a_page_of_another_site_cannot_write_with_the_browsers_cookie() {
    let app = TestApp::start().await;
    let credentials =
        json!({ "name": "Ana", "email": "ana@example.test", "password": "correct horse" });
    let signed_up = app.call(Method::POST, "/api/auth/sign-up/email").json(&credentials).await;
    let cookie = signed_up.header("set-cookie").split(';').next().expect("a cookie").to_owned();
    let write = |origin: &str| {
        let call = app
            .call(Method::POST, "/api/me/tasks")
            .header("cookie", &cookie)
            .header("origin", origin);
        call.json(&json!({ "title": "x" }))
    };

    assert_eq!(write("http://localhost:3000").await.status, 201);
    let foreign = write("https://evil.example").await;
    assert_eq!((foreign.status, foreign.code()), (403, "INVALID_ORIGIN"));
    let metadata = write("https://evil.example").header("sec-fetch-site", "cross-site").await;
    assert_eq!(metadata.status, 403);
}

#[tokio::test]
async fn answers_are_nobody_elses() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;

    let list = ana.get("/tasks").await;
    let missing = ana.get("/tasks/9").await;

    for answer in [list, missing] {
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"));
    }
}

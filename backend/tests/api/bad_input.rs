//! Requests that nobody sends by accident: a clear refusal each, nothing changed, nothing shown of the inside, no panic.
//! (That no answer is a 500 and that every refusal is problem+json with a code is checked by the test app itself.)

use http::Method;
use serde_json::json;
use todo_testing::{Call, TestApp, TestUser};

async fn ana() -> (TestApp, TestUser) {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_task("one").await;
    (app, ana)
}

/// Every route that takes a body.
fn writes(ana: &TestUser) -> Vec<Call> {
    let writes = [
        (Method::POST, "/tasks"),
        (Method::PUT, "/tasks/1"),
        (Method::PATCH, "/tasks/1"),
        (Method::PATCH, "/tasks/1/complete"),
        (Method::POST, "/tasks/parse"),
        (Method::POST, "/changes/undo"),
        (Method::POST, "/chat"),
        (Method::POST, "/chat/stream"),
        (Method::POST, "/conversations"),
        (Method::PUT, "/conversations/1"),
        (Method::PATCH, "/settings"),
    ];
    writes.into_iter().map(|(method, path)| ana.call(method, &format!("/api/me{path}"))).collect()
}

async fn each_refuses(content_type: &str, body: &[u8], status: u16, code: &str) {
    let (_app, ana) = ana().await;
    for (n, write) in writes(&ana).into_iter().enumerate() {
        let answer = write.body(content_type, body).await;
        assert_eq!((answer.status, answer.code()), (status, code), "route {n}: {}", answer.text);
    }
    assert_eq!(ana.seq().await, 1);
    assert_eq!(ana.get("/conversations").await.json["conversations"], json!([]));
}

const JSON: &str = "application/json";

#[tokio::test]
async fn what_is_not_json() {
    each_refuses(JSON, b"title=milk", 400, "malformed_json").await;
}

#[tokio::test]
async fn no_body_at_all() {
    each_refuses(JSON, b"", 400, "malformed_json").await;
}

#[tokio::test]
async fn half_a_body() {
    each_refuses(JSON, b"{", 400, "malformed_json").await;
    each_refuses(JSON, b"{\"", 400, "malformed_json").await;
}

#[tokio::test]
async fn more_than_one_body() {
    let (_app, ana) = ana().await;

    let answer = ana.call(Method::PATCH, "/api/me/tasks/1").body(JSON, "{} {}").await;

    assert_eq!((answer.status, answer.code()), (400, "malformed_json"));
}

#[tokio::test]
async fn bytes_that_are_no_text() {
    each_refuses(JSON, b"{\"title\":\"\xff\xfe\"}", 400, "malformed_json").await;
}

#[tokio::test]
async fn a_lone_surrogate() {
    for body in [
        r#"{"title":"\ud83d","message":"\ud83d","text":"\ud83d","locale":"\ud83d","actor":"\ud83d"}"#,
    ] {
        let (_app, ana) = ana().await;
        for write in writes(&ana) {
            let answer = write.body(JSON, body).await;
            assert!(matches!(answer.status, 400 | 422), "{}: {}", answer.status, answer.text);
        }
        assert_eq!(ana.seq().await, 1);
    }
}

#[tokio::test]
async fn a_list_in_place_of_an_object() {
    each_refuses(JSON, br#"["milk"]"#, 422, "invalid_field").await;
}

#[tokio::test]
async fn json_that_is_no_object() {
    for body in ["null", "7", "\"milk\"", "true"] {
        each_refuses(JSON, body.as_bytes(), 422, "invalid_field").await;
    }
}

#[tokio::test]
async fn members_that_nobody_knows() {
    each_refuses(JSON, br#"{"hack":1}"#, 422, "invalid_field").await;
}

#[tokio::test]
async fn a_member_twice() {
    let (_app, ana) = ana().await;

    let answer =
        ana.call(Method::POST, "/api/me/tasks").body(JSON, r#"{"title":"a","title":"b"}"#).await;

    assert_eq!((answer.status, answer.field()), (422, "title"));
}

#[tokio::test]
async fn another_content_type() {
    each_refuses("text/plain", b"{}", 415, "unsupported_media_type").await;
    each_refuses("application/x-www-form-urlencoded", b"title=x", 415, "unsupported_media_type")
        .await;
}

#[tokio::test]
async fn ten_megabytes() {
    let body = format!("{{\"title\":\"{}\"}}", "x".repeat(10 << 20));
    each_refuses(JSON, body.as_bytes(), 413, "body_too_large").await;
}

#[tokio::test]
async fn json_that_is_nested_without_end() {
    let body = format!("{{\"title\":{}{}}}", "[".repeat(50_000), "]".repeat(50_000));
    let (_app, ana) = ana().await;

    let answer = ana.call(Method::POST, "/api/me/tasks").body(JSON, body).await;

    assert!(matches!(answer.status, 400 | 422), "{}", answer.text);
}

#[tokio::test]
async fn numbers_that_do_not_fit() {
    let (_app, ana) = ana().await;

    for number in ["1e999", "99999999999999999999", "-1", "1.5", "NaN"] {
        let body = format!("{{\"title\":\"x\",\"reminders\":[{{\"minutes_before\":{number}}}]}}");
        let answer = ana.call(Method::POST, "/api/me/tasks").body(JSON, body).await;
        assert!(matches!(answer.status, 400 | 422), "{number}: {}", answer.text);
    }
    assert_eq!(ana.seq().await, 1);
}

#[tokio::test]
async fn ids_that_no_row_can_have() {
    let (_app, ana) = ana().await;
    ana.chat("add buy two").await;
    let seq = ana.seq().await;

    for id in [
        "0",
        "-1",
        "9223372036854775807",
        "9223372036854775808",
        "99999999999999999999999999",
        "1e3",
        "+1x",
        "%F0%9F%98%80",
        "%ff",
    ] {
        for (method, path) in [
            (Method::GET, "/tasks/{}"),
            (Method::DELETE, "/tasks/{}"),
            (Method::POST, "/trash/{}/restore"),
            (Method::POST, "/changes/{}/undo"),
            (Method::GET, "/plans/{}"),
            (Method::POST, "/plans/{}/confirm"),
            (Method::DELETE, "/plans/{}"),
            (Method::GET, "/conversations/{}"),
            (Method::GET, "/conversations/{}/messages"),
            (Method::GET, "/conversations/{}/export"),
            (Method::DELETE, "/conversations/{}"),
        ] {
            let path = format!("/api/me{}", path.replace("{}", id));
            let answer = ana.call(method.clone(), &path).await;
            assert_eq!(answer.status, 404, "{method} {path}: {}", answer.text);
        }
    }
    assert_eq!(ana.seq().await, seq);
}

#[tokio::test]
async fn nul_in_an_address() {
    let (_app, ana) = ana().await;

    for path in
        ["/tasks?q=%00", "/tasks?tag=%00", "/conversations?q=%00", "/screen?view=search&q=%00"]
    {
        let answer = ana.get(path).await;
        assert!(
            answer.status == 200 || answer.status == 422,
            "{path}: {} {}",
            answer.status,
            answer.text
        );
    }
}

#[tokio::test]
async fn searches_that_mean_something_to_a_database() {
    let (_app, ana) = ana().await;

    for q in [
        "%27%3B+DROP+TABLE",
        "%22",
        "*",
        "AND+OR+NOT",
        "NEAR(",
        "%25",
        "_",
        "a:*",
        "!",
        "(((",
        "%5C",
        "%F0%9F%98%80",
    ] {
        let answer = ana.get(&format!("/tasks?q={q}")).await;
        assert_eq!(answer.status, 200, "{q}: {}", answer.text);
    }
}

#[tokio::test]
async fn methods_and_addresses_that_nobody_serves() {
    let (_app, ana) = ana().await;

    let method = ana.call(Method::PUT, "/api/me/tasks").json(&json!({})).await;
    let address = ana.get("/nothing").await;
    let outside = ana.call(Method::GET, "/api").await;

    assert_eq!(
        (method.status, method.code(), method.header("allow").contains("POST")),
        (405, "method_not_allowed", true)
    );
    assert_eq!((address.status, address.code()), (404, "not_found"));
    assert_eq!(outside.status, 404);
}

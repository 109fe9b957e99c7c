use std::io;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::middleware::map_response;
use axum::routing::{get, post};
use http::{HeaderMap, Request, StatusCode, header};
use serde::Deserialize;
use serde_json::{Value, json};
use todo_service::ApiError;
use todo_service::body_limit::limit_body;
use todo_service::error::{better_auth_shape, catch_panics, method_not_allowed, not_found};
use todo_service::extract::{Json, Path, Query};
use tower::ServiceExt as _;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewTask {
    title: String,
    #[serde(default)]
    #[expect(dead_code, reason = "read by serde only")]
    due: Option<Due>,
    #[serde(default)]
    tags: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Due {
    #[serde(rename = "date")]
    _date: String,
    #[serde(rename = "days", default)]
    _days: u32,
}

#[derive(Debug, Deserialize)]
struct Page {
    limit: u32,
}

fn app() -> Router {
    let router = Router::new()
        .route("/tasks", post(async |Json(task): Json<NewTask>| task.title + &task.tags.join(",")))
        .route("/list", get(async |Query(page): Query<Page>| page.limit.to_string()))
        .route("/tasks/{id}", get(async |Path(id): Path<u32>| id.to_string()))
        .route("/panic", get(async || -> &'static str { panic!("secret inside") }))
        .route("/broken", get(async || ApiError::internal(&io::Error::other("secret inside"))))
        .route("/busy", get(async || ApiError::busy(Duration::from_millis(1500))))
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed);
    limit_body(catch_panics(router), 1000)
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Value,
}

async fn ask(router: Router, request: Request<Body>) -> Answer {
    let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
    let bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    Answer { status: parts.status, headers: parts.headers, body }
}

async fn look(path: &str) -> Answer {
    ask(app(), Request::get(path).body(Body::empty()).unwrap()).await
}

async fn send(body: impl Into<Body>) -> Answer {
    let request = Request::post("/tasks").header("content-type", "application/json");
    ask(app(), request.body(body.into()).unwrap()).await
}

/// Status, code and field of a failure.
fn gist(answer: &Answer) -> (u16, &str, Option<&str>) {
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json");
    assert_eq!(answer.body["status"], answer.status.as_u16());
    let code = answer.body["code"].as_str().unwrap();
    (answer.status.as_u16(), code, answer.body["field"].as_str())
}

#[tokio::test]
async fn a_failure_is_a_problem_document() {
    let error = ApiError::client(StatusCode::CONFLICT, "version_conflict", "The task has changed.")
        .with_field("version")
        .with("current", 7)
        .with_header(header::ETAG, "\"7\"".parse().unwrap());
    let router = Router::new().route("/", get(async || error));

    let answer = ask(router, Request::get("/").body(Body::empty()).unwrap()).await;

    assert_eq!(answer.headers[header::ETAG], "\"7\"");
    assert_eq!(
        answer.body,
        json!({
            "type": "about:blank", "title": "Conflict", "status": 409, "code": "version_conflict",
            "detail": "The task has changed.", "field": "version", "current": 7,
        })
    );
}

#[tokio::test]
async fn json_that_is_none_is_a_bad_request() {
    for body in ["", "{", "{\"title\":\"\\ud83d\"}", "{\"title\":\"a\"} x", "{\"title\":\"\u{0}\"}"]
    {
        assert_eq!(gist(&send(body).await), (400, "malformed_json", None), "{body:?}");
    }
    assert_eq!(gist(&send(&b"{\"title\":\"\xff\"}"[..]).await), (400, "malformed_json", None));
    assert_eq!(
        gist(&send(&b"{\"x\":\"\xff\",\"title\":\"a\"}"[..]).await),
        (400, "malformed_json", None)
    );
}

#[tokio::test]
async fn json_of_another_shape_names_the_field() {
    let cases = [
        ("{}", Some("title"), "Missing field `title`."),
        ("{\"title\":7}", Some("title"), "Invalid type: integer `7`, expected a string."),
        (
            "{\"title\":\"a\",\"colour\":1}",
            Some("colour"),
            "Unknown field `colour`, expected one of `title`, `due`, `tags`.",
        ),
        ("{\"title\":\"a\",\"due\":{}}", Some("due.date"), "Missing field `date`."),
        (
            "{\"title\":\"a\",\"due\":7}",
            Some("due"),
            "Invalid type: integer `7`, expected an object.",
        ),
        (
            "{\"title\":\"a\",\"due\":{\"date\":\"x\",\"days\":-1}}",
            Some("due.days"),
            "Invalid value: integer `-1`, expected a whole number, zero or more.",
        ),
        (
            "{\"title\":\"a\",\"tags\":[\"b\",null]}",
            Some("tags[1]"),
            "Invalid type: null, expected a string.",
        ),
        ("{\"title\":\"a\",\"title\":\"b\"}", Some("title"), "Duplicate field `title`."),
        ("7", None, "Invalid type: integer `7`, expected an object."),
        ("[\"a\"]", None, "Invalid type: sequence, expected an object."),
    ];
    for (body, field, detail) in cases {
        let answer = send(body).await;
        assert_eq!(gist(&answer), (422, "invalid_field", field), "{body}");
        assert_eq!(answer.body["detail"], detail);
    }
}

#[tokio::test]
async fn a_body_must_say_that_it_is_json() {
    let request = Request::post("/tasks").body(Body::from("{\"title\":\"a\"}")).unwrap();
    assert_eq!(gist(&ask(app(), request).await), (415, "unsupported_media_type", None));

    let request = Request::post("/tasks")
        .header("content-type", "application/merge-patch+json; charset=utf-8");
    let answer = ask(app(), request.body(Body::from("{\"title\":\"a\"}")).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_announced_or_not() {
    let text = format!("{{\"title\":\"{}\"}}", "a".repeat(2000));
    assert_eq!(gist(&send(text.clone()).await), (413, "body_too_large", None));

    let chunks = futures::stream::iter(
        text.into_bytes().chunks(100).map(|c| Ok::<_, io::Error>(c.to_vec())).collect::<Vec<_>>(),
    );
    assert_eq!(gist(&send(Body::from_stream(chunks)).await), (413, "body_too_large", None));
}

#[tokio::test]
async fn addresses_that_make_no_sense_are_named() {
    assert_eq!(gist(&look("/list?limit=many").await), (422, "invalid_query", Some("limit")));
    assert_eq!(gist(&look("/list").await), (422, "invalid_query", Some("limit")));
    assert_eq!(gist(&look("/tasks/99999999999999999999").await), (400, "invalid_path", None));
    assert_eq!(gist(&look("/tasks/%ff").await), (400, "invalid_path", Some("id")));
}

#[tokio::test]
async fn nothing_here_and_not_that_way_are_problems_too() {
    assert_eq!(gist(&look("/nowhere").await), (404, "not_found", None));
    let answer = look("/tasks").await;
    assert_eq!(gist(&answer), (405, "method_not_allowed", None));
    assert_eq!(answer.headers[header::ALLOW], "POST");
}

#[tokio::test]
async fn our_own_failures_show_nothing_of_the_inside() {
    for path in ["/panic", "/broken"] {
        let answer = look(path).await;
        assert_eq!(gist(&answer), (500, "internal", None));
        assert!(!answer.body.to_string().contains("secret"));
    }
}

#[tokio::test]
async fn a_busy_service_says_when_to_come_back() {
    let answer = look("/busy").await;

    assert_eq!(gist(&answer), (503, "unavailable", None));
    assert_eq!(answer.headers[header::RETRY_AFTER], "2");
}

#[tokio::test]
async fn under_auth_a_failure_has_the_shape_that_better_auth_clients_read() {
    let request =
        Request::post("/tasks").header("content-type", "application/json").body(Body::from("{"));

    let answer = ask(app().layer(map_response(better_auth_shape)), request.unwrap()).await;

    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/json");
    assert_eq!(answer.body["code"], "MALFORMED_JSON");
    assert_eq!(answer.body.as_object().unwrap().len(), 2);
}

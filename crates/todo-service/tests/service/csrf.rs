use axum::Router;
use axum::body::{Body, to_bytes};
use axum::routing::any;
use http::{Request, StatusCode};
use serde_json::Value;
use todo_service::config::Origin;
use todo_service::security::refuse_cross_origin;
use tower::ServiceExt as _;

type Headers<'a> = &'a [(&'a str, &'a str)];

async fn send(method: &str, path: &str, headers: Headers<'_>) -> (StatusCode, Value) {
    let origin: Origin = "https://todo.example".parse().unwrap();
    let inner = Router::new().route("/{*path}", any(async || "ok"));
    let router = refuse_cross_origin(Router::new().nest("/api", inner), Some(&origin));
    let mut request = Request::builder().method(method).uri(path).header("host", "todo.local");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let status = response.status();
    let bytes = to_bytes(response.into_body(), 1 << 16).await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap_or_default())
}

#[tokio::test]
async fn requests_of_our_own_pages_and_of_programs_pass() {
    let cases: [Headers<'_>; 9] = [
        &[],
        &[("cookie", "a=b")],
        &[("sec-fetch-site", "same-origin"), ("origin", "null")],
        &[("sec-fetch-site", "none")],
        &[("origin", "http://todo.local")],
        &[("origin", "https://todo.example")],
        &[("origin", "https://todo.example"), ("sec-fetch-site", "cross-site")],
        &[("origin", "https://evil.example"), ("authorization", "Bearer x")],
        &[("sec-fetch-site", "cross-site"), ("authorization", "Bearer x")],
    ];
    for headers in cases {
        assert_eq!(send("POST", "/api/tasks", headers).await.0, StatusCode::OK, "{headers:?}");
    }
}

#[tokio::test]
async fn requests_of_other_pages_are_refused() {
    let cases: [Headers<'_>; 7] = [
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site"), ("origin", "https://other.todo.local")],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", "http://todo.local:8080")],
        &[("origin", "http://todo.local.evil.example")],
        &[("origin", "https://evil.example"), ("authorization", "Bearer x"), ("cookie", "a=b")],
    ];
    for headers in cases {
        for method in ["POST", "PUT", "PATCH", "DELETE"] {
            let (status, body) = send(method, "/api/tasks", headers).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{method} {headers:?}");
            assert_eq!((&body["code"], &body["status"]), (&"INVALID_ORIGIN".into(), &403.into()));
        }
    }
}

#[tokio::test]
async fn reading_is_nobodys_attack() {
    for method in ["GET", "HEAD", "OPTIONS"] {
        let (status, _) = send(method, "/api/tasks", &[("sec-fetch-site", "cross-site")]).await;
        assert_eq!(status, StatusCode::OK);
    }
}

#[tokio::test]
async fn under_auth_the_refusal_has_the_shape_that_better_auth_clients_read() {
    let (status, body) =
        send("POST", "/api/auth/sign-out", &[("origin", "https://evil.example")]).await;

    assert_eq!(status, StatusCode::FORBIDDEN);
    assert_eq!(body["code"], "INVALID_ORIGIN");
    assert!(body["message"].is_string() && body["status"].is_null());
}

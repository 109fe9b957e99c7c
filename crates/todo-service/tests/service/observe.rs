use axum::Router;
use axum::body::Body;
use axum::extract::Extension;
use axum::routing::get;
use http::{HeaderMap, Request, Response};
use todo_service::Shutdown;
use todo_service::error::not_found;
use todo_service::telemetry::{RequestId, observe, serve_metrics};
use tower::ServiceExt as _;

async fn ask(path: &str, id: Option<&str>) -> Response<Body> {
    ask_as("backend", path, id).await
}

async fn ask_as(service: &'static str, path: &str, id: Option<&str>) -> Response<Body> {
    let echo = async |Extension(id): Extension<RequestId>, headers: HeaderMap| {
        assert_eq!(headers["x-request-id"], id.as_str());
        id.to_string()
    };
    let tasks = Router::new().route("/tasks/{id}", get(echo));
    let router = observe(Router::new().nest("/api", tasks).fallback(not_found), service);
    let mut request = Request::get(path);
    if let Some(id) = id {
        request = request.header("x-request-id", id);
    }
    router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

#[tokio::test]
async fn a_sane_request_id_is_kept_and_returned() {
    let response = ask("/api/tasks/1", Some("abc-123")).await;

    assert_eq!(response.headers()["x-request-id"], "abc-123");
}

#[tokio::test]
async fn a_missing_or_strange_request_id_is_replaced() {
    let long = "a".repeat(65);
    for given in [None, Some(""), Some("with space"), Some(long.as_str())] {
        let response = ask("/api/tasks/1", given).await;
        let id = response.headers()["x-request-id"].to_str().unwrap();
        assert!(id.len() == 32 && Some(id) != given);
    }
}

#[tokio::test]
async fn metrics_name_routes_and_never_paths() {
    let shutdown = Shutdown::manual();
    let address = serve_metrics("127.0.0.1:0".parse().unwrap(), &shutdown).await.unwrap();

    ask_as("measured", "/api/tasks/4711?q=secret", None).await;
    ask_as("measured", "/nowhere/4711", None).await;

    let page =
        reqwest::get(format!("http://{address}/metrics")).await.unwrap().text().await.unwrap();
    let labels = r#"{service="measured",method="GET",route="/api/tasks/{id}",status="200"}"#;
    assert!(page.contains(&format!("http_requests_total{labels} 1")), "{page}");
    assert!(page.contains("http_request_duration_seconds_bucket"), "{page}");
    assert!(page.contains(r#"route="unmatched",status="404""#), "{page}");
    assert!(!page.contains("4711") && !page.contains("secret"), "{page}");
    shutdown.start();
}

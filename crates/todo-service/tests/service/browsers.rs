use axum::Router;
use axum::body::{Body, to_bytes};
use axum::middleware::map_response;
use axum::routing::get;
use http::{HeaderMap, Request, header};
use todo_service::security::{api_headers, compress, page_headers};
use tower::ServiceExt as _;

async fn ask(router: Router) -> (HeaderMap, usize) {
    let request =
        Request::get("/").header("accept-encoding", "gzip, br").body(Body::empty()).unwrap();
    let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
    (parts.headers, to_bytes(body, 1 << 20).await.unwrap().len())
}

#[tokio::test]
async fn an_answer_of_the_api_may_load_nothing() {
    let (headers, _) =
        ask(Router::new().route("/", get(async || "{}")).layer(map_response(api_headers))).await;

    assert_eq!(headers["content-security-policy"], "default-src 'none'; frame-ancestors 'none'");
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert_eq!(headers["referrer-policy"], "no-referrer");
}

#[tokio::test]
async fn a_page_may_load_from_its_own_origin_and_run_nothing_inline() {
    let (headers, _) =
        ask(Router::new().route("/", get(async || "hi")).layer(map_response(page_headers))).await;

    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe"), "{policy}");
}

#[tokio::test]
async fn forms_keep_their_origin_because_pages_send_referrers_to_themselves() {
    let (headers, _) =
        ask(Router::new().route("/", get(async || "hi")).layer(map_response(page_headers))).await;

    assert_eq!(headers["referrer-policy"], "same-origin");
}

#[tokio::test]
async fn a_handler_may_loosen_its_own_policy() {
    let loose = [(header::CONTENT_SECURITY_POLICY, "default-src 'self'")];
    let router = Router::new()
        .route("/", get(async move || (loose, "hi")))
        .layer(map_response(page_headers));

    let (headers, _) = ask(router).await;

    assert_eq!(headers.get_all("content-security-policy").iter().count(), 1);
    assert_eq!(headers["content-security-policy"], "default-src 'self'");
}

#[tokio::test]
async fn long_answers_are_compressed() {
    let (headers, length) =
        ask(compress(Router::new().route("/", get(async || "long ".repeat(1000))))).await;

    assert_eq!(headers["content-encoding"], "br");
    assert!(length < 500);
}

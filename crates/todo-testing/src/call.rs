use std::pin::Pin;

use axum::{Router, body::Body};
use http::{HeaderName, HeaderValue, Method, Request, header};
use http_body_util::BodyExt as _;
use serde_json::Value;
use tower::ServiceExt as _;

use crate::Answer;

/// A request that is on its way when it is awaited.
#[must_use = "await it"]
pub struct Call {
    router: Router,
    request: Request<Vec<u8>>,
}

impl Call {
    pub(crate) fn new(router: Router, method: Method, path: &str) -> Self {
        let request = Request::builder().method(method).uri(path).header(header::HOST, "localhost");
        Self { router, request: request.body(Vec::new()).expect("a request") }
    }

    /// With this header, beside those of the same name.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name: HeaderName = name.parse().expect("a header's name");
        let value = HeaderValue::from_bytes(value.as_bytes()).expect("a header's value");
        self.request.headers_mut().append(name, value);
        self
    }

    /// With this header, in place of those of the same name.
    pub fn with_only(mut self, name: &str, value: &str) -> Self {
        self.request.headers_mut().remove(name);
        self.header(name, value)
    }

    /// Without this header.
    pub fn without(mut self, name: &str) -> Self {
        self.request.headers_mut().remove(name);
        self
    }

    /// As whoever has this token.
    pub fn token(self, token: &str) -> Self {
        self.with_only("authorization", &format!("Bearer {token}"))
    }

    /// With this JSON.
    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    /// With these bytes.
    pub fn body(mut self, content_type: &str, bytes: impl Into<Vec<u8>>) -> Self {
        *self.request.body_mut() = bytes.into();
        self.with_only("content-type", content_type)
    }

    async fn send(self) -> Answer {
        let path = self.request.uri().path().to_owned();
        let response = self.router.oneshot(self.request.map(Body::from)).await;
        let (parts, body) = response.expect("routers always answer").into_parts();
        let bytes = body.collect().await.expect("the body arrives").to_bytes();
        let answer = Answer::new(http::Response::from_parts(parts, bytes.to_vec()));
        answer.check(&path);
        answer
    }
}

impl IntoFuture for Call {
    type Output = Answer;
    type IntoFuture = Pin<Box<dyn Future<Output = Answer> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

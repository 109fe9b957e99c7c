//! [`ApiError`], the only road to an HTTP failure.
//!
//! A failure is `application/problem+json` with a stable `code`. Handlers return it with `?`; what fails before a
//! handler runs (extractors, limits, unknown paths, panics) is turned into it as well, so that a client meets one
//! shape.

mod better_auth;
mod domain;
mod fallback;
mod panic;

use std::error::Error;
use std::fmt::{self, Display};
use std::time::Duration;

use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode, header};
use serde::Serialize;
use serde_json::{Map, Value};
use todo_api::Problem;

pub use better_auth::better_auth_shape;
pub use fallback::{method_not_allowed, not_found};
pub use panic::catch_panics;

/// A failure on its way to a client. Cheap to move; it also rides in the extensions of its response, where a layer
/// can give it another shape.
#[derive(Debug, Clone)]
pub struct ApiError(Box<Inner>);

#[derive(Debug, Clone)]
struct Inner {
    status: StatusCode,
    code: &'static str,
    detail: String,
    field: Option<String>,
    members: Map<String, Value>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl ApiError {
    /// The caller's fault: `code` is for programs and never changes, `detail` is for people and safe to show.
    pub fn client(status: StatusCode, code: &'static str, detail: impl Display) -> Self {
        Self(Box::new(Inner {
            status,
            code,
            detail: detail.to_string(),
            field: None,
            members: Map::new(),
            headers: Vec::new(),
        }))
    }

    /// Our fault: 500 with a fixed phrase. The error and its causes are logged here, once, inside the request's span.
    pub fn internal(error: &(dyn Error + 'static)) -> Self {
        tracing::error!(error = %Chain(error), "request failed");
        Self::our_fault()
    }

    /// The fixed phrase, for what has been logged already.
    fn our_fault() -> Self {
        Self::client(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Something went wrong on our side.",
        )
    }

    /// Nobody's fault for long: 503 that asks to come back after `retry_after` (whole seconds, at least one). The
    /// error and its causes are logged here.
    pub fn unavailable(error: &(dyn Error + 'static), retry_after: Duration) -> Self {
        tracing::warn!(error = %Chain(error), "unavailable");
        Self::busy(retry_after)
    }

    /// As [`ApiError::unavailable`], when nothing failed and we only have too much to do.
    pub fn busy(retry_after: Duration) -> Self {
        Self::client(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "The service cannot answer at the moment. Please try again shortly.",
        )
        .with_retry_after(retry_after)
    }

    /// Names the part of the input that is wrong, as the client wrote it (`title`, `due.date`, `tags[2]`).
    #[must_use]
    pub fn with_field(mut self, field: impl Into<String>) -> Self {
        self.0.field = Some(field.into());
        self
    }

    /// Adds a member to the body, for what a program needs to go on.
    #[must_use]
    pub fn with(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.0.members.insert(key.into(), value.into());
        self
    }

    /// Adds a header to the response.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    /// Says when to come back, in whole seconds and at least one.
    #[must_use]
    pub fn with_retry_after(self, after: Duration) -> Self {
        let seconds = after.as_millis().div_ceil(1000).max(1);
        let value = HeaderValue::from_str(&seconds.to_string()).expect("digits are a header value");
        self.with_header(header::RETRY_AFTER, value)
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// The sentence for people.
    pub fn detail(&self) -> &str {
        &self.0.detail
    }

    /// The part of the input that is wrong.
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    fn body(&self) -> String {
        let inner = &*self.0;
        let body = Body {
            problem: Problem {
                kind: "about:blank".to_owned(),
                title: inner.status.canonical_reason().unwrap_or("Error").to_owned(),
                status: inner.status.as_u16(),
                code: inner.code.to_owned(),
                detail: inner.detail.clone(),
                field: inner.field.clone(),
            },
            members: &inner.members,
        };
        serde_json::to_string(&body).expect("strings and JSON values are JSON")
    }
}

/// The problem as clients know it, and what this one has beyond that.
#[derive(Serialize)]
struct Body<'a> {
    #[serde(flatten)]
    problem: Problem,
    #[serde(flatten)]
    members: &'a Map<String, Value>,
}

impl Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.detail(), self.code())
    }
}

impl Error for ApiError {}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let content_type =
            (header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        let no_store = (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        let mut response = (self.status(), [content_type, no_store], self.body()).into_response();
        for (name, value) in self.0.headers.iter().cloned() {
            response.headers_mut().append(name, value);
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// An error and what caused it, on one line. A cause that an error has in its own text already is not repeated.
pub(crate) struct Chain<'a>(pub(crate) &'a (dyn Error + 'static));

impl Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut last = self.0.to_string();
        f.write_str(&last)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            let text = error.to_string();
            if !last.ends_with(&text) {
                write!(f, ": {text}")?;
                last = text;
            }
            cause = error.source();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("{0}")]
    struct Outer(&'static str, #[source] io::Error);

    #[test]
    fn a_cause_is_told_once() {
        let told = |text| Chain(&Outer(text, io::Error::other("disk full"))).to_string();

        assert_eq!(told("cannot write"), "cannot write: disk full");
        assert_eq!(told("cannot write: disk full"), "cannot write: disk full");
    }
}

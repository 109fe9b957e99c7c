use std::collections::BTreeMap;

use axum::Router;
use axum::body::Body;
use http::{HeaderMap, Method, Request, header};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::ORIGIN;

/// Keeps cookies, and says which page it is on.
#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    pub(crate) jar: BTreeMap<String, String>,
    pub(crate) headers: Vec<(&'static str, String)>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        let mut json: Value = serde_json::from_str(&self.text).expect("JSON");
        // Whether maps keep their order is up to what else is compiled in; snapshots do not depend on it.
        json.sort_all_objects();
        json
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("ASCII"))
    }

    pub(crate) fn cookies(&self) -> Vec<&str> {
        self.headers
            .get_all(header::SET_COOKIE)
            .iter()
            .map(|value| value.to_str().expect("ASCII"))
            .collect()
    }

    /// Status, headers and body with what differs each time replaced, for snapshots.
    pub(crate) fn wire(&self) -> String {
        let mut lines: Vec<_> = self
            .headers
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "content-length" | "vary"))
            .map(|(name, value)| format!("{name}: {}", value.to_str().expect("ASCII")))
            .collect();
        lines.sort();
        redact(&format!("{}\n{}\n\n{}", self.status, lines.join("\n"), self.text))
    }
}

/// Replaces runs of letters and digits that are tokens, ids and signatures.
fn redact(text: &str) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "+/=%_-".contains(c);
    let mut out = String::new();
    let mut run = String::new();
    for c in text.chars().chain(['\n']) {
        if is_part(c) {
            run.push(c);
            continue;
        }
        out.push_str(&shown(&run));
        run.clear();
        out.push(c);
    }
    out.trim_end().to_owned()
}

fn shown(run: &str) -> String {
    let name = run.rsplit_once("session_token=").map_or("", |(name, _)| name);
    let bare = run.rsplit_once("session_token=").map_or(run, |(_, value)| value);
    let has_digit = bare.bytes().any(|byte| byte.is_ascii_digit());
    let kept = if name.is_empty() && bare == run { "" } else { "session_token=" };
    match bare.len() {
        13 if has_digit && !bare.contains('-') => format!("{name}{kept}[id]"),
        32 if has_digit || bare.bytes().any(|byte| byte.is_ascii_uppercase()) => {
            format!("{name}{kept}[token]")
        }
        33.. if has_digit => format!("{name}{kept}[signed]"),
        _ => run.to_owned(),
    }
}

impl Browser {
    pub(crate) fn new(router: Router) -> Self {
        Self { router, jar: BTreeMap::new(), headers: vec![("origin", ORIGIN.to_owned())] }
    }

    /// Another device: no cookies.
    pub(crate) fn with(&self, name: &'static str, value: &str) -> Self {
        let mut headers = self.headers.clone();
        headers.retain(|(known, _)| *known != name);
        headers.push((name, value.to_owned()));
        Self { router: self.router.clone(), jar: self.jar.clone(), headers }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub(crate) async fn post(&mut self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Some(body.to_string())).await
    }

    pub(crate) async fn send(
        &mut self,
        method: Method,
        path: &str,
        body: Option<String>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("/api/auth/{path}"));
        request = request.header(header::HOST, "localhost:3990");
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if body.is_some() && !self.headers.iter().any(|(name, _)| *name == "content-type") {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        if !self.jar.is_empty() {
            let pairs: Vec<_> =
                self.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, pairs.join("; "));
        }
        let request = request.body(Body::from(body.unwrap_or_default())).expect("a request");
        let (parts, body) =
            self.router.clone().oneshot(request).await.expect("an answer").into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
        let answer = Answer { status: parts.status.as_u16(), headers: parts.headers, text };
        self.keep(&answer);
        answer
    }

    fn keep(&mut self, answer: &Answer) {
        for cookie in answer.cookies() {
            let (pair, attributes) = cookie.split_once(';').expect("attributes");
            let (name, value) = pair.split_once('=').expect("a pair");
            if attributes.contains("Max-Age=0") {
                self.jar.remove(name);
            } else {
                self.jar.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    pub(crate) async fn sign_up(&mut self, email: &str) -> Answer {
        self.post(
            "sign-up/email",
            json!({ "name": "Ann", "email": email, "password": "password1234" }),
        )
        .await
    }

    pub(crate) async fn sign_in(&mut self, email: &str, password: &str) -> Answer {
        self.post("sign-in/email", json!({ "email": email, "password": password })).await
    }

    /// The session token, as other clients would keep it.
    pub(crate) fn token(&self) -> String {
        let value = self.jar.get("better-auth.session_token").expect("a session");
        value.split('.').next().expect("a token").to_owned()
    }
}

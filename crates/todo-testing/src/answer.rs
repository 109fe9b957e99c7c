use http::{HeaderMap, Response};
use serde_json::Value;

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it was sent.
    pub text: String,
    /// The body, when it is JSON; else `null`.
    pub json: Value,
}

/// What an answer says only when it shows the inside.
const INSIDE: [&str; 9] =
    ["panicked", "sqlx", "SqlState", "sea_orm", "SELECT ", "INSERT ", ".rs:", "todo_core", "/tmp/"];

impl Answer {
    pub(crate) fn new(response: Response<Vec<u8>>) -> Self {
        let (parts, body) = response.into_parts();
        let text = String::from_utf8(body).expect("answers are UTF-8");
        let mut json: Value = serde_json::from_str(&text).unwrap_or_default();
        // Whether maps keep their order is up to what else is compiled in; snapshots do not depend on it.
        json.sort_all_objects();
        Self { status: parts.status.as_u16(), headers: parts.headers, text, json }
    }

    /// A header; empty when there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a header is ASCII"))
    }

    /// The stable code of a failure; empty for anything else.
    pub fn code(&self) -> &str {
        self.json["code"].as_str().unwrap_or_default()
    }

    /// The field that a failure names; empty for anything else.
    pub fn field(&self) -> &str {
        self.json["field"].as_str().unwrap_or_default()
    }

    /// The number of the task, plan, change or conversation that was answered.
    ///
    /// # Panics
    /// There is none.
    pub fn id(&self) -> i64 {
        self.json["id"].as_i64().unwrap_or_else(|| panic!("no id in {}", self.text))
    }

    /// Fails the test when this is no good answer of our API, whatever was asked.
    pub(crate) fn check(&self, path: &str) {
        let Self { status, text, .. } = self;
        assert_ne!(*status, 500, "{path}: {text}");
        if *status < 400 {
            return;
        }
        for word in INSIDE {
            assert!(!text.contains(word), "{path} shows {word:?}: {text}");
        }
        if path.starts_with("/api/") && !path.starts_with("/api/auth/") {
            let kind = self.header("content-type");
            assert_eq!(kind, "application/problem+json", "{path} {status}: {text}");
            assert_eq!(self.json["status"], *status, "{path}: {text}");
            assert!(!self.code().is_empty(), "{path} {status} has no code: {text}");
            assert!(
                self.json["detail"].as_str().is_some_and(|detail| detail.len() > 5),
                "{path}: {text}"
            );
        }
    }
}

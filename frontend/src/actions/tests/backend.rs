use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};
use serde_json::{Value, json};
use todo_service::Upstream;

use crate::{Services, router, samples};

/// A request that the backend got.
#[derive(Debug, Clone)]
pub(super) struct Got {
    what: String,
    headers: HeaderMap,
    pub(super) json: Value,
}

impl Got {
    pub(super) fn header(&self, name: &str) -> Option<String> {
        self.headers.get(name).map(|value| value.to_str().unwrap().to_owned())
    }
}

/// A backend that remembers what it was asked.
#[derive(Clone, Default)]
pub(super) struct Backend(Arc<Mutex<Vec<Got>>>);

impl Backend {
    /// The pages in front of it.
    pub(super) fn app(&self) -> Router {
        let upstream = Upstream::local(Router::new().fallback(answer).with_state(self.clone()));
        router(Services { backend: upstream.clone(), mcp: upstream })
    }

    pub(super) fn saw(&self, what: &str) -> bool {
        self.0.lock().unwrap().iter().any(|got| got.what == what)
    }

    /// The last request of this kind.
    pub(super) fn last(&self, what: &str) -> Got {
        let seen = self.0.lock().unwrap();
        seen.iter()
            .rev()
            .find(|got| got.what == what)
            .unwrap_or_else(|| panic!("{what} was not asked"))
            .clone()
    }
}

async fn answer(State(backend): State<Backend>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    let json: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let what = format!("{} {}", parts.method, parts.uri.path());
    let query = parts.uri.query().unwrap_or_default().to_owned();
    backend.0.lock().unwrap().push(Got {
        what: what.clone(),
        headers: parts.headers,
        json: json.clone(),
    });
    respond(&what, &query, &json)
}

fn respond(what: &str, query: &str, sent: &Value) -> Response {
    for status in [401, 500, 503] {
        if query.contains(&format!("task={status}")) || what.contains(&format!("/{status}")) {
            return problem(status, "trouble", "There is trouble.");
        }
    }
    match what {
        "GET /api/me/screen" => ok(&samples::ordinary()),
        "GET /api/me/settings" | "PATCH /api/me/settings" => ok(&samples::settings()),
        "GET /api/me/changes" => ok(&json!({ "changes": changes(query), "seq": 14 })),
        "POST /api/me/tasks" if sent["text"] == "too long" => {
            problem(422, "invalid_title", "a title needs 1 to 200 characters")
        }
        "POST /api/me/chat" if sent["message"] == "too fast" => {
            problem(429, "rate_limited", "That was a lot at once.")
        }
        "POST /api/me/chat" => ok(&json!({
            "conversation_id": 4, "message_id": "m", "response": "Hello.", "tool_calls": [], "assistant": "builtin",
        })),
        "POST /api/me/changes/9/undo" => {
            problem(409, "undo_conflict", "change 9 cannot be undone on its own")
        }
        "POST /api/auth/sign-in/email" if sent["password"] == "wrong" => (
            StatusCode::UNAUTHORIZED,
            axum::Json(json!({ "code": "INVALID_EMAIL_OR_PASSWORD", "message": "no" })),
        )
            .into_response(),
        "POST /api/auth/sign-in/email" | "POST /api/auth/sign-up/email" => {
            let cookie = "better-auth.session_token=new; Path=/; HttpOnly";
            ([(header::SET_COOKIE, cookie)], axum::Json(json!({}))).into_response()
        }
        what if what.ends_with("/undo") => {
            let mut change = samples::changes_json()[0].clone();
            change["id"] = json!(15);
            ok(&change)
        }
        what if what.starts_with("DELETE ") => StatusCode::NO_CONTENT.into_response(),
        what if what.contains("/tasks") => ok(&samples::rent()),
        _ => problem(404, "not_found", "There is nothing at this address."),
    }
}

/// The changes that a query asks for, as far as the tests need it.
fn changes(query: &str) -> Vec<Value> {
    let after =
        query.split("after=").nth(1).and_then(|rest| rest.split('&').next()?.parse::<i64>().ok());
    let mut changes = samples::changes_json();
    match after {
        Some(after) => {
            changes.reverse();
            changes.retain(|change| change["id"].as_i64().unwrap() > after);
        }
        None => changes.retain(|change| change["id"] == 7),
    }
    changes
}

fn ok(body: &impl serde::Serialize) -> Response {
    axum::Json(serde_json::to_value(body).unwrap()).into_response()
}

fn problem(status: u16, code: &str, detail: &str) -> Response {
    let body = json!({ "type": "about:blank", "title": "", "status": status, "code": code, "detail": detail });
    (StatusCode::from_u16(status).unwrap(), axum::Json(body)).into_response()
}

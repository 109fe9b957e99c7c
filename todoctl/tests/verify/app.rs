//! The app as it answers through an Ingress, with one account and one task: just enough to be verified.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use serde_json::{Value, json};

/// A server on a port of its own.
pub(crate) struct App {
    address: String,
    state: Arc<State>,
}

/// What has happened, and how it misbehaves.
#[derive(Default)]
struct State {
    /// The chat answers without calling a tool.
    talks_only: bool,
    /// `/mcp` answers everybody.
    open_mcp: bool,
    completed: AtomicBool,
    deleted: AtomicBool,
}

impl App {
    /// One that works.
    pub(crate) fn start() -> Self {
        Self::with(State::default())
    }

    /// One whose chat says that it did something and did nothing.
    pub(crate) fn that_only_talks() -> Self {
        Self::with(State { talks_only: true, ..State::default() })
    }

    /// One whose MCP server asks nobody for a token.
    pub(crate) fn with_open_mcp() -> Self {
        Self::with(State { open_mcp: true, ..State::default() })
    }

    fn with(state: State) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("it is bound").to_string();
        let state = Arc::new(state);
        let shared = state.clone();
        // Ends with the test's process.
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let state = shared.clone();
                thread::spawn(move || serve(connection, &state));
            }
        });
        Self { address, state }
    }

    /// Where it is.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Whether the account was deleted in the end.
    pub(crate) fn is_empty(&self) -> bool {
        self.state.deleted.load(Ordering::SeqCst)
    }
}

/// One request, one answer.
fn serve(mut connection: TcpStream, state: &State) -> Option<()> {
    let mut reader = BufReader::new(connection.try_clone().ok()?);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let (mut length, mut signed_in, mut host) = (0, false, String::new());
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim().split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().ok()?,
            "authorization" => signed_in = value == "Bearer a-session-token",
            "host" => host = value.to_owned(),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();

    let (status, more, body) = if host == "todo.local" {
        answer(state, &method, &path, signed_in, &body)
    } else {
        (404, "", "no such host".to_owned())
    };
    let length = body.len();
    write!(
        connection,
        "HTTP/1.1 {status} Answer\r\ncontent-length: {length}\r\nconnection: close\r\n{more}\r\n{body}"
    )
    .ok()
}

fn answer(
    state: &State,
    method: &str,
    path: &str,
    signed_in: bool,
    body: &Value,
) -> (u16, &'static str, String) {
    let ok = |body: Value| (200, "", body.to_string());
    match (method, path) {
        ("GET", "/") => (200, "", "<title>Todo Chatbot</title>".to_owned()),
        ("POST", "/mcp") if state.open_mcp => ok(json!({})),
        ("POST", "/mcp") => (401, "www-authenticate: Bearer\r\n", String::new()),
        ("POST", "/api/auth/sign-up/email") => ok(json!({ "token": "a-session-token" })),
        ("POST", "/api/auth/sign-in/email") if state.deleted.load(Ordering::SeqCst) => {
            (401, "", json!({ "code": "INVALID_EMAIL_OR_PASSWORD" }).to_string())
        }
        (_, "/api/me/tasks") if !signed_in => (401, "", String::new()),
        _ if !signed_in => (401, "", String::new()),
        ("POST", "/api/auth/delete-user") => {
            state.deleted.store(true, Ordering::SeqCst);
            ok(json!({ "success": true }))
        }
        ("POST", "/api/me/chat") => ok(turn(state, body["message"].as_str().unwrap_or_default())),
        ("GET", "/api/me/tasks/1") => ok(task(state.completed.load(Ordering::SeqCst))),
        ("GET", path) if path.starts_with("/api/me/changes") => {
            ok(json!({ "seq": 2, "changes": [change(2, "complete"), change(1, "add")] }))
        }
        _ => (404, "", String::new()),
    }
}

fn turn(state: &State, message: &str) -> Value {
    let completes = message.starts_with("Mark");
    state.completed.store(completes, Ordering::SeqCst);
    let (tool, change) = if completes { ("complete_task", 2) } else { ("add_task", 1) };
    let call = json!({
        "tool": tool, "arguments": {}, "change_id": change,
        "result": { "summary": "done", "results": [{ "id": 1, "outcome": "changed" }] },
    });
    json!({
        "conversation_id": 7,
        "message_id": "m1",
        "response": "Sure, done.",
        "tool_calls": if state.talks_only { json!([]) } else { json!([call]) },
        "assistant": "builtin",
    })
}

fn task(completed: bool) -> Value {
    json!({
        "id": 1, "title": "Water the plants of the cluster", "description": null,
        "completed": completed, "completed_at": null, "priority": "none", "tags": [], "due": null,
        "repeat": null, "reminders": [], "version": 2,
        "created_at": "2026-11-21T15:45:10Z", "updated_at": "2026-11-21T15:45:10Z",
    })
}

fn change(id: u32, verb: &str) -> Value {
    json!({
        "id": id, "verb": verb, "actor": "assistant", "conversation_id": 7, "plan_id": null,
        "at": "2026-11-21T15:45:10Z", "undoes": [], "undone_by": null, "tasks": [],
    })
}

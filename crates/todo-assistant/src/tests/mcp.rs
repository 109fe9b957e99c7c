//! Tool calls as they cross the seam.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::{Value, json};
use todo_core::{Caller, ChangeSeq, UserId};
use todo_service::Upstream;

use crate::tools::{McpToolSource, ToolSource, ToolTokens, Tools, ToolsError};

struct Tokens;

#[async_trait]
impl ToolTokens for Tokens {
    async fn mint(
        &self,
        caller: &Caller,
        request_id: &str,
    ) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
        Ok(format!("{}-{request_id}", caller.user))
    }
}

type Reply = (StatusCode, &'static str, String);

/// A server that gives these answers, one after the other, and keeps what it was asked.
#[derive(Clone, Default)]
struct Server {
    answers: Arc<Mutex<Vec<Reply>>>,
    asked: Arc<Mutex<Vec<(HeaderMap, Value)>>>,
}

impl Server {
    fn answering(answers: impl IntoIterator<Item = Reply>) -> Self {
        let mut answers: Vec<_> = answers.into_iter().collect();
        answers.reverse();
        Self { answers: Arc::new(Mutex::new(answers)), asked: Arc::default() }
    }

    fn tools(&self) -> Box<dyn Tools> {
        let router = Router::new().route("/mcp", post(Self::take)).with_state(self.clone());
        McpToolSource::new(Upstream::local(router), Arc::new(Tokens))
            .open(&Caller::person(UserId(1)), "m1")
    }

    async fn take(State(server): State<Self>, headers: HeaderMap, body: String) -> Response {
        server.asked.lock().unwrap().push((headers, serde_json::from_str(&body).unwrap()));
        let (status, kind, text) = server.answers.lock().unwrap().pop().unwrap();
        (status, [(header::CONTENT_TYPE, kind)], text).into_response()
    }

    fn request_ids(&self) -> Vec<String> {
        let id = |(_, body): &(HeaderMap, Value)| {
            body["params"]["arguments"]["request_id"].as_str().unwrap_or("-").to_owned()
        };
        self.asked.lock().unwrap().iter().map(id).collect()
    }
}

const JSON: &str = "application/json";

fn result(result: &Value) -> Reply {
    (StatusCode::OK, JSON, json!({ "jsonrpc": "2.0", "id": 1, "result": result }).to_string())
}

fn done(change: i64) -> Reply {
    result(
        &json!({ "content": [], "structuredContent": { "summary": "Done.", "change_id": change } }),
    )
}

#[tokio::test]
async fn a_call_is_one_post_in_the_name_of_the_caller() {
    let server = Server::answering([done(5)]);

    let call = server.tools().call("add_task", json!({ "title": "Buy milk" })).await.unwrap();

    assert_eq!((call.failed, call.change), (false, Some(ChangeSeq(5))));
    let asked = server.asked.lock().unwrap();
    let (headers, body) = &asked[0];
    assert_eq!(headers["authorization"], "Bearer 0000000000001-m1.1");
    assert_eq!(headers["mcp-protocol-version"], "2026-07-28");
    assert_eq!(
        (&headers["mcp-method"], &headers["mcp-name"]),
        (&"tools/call".parse().unwrap(), &"add_task".parse().unwrap())
    );
    assert_eq!(body["params"]["name"], "add_task");
    assert_eq!(body["params"]["arguments"], json!({ "title": "Buy milk", "request_id": "m1.1" }));
}

#[tokio::test]
async fn a_call_is_tried_again_with_the_same_request_id_and_the_next_write_has_another() {
    let away = (StatusCode::SERVICE_UNAVAILABLE, JSON, "{}".to_owned());
    let page = json!({ "content": [], "structuredContent": { "tasks": [], "total": 0 } });
    let server = Server::answering([away, done(1), result(&page), done(2)]);
    let tools = server.tools();

    tools.call("add_task", json!({ "title": "One" })).await.unwrap();
    tools.call("list_tasks", json!({})).await.unwrap();
    tools.call("add_task", json!({ "title": "Two" })).await.unwrap();

    assert_eq!(server.request_ids(), ["m1.1", "m1.1", "-", "m1.2"]);
}

#[tokio::test]
async fn a_refusal_is_an_answer() {
    let refused = result(
        &json!({ "content": [{ "type": "text", "text": "There is no task 9." }], "isError": true }),
    );
    let error = json!({ "jsonrpc": "2.0", "id": 1, "error": { "code": -32602, "message": "Unknown tool" } });
    let server = Server::answering([refused, (StatusCode::BAD_REQUEST, JSON, error.to_string())]);
    let tools = server.tools();

    for expected in ["There is no task 9.", "Unknown tool"] {
        let call = tools.call("get_task", json!({ "id": 9 })).await.unwrap();
        assert!(call.failed);
        assert_eq!(call.result["message"], expected);
    }
}

#[tokio::test]
async fn an_answer_may_come_at_the_end_of_a_stream() {
    let progress = json!({ "jsonrpc": "2.0", "method": "notifications/progress", "params": {} });
    let answer = json!({ "jsonrpc": "2.0", "id": 1, "result": { "content": [], "structuredContent": { "id": 1 } } });
    let stream = format!("data: {progress}\n\ndata: {answer}\n\n");
    let server = Server::answering([(StatusCode::OK, "text/event-stream", stream)]);

    let call = server.tools().call("get_task", json!({ "id": 1 })).await.unwrap();

    assert_eq!(call.result, json!({ "id": 1 }));
}

#[tokio::test]
async fn a_token_that_is_not_accepted_is_no_answer() {
    let server = Server::answering([(StatusCode::UNAUTHORIZED, JSON, "{}".to_owned())]);

    let error = server.tools().call("get_task", json!({ "id": 1 })).await.unwrap_err();

    assert!(matches!(error, ToolsError::Rejected(_)), "{error}");
}

use axum::Router;
use http::Method;
use serde_json::{Value, json};

use crate::{Answer, Call};

/// The newest revision of the protocol.
const REVISION: &str = "2026-07-28";

/// Somebody who speaks MCP over HTTP, with one token.
#[derive(Clone)]
pub struct McpClient {
    router: Router,
    token: String,
}

/// What a tool answered.
#[derive(Debug)]
pub struct ToolAnswer {
    /// Whether it refused.
    pub refused: bool,
    /// For people and models.
    pub text: String,
    /// For programs; `null` when it refused.
    pub structured: Value,
}

impl McpClient {
    pub(crate) fn new(router: Router, token: &str) -> Self {
        Self { router, token: token.to_owned() }
    }

    /// A request of the stateless era, with the headers that must repeat what the body says.
    pub fn call(&self, method: &str, params: Value) -> Call {
        let name = params["name"].as_str().map(str::to_owned);
        let call = self.bare(&message(method, &with_meta(params)));
        let call = call.header("mcp-protocol-version", REVISION).header("mcp-method", method);
        match name {
            Some(name) => call.header("mcp-name", &name),
            None => call,
        }
    }

    /// A request with a session of an older era in mind: a revision in the header, if any, and nothing else.
    pub fn old_call(&self, revision: Option<&str>, method: &str, params: &Value) -> Call {
        let call = self.bare(&message(method, params));
        match revision {
            Some(revision) => call.header("mcp-protocol-version", revision),
            None => call,
        }
    }

    /// Any message, without the headers of an era.
    pub fn bare(&self, message: &Value) -> Call {
        Call::new(self.router.clone(), Method::POST, "/mcp")
            .token(&self.token)
            .header("accept", "application/json, text/event-stream")
            .json(message)
    }

    /// The tools that are listed.
    pub async fn tools(&self) -> Vec<Value> {
        let answer = self.call("tools/list", json!({})).await;
        let tools = answer.json["result"]["tools"].as_array();
        tools.unwrap_or_else(|| panic!("no tools in {}", answer.text)).clone()
    }

    /// Calls a tool and waits for what it answered.
    ///
    /// # Panics
    /// The protocol itself failed.
    pub async fn tool(&self, tool: &str, arguments: Value) -> ToolAnswer {
        let answer = self.call("tools/call", json!({ "name": tool, "arguments": arguments })).await;
        ToolAnswer::new(&answer)
    }
}

impl ToolAnswer {
    /// What a call of a tool came to.
    ///
    /// # Panics
    /// The protocol itself failed.
    pub fn new(answer: &Answer) -> Self {
        let result = &answer.json["result"];
        assert!(result.is_object(), "{}: {}", answer.status, answer.text);
        let text = result["content"][0]["text"].as_str().unwrap_or_default().to_owned();
        let refused = result["isError"] == true;
        Self { refused, text, structured: result["structuredContent"].clone() }
    }
}

fn message(method: &str, params: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params })
}

fn with_meta(mut params: Value) -> Value {
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": REVISION,
        "io.modelcontextprotocol/clientInfo": { "name": "tests", "version": "1" },
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    params
}

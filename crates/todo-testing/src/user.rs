use axum::Router;
use http::Method;
use serde_json::{Value, json};
use todo_core::{Caller, UserId};

use crate::{Answer, Call, McpClient, ToolAnswer};

/// Somebody with an account. Clones are the same person on the same device.
#[derive(Clone)]
pub struct TestUser {
    /// The user's id, as it stands in addresses.
    pub id: String,
    /// The token of the session.
    pub token: String,
    router: Router,
}

impl TestUser {
    pub(crate) fn new(router: Router, id: String, token: String) -> Self {
        Self { id, token, router }
    }

    /// The user as the rules know them.
    pub fn caller(&self) -> Caller {
        Caller::person(self.user())
    }

    /// The id as the rules know it.
    pub fn user(&self) -> UserId {
        self.id.parse().expect("an id")
    }

    /// Any request to any address.
    pub fn call(&self, method: Method, path: &str) -> Call {
        Call::new(self.router.clone(), method, path).token(&self.token)
    }

    fn mine(&self, method: Method, path: &str) -> Call {
        self.call(method, &format!("/api/me{path}"))
    }

    /// Reads something of the user's own: `/tasks`.
    pub fn get(&self, path: &str) -> Call {
        self.mine(Method::GET, path)
    }

    /// Posts to something of the user's own.
    pub fn post(&self, path: &str, body: &Value) -> Call {
        self.mine(Method::POST, path).json(body)
    }

    /// Posts without a body, as a button does.
    pub fn press(&self, path: &str) -> Call {
        self.mine(Method::POST, path)
    }

    /// Replaces something of the user's own.
    pub fn put(&self, path: &str, body: &Value) -> Call {
        self.mine(Method::PUT, path).json(body)
    }

    /// Changes something of the user's own.
    pub fn patch(&self, path: &str, body: &Value) -> Call {
        self.mine(Method::PATCH, path).json(body)
    }

    /// Deletes something of the user's own.
    pub fn delete(&self, path: &str) -> Call {
        self.mine(Method::DELETE, path)
    }

    /// Adds a task that has a title and nothing else, and returns its number.
    pub async fn add_task(&self, title: &str) -> i64 {
        self.add(&json!({ "title": title })).await.id()
    }

    /// Adds a task from a line in the quick-add grammar, and returns it.
    pub async fn add_line(&self, text: &str) -> Value {
        self.add(&json!({ "text": text })).await.json
    }

    /// Adds a task from what a client would send.
    pub async fn add(&self, body: &Value) -> Answer {
        let answer = self.post("/tasks", body).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer
    }

    /// Looks at a task.
    pub fn task(&self, id: i64) -> Call {
        self.get(&format!("/tasks/{id}"))
    }

    /// Completes a task.
    pub fn complete(&self, id: i64) -> Call {
        self.patch(&format!("/tasks/{id}/complete"), &json!({ "completed": true }))
    }

    /// Opens a completed task again.
    pub fn reopen(&self, id: i64) -> Call {
        self.patch(&format!("/tasks/{id}/complete"), &json!({ "completed": false }))
    }

    /// Puts a task into the trash.
    pub fn delete_task(&self, id: i64) -> Call {
        self.delete(&format!("/tasks/{id}"))
    }

    /// Takes a change back.
    pub fn undo(&self, change: i64) -> Call {
        self.press(&format!("/changes/{change}/undo"))
    }

    /// Says something to the assistant, in a new conversation.
    pub fn chat(&self, message: &str) -> Call {
        self.post("/chat", &json!({ "message": message }))
    }

    /// The newest change.
    pub async fn seq(&self) -> i64 {
        self.get("/changes?limit=1").await.json["seq"].as_i64().expect("a sequence")
    }

    /// The titles of a list, like `?sort=newest`, in its order.
    pub async fn titles(&self, query: &str) -> Vec<String> {
        let answer = self.get(&format!("/tasks{query}")).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let tasks = answer.json["tasks"].as_array().expect("tasks");
        tasks.iter().map(|task| task["title"].as_str().expect("a title").to_owned()).collect()
    }

    /// The user's MCP client.
    pub fn mcp(&self) -> McpClient {
        McpClient::new(self.router.clone(), &self.token)
    }

    /// Calls an MCP tool.
    pub async fn mcp_call(&self, tool: &str, arguments: Value) -> ToolAnswer {
        self.mcp().tool(tool, arguments).await
    }
}

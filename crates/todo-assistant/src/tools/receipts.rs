use std::sync::Mutex;

use async_trait::async_trait;
use serde_json::Value;
use todo_api::chat::{ChatEventBody, ToolCallBody};
use todo_core::chats::ToolCall;

use super::{ToolSpec, Tools, ToolsError};
use crate::turn::Events;

/// Tools that keep a receipt of every call and tell whoever listens.
pub(crate) struct Receipts<'a> {
    tools: &'a dyn Tools,
    events: &'a Events,
    calls: Mutex<Vec<ToolCall>>,
}

impl<'a> Receipts<'a> {
    pub(crate) fn new(tools: &'a dyn Tools, events: &'a Events) -> Self {
        Self { tools, events, calls: Mutex::default() }
    }

    /// The calls so far, in order.
    pub(crate) fn take(&self) -> Vec<ToolCall> {
        std::mem::take(&mut *self.lock())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<ToolCall>> {
        self.calls.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[async_trait]
impl Tools for Receipts<'_> {
    async fn call(&self, tool: &str, arguments: Value) -> Result<ToolCall, ToolsError> {
        self.events
            .send(ChatEventBody::ToolCall { tool: tool.to_owned(), arguments: arguments.clone() })
            .await;
        let call = self.tools.call(tool, arguments).await?;
        self.lock().push(call.clone());
        self.events.send(ChatEventBody::ToolResult(ToolCallBody::from(&call))).await;
        Ok(call)
    }

    async fn list(&self) -> Result<Vec<ToolSpec>, ToolsError> {
        self.tools.list().await
    }
}

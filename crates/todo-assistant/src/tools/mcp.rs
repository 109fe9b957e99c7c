//! The tools over MCP: one stateless POST for each call, through the seam between the services.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use axum::body::{Body, to_bytes};
use bytes::Bytes;
use futures::StreamExt;
use http::{HeaderName, HeaderValue, Request, Response, StatusCode, header};
use rmcp::model::{
    CallToolRequest, CallToolRequestParams, CallToolResult, ClientCapabilities,
    ClientJsonRpcMessage, ClientRequest, GetMeta, Implementation, ListToolsRequest,
    ListToolsResult, ProtocolVersion, RequestId, Tool,
};
use serde_json::{Value, json};
use todo_api::tools::names;
use todo_core::{Caller, ChangeSeq, chats::ToolCall};
use todo_service::{Upstream, upstream::UpstreamError};

use super::{Cause, ToolSource, ToolSpec, Tools, ToolsError};

/// How long a call waits for tools that are being replaced. It carries a request id, so trying again is safe.
const PATIENCE: Duration = Duration::from_secs(10);

/// The longest that one call may take, patience included.
const LIMIT: Duration = Duration::from_secs(30);

/// The largest answer, in bytes.
const ANSWER_LIMIT: usize = 16 * 1024 * 1024;

/// Where the tools listen, on every server that has them.
const PATH: &str = "/mcp";

/// Tools that only read, and take no request id.
const READ_ONLY: [&str; 4] = [names::LIST, names::GET, names::HISTORY, names::APPLY_PLAN];

/// Who mints the tokens that say in whose name a tool is called.
#[async_trait]
pub trait ToolTokens: Send + Sync + 'static {
    /// A short-lived token for the MCP resource.
    ///
    /// # Errors
    /// The signing keys are not available.
    async fn mint(&self, caller: &Caller, request_id: &str) -> Result<String, Cause>;
}

/// The tools of an MCP server.
#[derive(Clone)]
pub struct McpToolSource {
    upstream: Upstream,
    tokens: Arc<dyn ToolTokens>,
}

impl McpToolSource {
    /// The server behind `upstream`.
    pub fn new(upstream: Upstream, tokens: Arc<dyn ToolTokens>) -> Self {
        Self { upstream, tokens }
    }
}

impl ToolSource for McpToolSource {
    fn open(&self, caller: &Caller, message_id: &str) -> Box<dyn Tools> {
        Box::new(McpTools {
            source: self.clone(),
            caller: caller.clone(),
            message_id: message_id.to_owned(),
            step: AtomicU32::new(0),
            writes: AtomicU32::new(0),
        })
    }
}

struct McpTools {
    source: McpToolSource,
    caller: Caller,
    message_id: String,
    step: AtomicU32,
    /// Counted apart from reads: they are what must not happen twice when a turn is run again.
    writes: AtomicU32,
}

#[async_trait]
impl Tools for McpTools {
    async fn call(&self, tool: &str, mut arguments: Value) -> Result<ToolCall, ToolsError> {
        let step = self.step.fetch_add(1, Ordering::Relaxed) + 1;
        let name = format!("{}.{step}", self.message_id);
        if !READ_ONLY.contains(&tool) {
            let write = self.writes.fetch_add(1, Ordering::Relaxed) + 1;
            arguments["request_id"] = format!("{}.{write}", self.message_id).into();
        }
        let given = arguments.as_object().cloned().unwrap_or_default();
        let params = CallToolRequestParams::new(tool.to_owned()).with_arguments(given);
        let answer = match self.ask(CallToolRequest::new(params).into(), Some(tool), &name).await? {
            Ok(result) => Ok(serde_json::from_value(result).map_err(|error| unreadable(&error))?),
            Err(message) => Err(message),
        };
        Ok(receipt(tool, arguments, answer))
    }

    async fn list(&self) -> Result<Vec<ToolSpec>, ToolsError> {
        let name = format!("{}.list", self.message_id);
        let answer = self.ask(ListToolsRequest::default().into(), None, &name).await?;
        let list: ListToolsResult = serde_json::from_value(answer.map_err(ToolsError::Rejected)?)
            .map_err(|error| unreadable(&error))?;
        Ok(list.tools.into_iter().map(ToolSpec::from).collect())
    }
}

impl McpTools {
    /// Sends one message, and returns its result, or the message of the error that came in its place. `name` is what the
    /// token is signed for.
    async fn ask(
        &self,
        message: ClientRequest,
        tool: Option<&str>,
        name: &str,
    ) -> Result<Result<Value, String>, ToolsError> {
        let token =
            self.source.tokens.mint(&self.caller, name).await.map_err(ToolsError::Unreachable)?;
        let request = request(message, tool, &token)?;
        let exchange = async {
            let response = self.source.upstream.send_retrying(request, PATIENCE).await?;
            read(response).await
        };
        tokio::time::timeout(LIMIT, exchange)
            .await
            .unwrap_or_else(|_| Err(UpstreamError::Timeout.into()))
    }
}

impl From<Tool> for ToolSpec {
    fn from(tool: Tool) -> Self {
        Self {
            read_only: tool.annotations.and_then(|hints| hints.read_only_hint) == Some(true),
            name: tool.name.into_owned(),
            description: tool.description.unwrap_or_default().into_owned(),
            arguments: Value::Object((*tool.input_schema).clone()),
        }
    }
}

/// The other side speaks another language.
fn unreadable(error: &serde_json::Error) -> ToolsError {
    ToolsError::Rejected(error.to_string())
}

impl From<UpstreamError> for ToolsError {
    fn from(error: UpstreamError) -> Self {
        match error {
            UpstreamError::Unreachable(_) => Self::Unreachable(error.into()),
            UpstreamError::Invalid(_) => Self::Rejected(error.to_string()),
            UpstreamError::Interrupted(_) | UpstreamError::Timeout => Self::Unsure(error.into()),
        }
    }
}

/// A message of the stateless era, which needs no session and no handshake.
fn request(
    mut message: ClientRequest,
    tool: Option<&str>,
    token: &str,
) -> Result<Request<Bytes>, ToolsError> {
    let rejected = |error: &dyn std::fmt::Display| ToolsError::Rejected(error.to_string());
    let method = message.method().to_owned();
    let meta = message.get_meta_mut();
    meta.set_protocol_version(ProtocolVersion::V_2026_07_28);
    meta.set_client_info(Implementation::new("todo-assistant", env!("CARGO_PKG_VERSION")));
    meta.set_client_capabilities(ClientCapabilities::default());
    let message = ClientJsonRpcMessage::request(message, RequestId::Number(1));
    let body = serde_json::to_vec(&message).map_err(|error| rejected(&error))?;
    let bearer =
        HeaderValue::try_from(format!("Bearer {token}")).map_err(|error| rejected(&error))?;
    let mut request = Request::post(PATH)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/json, text/event-stream")
        .header(header::AUTHORIZATION, bearer)
        .header(HeaderName::from_static("mcp-protocol-version"), "2026-07-28")
        .header(HeaderName::from_static("mcp-method"), method);
    if let Some(tool) = tool {
        request = request.header(HeaderName::from_static("mcp-name"), tool);
    }
    request.body(Bytes::from(body)).map_err(|error| rejected(&error))
}

/// The result, or the message of the error that came in its place.
async fn read(response: Response<Body>) -> Result<Result<Value, String>, ToolsError> {
    let status = response.status();
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            return Err(ToolsError::Rejected(format!("HTTP {status}")));
        }
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
            return Err(ToolsError::Unreachable(format!("HTTP {status}").into()));
        }
        _ => {}
    }
    let kind = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let streamed = kind.starts_with("text/event-stream");
    let body = response.into_body();
    let mut message = if streamed {
        last_event(body).await?
    } else {
        let bytes =
            to_bytes(body, ANSWER_LIMIT).await.map_err(|error| ToolsError::Unsure(error.into()))?;
        serde_json::from_slice(&bytes)
            .map_err(|_| ToolsError::Rejected(format!("HTTP {status}")))?
    };
    if let Some(error) = message["error"]["message"].as_str() {
        return Ok(Err(error.to_owned()));
    }
    Ok(Ok(message["result"].take()))
}

/// The answer at the end of a stream; what comes before it is progress.
async fn last_event(body: Body) -> Result<Value, ToolsError> {
    let mut events = sse_stream::SseStream::from_bytes_stream(body.into_data_stream());
    while let Some(event) = events.next().await {
        let event = event.map_err(|error| ToolsError::Unsure(error.into()))?;
        let Some(message) = event.data.and_then(|data| serde_json::from_str::<Value>(&data).ok())
        else {
            continue;
        };
        if message.get("result").is_some() || message.get("error").is_some() {
            return Ok(message);
        }
    }
    Err(ToolsError::Unsure("the stream ended before the answer".into()))
}

fn receipt(tool: &str, arguments: Value, answer: Result<CallToolResult, String>) -> ToolCall {
    let (result, failed) = match answer {
        Err(message) => (json!({ "message": message }), true),
        Ok(result) => {
            let failed = result.is_error == Some(true);
            let words = || {
                let texts = result
                    .content
                    .iter()
                    .filter_map(|block| block.as_text())
                    .map(|text| text.text.as_str());
                texts.collect::<Vec<_>>().join("\n")
            };
            match &result.structured_content {
                Some(structured) if !failed => (structured.clone(), false),
                _ => (json!({ "message": words() }), failed),
            }
        }
    };
    let change = result["change_id"].as_i64().map(ChangeSeq);
    ToolCall { tool: tool.to_owned(), arguments, result, failed, change }
}

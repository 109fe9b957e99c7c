//! The model port over `genai`, for every provider that the settings know.

mod prompt;
mod trouble;

use std::time::Duration;

use async_trait::async_trait;
use futures::StreamExt;
use genai::{
    Client, ModelIden, ServiceTarget,
    adapter::AdapterKind,
    chat::{ChatOptions, ChatRequest, ChatStreamEvent, StopReason, StreamEnd, Usage},
    resolver::{AuthData, Endpoint},
};
use todo_service::config::{LlmProvider, LlmSettings, Secret};
use tokio::sync::OnceCell;

use super::port::{Call, ChatModel, ModelError, Prompt, Reply, Tokens};
use crate::{thinker::Sink, tools::Cause};
use trouble::trouble;

/// A provider that does not take a connection for so long is not there.
const CONNECT_LIMIT: Duration = Duration::from_secs(5);

/// How long the first piece of a reply may take. Models that think first take some seconds; a person who waits longer than
/// this does better with the built-in assistant.
const FIRST_PIECE: Duration = Duration::from_secs(20);

/// How long a reply that has begun may pause.
const PAUSE: Duration = Duration::from_secs(10);

/// The longest text of one reply, in bytes, whatever the provider makes of the limit in tokens.
const LONGEST_TEXT: usize = 32 * 1024;

/// A model of a provider.
pub struct Provider {
    /// Made when it is first needed: reading the system's certificates takes longer than all the rest of a start.
    client: OnceCell<Client>,
    encrypted: bool,
    target: ServiceTarget,
    kind: LlmProvider,
    name: String,
}

impl Provider {
    /// The model that the settings name. Nothing is sent yet.
    pub fn new(settings: &LlmSettings) -> Self {
        let LlmSettings { provider, base_url, api_key, model } = settings;
        let kind = match provider {
            LlmProvider::OpenAi => AdapterKind::OpenAI,
            LlmProvider::OpenAiResponses => AdapterKind::OpenAIResp,
            LlmProvider::Ollama => AdapterKind::Ollama,
            LlmProvider::Gemini => AdapterKind::Gemini,
            LlmProvider::Anthropic => AdapterKind::Anthropic,
        };
        // A server without keys ignores the header, and genai does not leave it out.
        let key = api_key.as_ref().map_or("none", Secret::expose);
        let target = ServiceTarget {
            endpoint: Endpoint::from_owned(base_url.as_str()),
            auth: AuthData::from_single(key),
            model: ModelIden::new(kind, model.clone()),
        };
        Self {
            client: OnceCell::new(),
            encrypted: base_url.scheme() == "https",
            target,
            kind: *provider,
            name: format!("{provider}/{model}"),
        }
    }

    async fn client(&self) -> Result<&Client, ModelError> {
        let encrypted = self.encrypted;
        self.client
            .get_or_try_init(|| async move {
                let made = tokio::task::spawn_blocking(move || client(encrypted)).await;
                made.map_err(|error| ModelError::Unreachable(error.into()))?
            })
            .await
    }

    /// What genai is asked for beside the messages.
    fn options(prompt: &Prompt) -> ChatOptions {
        ChatOptions::default()
            .with_max_tokens(prompt.max_tokens)
            .with_capture_usage(true)
            .with_capture_tool_calls(true)
            .with_capture_content(true)
    }

    async fn stream(
        &self,
        request: ChatRequest,
        options: &ChatOptions,
        out: &dyn Sink,
    ) -> Result<Reply, ModelError> {
        let client = self.client().await?;
        let opening = client.exec_chat_stream(self.target.clone(), request, Some(options));
        let opened = tokio::time::timeout(FIRST_PIECE, opening).await;
        let mut stream = opened.map_err(|_| ModelError::Slow)?.map_err(|e| trouble(&e))?.stream;
        let mut reply = Reply::default();
        let mut limit = FIRST_PIECE;
        let end = loop {
            let event = tokio::time::timeout(limit, stream.next()).await;
            match event.map_err(|_| ModelError::Slow)? {
                None => return Err(ModelError::BrokeOff),
                Some(Err(error)) => return Err(trouble(&error)),
                Some(Ok(ChatStreamEvent::End(end))) => break end,
                // It is sent before anything has come.
                Some(Ok(ChatStreamEvent::Start)) => {}
                Some(Ok(ChatStreamEvent::Chunk(chunk))) => {
                    limit = PAUSE;
                    let piece = chunk.content.replace('\0', "");
                    reply.text.push_str(&piece);
                    out.text(&piece).await;
                    if reply.text.len() > LONGEST_TEXT {
                        return Err(ModelError::Nonsense("it never ends"));
                    }
                }
                Some(Ok(_)) => limit = PAUSE,
            }
        };
        self.finish(reply, end)
    }

    /// What stands at the end of the stream.
    fn finish(&self, mut reply: Reply, mut end: StreamEnd) -> Result<Reply, ModelError> {
        let usage = end.captured_usage.take();
        let reason = end.captured_stop_reason.take();
        // genai makes up an end where Ollama's stream broke off: a real one has a reason or counts.
        if self.kind == LlmProvider::Ollama && reason.is_none() && usage.is_none() {
            return Err(ModelError::BrokeOff);
        }
        reply.thoughts =
            end.captured_thought_signatures().into_iter().flatten().map(str::to_owned).collect();
        reply.calls = end
            .captured_into_tool_calls()
            .unwrap_or_default()
            .into_iter()
            .map(Call::from)
            .collect();
        reply.tokens = usage.as_ref().map(Tokens::from).unwrap_or_default();
        reply.cut_off = matches!(reason, Some(StopReason::MaxTokens(_)));
        if reply.calls.is_empty() && matches!(reason, Some(StopReason::ToolCall(_))) {
            return Err(ModelError::Nonsense(NO_CALL));
        }
        Ok(reply)
    }

    /// The reply in one piece.
    async fn whole(
        &self,
        request: ChatRequest,
        options: &ChatOptions,
        out: &dyn Sink,
    ) -> Result<Reply, ModelError> {
        let client = self.client().await?;
        let asking = client.exec_chat(self.target.clone(), request, Some(options));
        let answer = tokio::time::timeout(FIRST_PIECE, asking).await;
        let answer = answer.map_err(|_| ModelError::Slow)?.map_err(|error| trouble(&error))?;
        let cut_off = matches!(answer.stop_reason, Some(StopReason::MaxTokens(_)));
        let tokens = Tokens::from(&answer.usage);
        let text = answer.content.joined_texts().unwrap_or_default().replace('\0', "");
        out.text(&text).await;
        let calls = answer.into_tool_calls().into_iter().map(Call::from).collect();
        Ok(Reply { text, calls, cut_off, tokens, ..Reply::default() })
    }
}

/// A client that follows no redirects and gives up on a provider that is not there. Proxies of the environment count: this
/// one speaks to the world.
fn client(encrypted: bool) -> Result<Client, ModelError> {
    let unreachable = |error: Cause| ModelError::Unreachable(error);
    let http = reqwest::Client::builder()
        .connect_timeout(CONNECT_LIMIT)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false);
    let http = if encrypted { http } else { http.tls_certs_only([]) };
    let http = http.build().map_err(|error| unreachable(error.into()))?;
    Client::builder().with_reqwest(http).build().map_err(|error| unreachable(error.into()))
}

/// The model says that it calls tools, and names none.
const NO_CALL: &str = "it calls a tool without naming one";

#[async_trait]
impl ChatModel for Provider {
    fn name(&self) -> &str {
        &self.name
    }

    #[tracing::instrument(name = "model.reply", skip_all, fields(
        gen_ai.operation.name = "chat",
        gen_ai.provider.name = self.kind.name(),
        gen_ai.request.model = %self.target.model.model_name,
        gen_ai.usage.input_tokens,
        gen_ai.usage.output_tokens,
    ))]
    async fn reply(&self, prompt: &Prompt, out: &dyn Sink) -> Result<Reply, ModelError> {
        let (request, options) = (prompt::request(prompt), Self::options(prompt));
        let reply = match self.stream(request.clone(), &options, out).await {
            // Some gateways leave out the numbers of calls in a stream, and genai drops such calls. In one piece they
            // arrive. Nothing was called yet, so asking again does nothing twice.
            Err(ModelError::Nonsense(NO_CALL)) => self.whole(request, &options, out).await?,
            reply => reply?,
        };
        let span = tracing::Span::current();
        span.record("gen_ai.usage.input_tokens", reply.tokens.input);
        span.record("gen_ai.usage.output_tokens", reply.tokens.output);
        Ok(reply)
    }
}

impl From<genai::chat::ToolCall> for Call {
    fn from(call: genai::chat::ToolCall) -> Self {
        Self {
            id: call.call_id,
            tool: call.fn_name,
            arguments: call.fn_arguments,
            thoughts: call.thought_signatures.unwrap_or_default(),
        }
    }
}

impl From<&Usage> for Tokens {
    fn from(usage: &Usage) -> Self {
        let count = |tokens: Option<i32>| u32::try_from(tokens.unwrap_or_default()).unwrap_or(0);
        Self { input: count(usage.prompt_tokens), output: count(usage.completion_tokens) }
    }
}

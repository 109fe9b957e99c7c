//! MCP over standard input and output.
//!
//! Each message is passed to an MCP server as one POST: to the one of this process, on the local file, or to the one of a
//! running app. So a program that starts us meets the same server, the same checks and the same receipts as over HTTP.

use std::sync::{Arc, Mutex};

use anyhow::{Context as _, bail};
use axum::body::{Body, to_bytes};
use http::{HeaderName, HeaderValue, Request, StatusCode, header};
use serde_json::{Value, json};
use todo_auth::ServiceTokens;
use todo_core::{Actor, ActorKind, Caller};
use todo_service::Upstream;
use todo_storage::Database;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    sync::mpsc,
    task::JoinSet,
};

use crate::{
    cli::McpArgs,
    local,
    serve::{self, default_origin},
};

/// The largest answer that is passed on, in bytes.
const ANSWER_LIMIT: usize = 16 * 1024 * 1024;

/// Speaks until the input ends.
///
/// # Errors
/// The local file cannot be opened, or it is not clear whose tasks are meant.
pub(crate) async fn speak(args: McpArgs) -> anyhow::Result<()> {
    let relay = Arc::new(match &args.app_url {
        Some(url) => {
            let token = args
                .app_token
                .context("TODO_API_KEY is required with TODO_URL: a token of yours there")?;
            Relay::new(Upstream::remote(url.url().clone()), Token::Fixed(token.expose().to_owned()))
        }
        None => local_relay(&args).await?,
    });
    let (answers, outgoing) = mpsc::channel::<String>(64);
    let writer = tokio::spawn(write(outgoing));
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    let mut running = JoinSet::new();
    while let Some(line) = lines.next_line().await? {
        if line.trim().is_empty() {
            continue;
        }
        let (relay, answers) = (relay.clone(), answers.clone());
        running.spawn(async move {
            if let Some(answer) = relay.pass(&line).await {
                // A closed channel means that standard output is gone, and the process soon is as well.
                let _ = answers.send(answer).await;
            }
        });
    }
    while running.join_next().await.is_some() {}
    drop(answers);
    writer.await?
}

async fn write(mut outgoing: mpsc::Receiver<String>) -> anyhow::Result<()> {
    let mut out = tokio::io::stdout();
    while let Some(mut line) = outgoing.recv().await {
        line.push('\n');
        out.write_all(line.as_bytes()).await?;
        out.flush().await?;
    }
    Ok(())
}

/// The MCP server of this process, on the local file.
async fn local_relay(args: &McpArgs) -> anyhow::Result<Relay> {
    let settings = &args.settings;
    let database = Arc::new(local::open(settings).await?);
    local::migrate(settings, &database).await?;
    let (auth, public) = local::auth(settings, &database, default_origin(serve::PORT))?;
    let user = whose(&database, args.user.as_deref()).await?;
    let actor = Actor { kind: ActorKind::Client, id: Some("stdio".to_owned()) };
    let caller = Caller { user, actor, conversation: None, plan: None };
    let router = serve::mcp_router(&database, &auth, &public, &settings.hosts);
    Ok(Relay::new(
        Upstream::local(router),
        Token::Minted(Box::new((auth.service_tokens(), caller))),
    ))
}

/// The user with this address, or the only one.
async fn whose(database: &Database, email: Option<&str>) -> anyhow::Result<todo_core::UserId> {
    use todo_core::accounts::AccountStore as _;
    if let Some(email) = email {
        let found = database.by_email(&email.to_lowercase()).await?;
        return Ok(found.with_context(|| format!("nobody here has the address {email}"))?.0.id);
    }
    match database.users(2).await?.as_slice() {
        [user] => Ok(user.id),
        [] => bail!("nobody has signed up yet: start `todo` and open it in a browser first"),
        _ => bail!("this file has several users: say which with --user EMAIL"),
    }
}

/// Passes messages to an MCP server.
struct Relay {
    upstream: Upstream,
    token: Token,
    /// The version that `initialize` agreed on; newer clients name theirs in each message.
    version: Mutex<Option<String>>,
}

/// In whose name messages are passed.
enum Token {
    /// A token that somebody gave us.
    Fixed(String),
    /// One that we sign for each message.
    Minted(Box<(ServiceTokens, Caller)>),
}

impl Relay {
    fn new(upstream: Upstream, token: Token) -> Self {
        Self { upstream, token, version: Mutex::new(None) }
    }

    /// The answer to a message, if it has one. What fails on the way is answered as JSON-RPC does.
    async fn pass(&self, line: &str) -> Option<String> {
        let message: Value = match serde_json::from_str(line) {
            Ok(message) => message,
            Err(_) => return Some(failure(&Value::Null, -32700, "this is not JSON").to_string()),
        };
        let id = message.get("id").cloned();
        match self.post(&message, line).await {
            Ok(answer) => {
                if message["method"] == "initialize"
                    && let Some(version) =
                        answer.as_ref().and_then(|a| a["result"]["protocolVersion"].as_str())
                {
                    *self.version.lock().unwrap_or_else(std::sync::PoisonError::into_inner) =
                        Some(version.to_owned());
                }
                answer.filter(|_| id.is_some()).map(|answer| answer.to_string())
            }
            Err(error) => {
                tracing::warn!(%error, "a message could not be passed on");
                id.map(|id| failure(&id, -32603, &format!("{error:#}")).to_string())
            }
        }
    }

    async fn post(&self, message: &Value, line: &str) -> anyhow::Result<Option<Value>> {
        let token = match &self.token {
            Token::Fixed(token) => token.clone(),
            Token::Minted(both) => both.0.mint(&both.1, "stdio").await?,
        };
        let mut request = Request::post("/mcp")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/json, text/event-stream")
            .header(header::AUTHORIZATION, format!("Bearer {token}"));
        for (name, value) in self.described(message) {
            request = request.header(name, HeaderValue::try_from(value)?);
        }
        let response = self.upstream.send(request.body(Body::from(line.to_owned()))?).await?;
        let status = response.status();
        if status == StatusCode::UNAUTHORIZED {
            bail!("the token is not accepted");
        }
        let bytes = to_bytes(response.into_body(), ANSWER_LIMIT).await?;
        if bytes.is_empty() {
            return Ok(None);
        }
        serde_json::from_slice(&bytes)
            .map(Some)
            .with_context(|| format!("the server answered with status {status}"))
    }

    /// The headers that say about a message what newer revisions want said.
    fn described(&self, message: &Value) -> Vec<(HeaderName, String)> {
        let own = message["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"].as_str();
        let agreed = self.version.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
        let mut headers = Vec::new();
        if let Some(version) = own.map(str::to_owned).or(agreed) {
            headers.push((HeaderName::from_static("mcp-protocol-version"), version));
        }
        if own.is_some() {
            let method = message["method"].as_str().unwrap_or_default();
            headers.push((HeaderName::from_static("mcp-method"), method.to_owned()));
            if let Some(name) = message["params"]["name"].as_str() {
                headers.push((HeaderName::from_static("mcp-name"), name.to_owned()));
            }
        }
        headers
    }
}

fn failure(id: &Value, code: i32, message: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } })
}

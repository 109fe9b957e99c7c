//! What the handlers share.

use std::sync::Arc;

use async_trait::async_trait;
use axum::extract::FromRef;
use todo_assistant::{Assistant, McpToolSource, ModelThinker, Provider, ToolTokens};
use todo_auth::{Auth, Authenticator, ServiceTokens};
use todo_core::{
    Caller, Clock, Entropy,
    accounts::AccountStore,
    chats::ChatStore,
    plans::PlanStore,
    tasks::{TaskStore, Tasks},
};
use todo_service::{
    Upstream,
    config::{ConfigError, LlmConfig, Origin},
};

use crate::limits::ChatLimit;

/// What the backend stands on.
#[derive(Clone)]
pub struct Services {
    /// Tasks, plans, conversations and accounts; one database implements them all.
    pub tasks: Arc<dyn TaskStore>,
    /// Plans.
    pub plans: Arc<dyn PlanStore>,
    /// Conversations.
    pub chats: Arc<dyn ChatStore>,
    /// Accounts.
    pub accounts: Arc<dyn AccountStore>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// The MCP server, through which every chat turn acts.
    pub mcp: Upstream,
}

/// The backend.
#[derive(Clone)]
pub struct App {
    pub(crate) tasks: Tasks,
    pub(crate) plans: Arc<dyn PlanStore>,
    pub(crate) chats: Arc<dyn ChatStore>,
    pub(crate) accounts: Arc<dyn AccountStore>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) auth: Auth,
    pub(crate) tools: Arc<McpToolSource>,
    pub(crate) assistant: Assistant,
    pub(crate) chat_limit: Arc<ChatLimit>,
    mcp: Upstream,
    public: Origin,
}

impl App {
    /// Puts the backend together. `public` is the origin under which people reach it.
    pub fn new(services: Services, auth: Auth, public: Origin) -> Self {
        let Services { tasks, plans, chats, accounts, clock, entropy, mcp } = services;
        let tools =
            Arc::new(McpToolSource::new(mcp.clone(), Arc::new(Minting(auth.service_tokens()))));
        let tasks = Tasks::new(tasks, plans.clone(), clock.clone());
        let assistant = Assistant::new(chats.clone(), plans.clone(), clock.clone(), tools.clone());
        let chat_limit = Arc::new(ChatLimit::new());
        Self {
            tasks,
            plans,
            chats,
            accounts,
            clock,
            entropy,
            auth,
            tools,
            assistant,
            chat_limit,
            mcp,
            public,
        }
    }

    /// The same with the language model that the settings name, if they name one, as the thinker of chat turns.
    ///
    /// # Errors
    /// The settings name a model that needs a key, and there is none.
    pub fn with_model(self, config: &LlmConfig) -> Result<Self, ConfigError> {
        let Some(settings) = config.settings()? else { return Ok(self) };
        let model = Provider::new(&settings);
        let thinker = Arc::new(ModelThinker::new(Arc::new(model)));
        let assistant = self.assistant.thinking_with(thinker);
        tracing::info!(assistant = assistant.name(), "a language model answers in chat");
        Ok(Self { assistant, ..self })
    }

    /// The MCP server that it acts through.
    pub fn mcp(&self) -> Upstream {
        self.mcp.clone()
    }

    /// The origin under which people reach it.
    pub fn public_origin(&self) -> &Origin {
        &self.public
    }
}

/// Signs a token for each call of a tool.
struct Minting(ServiceTokens);

#[async_trait]
impl ToolTokens for Minting {
    async fn mint(
        &self,
        caller: &Caller,
        request_id: &str,
    ) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
        Ok(self.0.mint(caller, request_id).await?)
    }
}

macro_rules! part {
    ($field:ident: $part:ty) => {
        impl FromRef<App> for $part {
            fn from_ref(app: &App) -> Self {
                app.$field.clone()
            }
        }
    };
}

part!(tasks: Tasks);
part!(plans: Arc<dyn PlanStore>);
part!(chats: Arc<dyn ChatStore>);
part!(clock: Arc<dyn Clock>);

impl FromRef<App> for Authenticator {
    fn from_ref(app: &App) -> Self {
        app.auth.authenticator()
    }
}

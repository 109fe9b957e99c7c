//! Everything in one process: pages, REST interface, MCP server.

use std::sync::Arc;

use anyhow::Context as _;
use axum::Router;
use todo_auth::Auth;
use todo_core::tasks::Tasks;
use todo_service::{
    Shutdown, Upstream,
    config::{McpHostsConfig, Origin},
    error::catch_panics,
    health::{self, Health},
    serve,
    system::{OsEntropy, SystemClock},
    telemetry,
};
use todo_storage::Database;

use crate::{cli::Settings, local, say};

/// Where the program listens unless it is told.
pub(crate) const PORT: u16 = 3000;

/// Migrates, serves, and prints the address, until it is told to stop.
///
/// # Errors
/// A setting cannot be used, the address is taken, or the database cannot be opened or migrated.
pub(crate) async fn serve(settings: Settings) -> anyhow::Result<()> {
    settings.listen.validate(PORT)?;
    settings.llm.settings()?;
    let shutdown = Shutdown::signals().context("signals")?;
    let listener = settings.listen.bind(PORT).await?;
    let port = listener.local_addr()?.port();
    let database = Arc::new(local::open(&settings).await?);
    local::migrate(&settings, &database).await?;

    let health = Health::new([database_check(&database)], &shutdown);
    let app = everything(&settings, &database, default_origin(port), &health, &shutdown)?;
    if let Some(address) = settings.listen.metrics {
        telemetry::serve_metrics(address, &shutdown).await.context("METRICS_LISTEN")?;
    }
    say(&format!("Todo Chatbot is at http://localhost:{port}"))?;
    health.announce();
    serve::serve(listener, app, shutdown).await?;
    database.close().await?;
    Ok(())
}

/// The origin that people reach the program under when nothing else is set.
pub(crate) fn default_origin(port: u16) -> Origin {
    format!("http://localhost:{port}").parse().expect("a host and a port make an origin")
}

/// The three services as one router: pages at the root, and behind them, in this process, REST and MCP.
fn everything(
    settings: &Settings,
    database: &Arc<Database>,
    fallback: Origin,
    health: &Health,
    shutdown: &Shutdown,
) -> anyhow::Result<Router> {
    let (app, rest) = rest(settings, database, fallback)?;
    tokio::spawn(backend::keep_house(
        database.clone(),
        Arc::new(SystemClock),
        app.clone(),
        shutdown.clone(),
    ));
    let services = frontend::Services { backend: Upstream::local(rest), mcp: app.mcp() };
    let pages = frontend::router(services)
        .merge(health.routes(health::HEALTH))
        .merge(health.routes(health::FRONTEND_HEALTH));
    Ok(telemetry::observe(catch_panics(pages), "frontend"))
}

/// The backend over this database, with an MCP server in this process.
pub(crate) fn rest(
    settings: &Settings,
    database: &Arc<Database>,
    fallback: Origin,
) -> anyhow::Result<(backend::App, Router)> {
    let (auth, public) = local::auth(settings, database, fallback)?;
    let services = backend::Services {
        tasks: database.clone(),
        plans: database.clone(),
        chats: database.clone(),
        accounts: database.clone(),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(OsEntropy),
        mcp: Upstream::local(mcp_router(database, &auth, &public, &settings.hosts)),
    };
    let app = backend::App::new(services, auth, public).with_model(&settings.llm)?;
    let router = backend::router(&app);
    Ok((app, router))
}

/// The MCP server over this database. It shares what is known about sessions, so that a sign-out reaches it at once.
pub(crate) fn mcp_router(
    database: &Arc<Database>,
    auth: &Auth,
    public: &Origin,
    hosts: &McpHostsConfig,
) -> Router {
    let tasks = Tasks::new(database.clone(), database.clone(), Arc::new(SystemClock));
    mcp::router(tasks, auth.bearer_authenticator(), public, mcp::Hosts::new(public, hosts))
}

/// Ready when the database answers and is migrated.
fn database_check(database: &Arc<Database>) -> Arc<dyn health::Ready> {
    let database = database.clone();
    health::check("database", move || {
        let database = database.clone();
        async move { database.check().await }
    })
}

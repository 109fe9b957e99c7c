//! Everything in one process: pages, REST interface, MCP server.

use std::sync::Arc;

use anyhow::Context as _;
use async_trait::async_trait;
use axum::Router;
use todo_auth::BearerAuthenticator;
use todo_core::tasks::Tasks;
use todo_service::{
    Shutdown, Upstream,
    config::{McpHostsConfig, Origin},
    health::{self, Ready},
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
    let shutdown = Shutdown::signals().context("signals")?;
    let listener = settings.listen.bind(PORT).await?;
    let port = listener.local_addr()?.port();
    let database = Arc::new(local::open(&settings).await?);
    database.migrate().await.context("the database could not be migrated")?;

    let app = everything(&settings, &database, default_origin(port), &shutdown)?;
    if let Some(address) = settings.listen.metrics {
        telemetry::serve_metrics(address, &shutdown).await.context("METRICS_LISTEN")?;
    }
    say(&format!("Todo Chatbot is at http://localhost:{port}"))?;
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
    shutdown: &Shutdown,
) -> anyhow::Result<Router> {
    let (app, rest) = rest(settings, database, fallback, shutdown)?;
    tokio::spawn(backend::keep_house(database.clone(), Arc::new(SystemClock), app.clone(), shutdown.clone()));
    let services = frontend::Services { backend: Upstream::local(rest), mcp: app.mcp() };
    let checks: [Arc<dyn Ready>; 1] = [Arc::new(DatabaseReady(database.clone()))];
    Ok(frontend::router(services, Some(app.public_origin()))
        .merge(health::routes(health::HEALTH, &checks, shutdown))
        .merge(health::routes(health::FRONTEND_HEALTH, &checks, shutdown)))
}

/// The backend over this database, with an MCP server in this process.
pub(crate) fn rest(
    settings: &Settings,
    database: &Arc<Database>,
    fallback: Origin,
    shutdown: &Shutdown,
) -> anyhow::Result<(backend::App, Router)> {
    let auth = local::auth_settings(settings, fallback)?;
    let public = auth.public_origin.clone();
    let services = backend::Services {
        tasks: database.clone(),
        plans: database.clone(),
        chats: database.clone(),
        accounts: database.clone(),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(OsEntropy),
        mcp: Upstream::local(mcp_router(database, &public, &settings.hosts, shutdown)),
    };
    let app = backend::App::new(services, auth);
    let router = backend::router(&app);
    Ok((app, router))
}

/// The MCP server over this database.
pub(crate) fn mcp_router(
    database: &Arc<Database>,
    public: &Origin,
    hosts: &McpHostsConfig,
    shutdown: &Shutdown,
) -> Router {
    let clock = Arc::new(SystemClock);
    let tasks = Tasks::new(database.clone(), database.clone(), clock.clone());
    let authenticator = BearerAuthenticator::new(database.clone(), clock, Arc::new(OsEntropy), public);
    mcp::router(tasks, authenticator, public, mcp::Hosts::new(public, hosts), shutdown)
}

/// The database answers and is migrated.
struct DatabaseReady(Arc<Database>);

#[async_trait]
impl Ready for DatabaseReady {
    fn name(&self) -> &'static str {
        "database"
    }

    async fn check(&self) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        if self.0.is_ready().await { Ok(()) } else { Err("no answer, or not migrated".into()) }
    }
}

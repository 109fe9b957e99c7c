//! The program `mcp`.

use std::sync::Arc;

use anyhow::Context as _;
use axum::Router;
use todo_auth::BearerAuthenticator;
use todo_core::tasks::Tasks;
use todo_service::{
    Shutdown,
    config::{DatabaseConfig, ListenConfig, McpHostsConfig, Origin, TelemetryConfig},
    error::{catch_panics, method_not_allowed, not_found},
    health::{self, Health},
    program::{Errand, Readiness, Service},
    serve::{FAREWELL_LIMIT, serve},
    system::{OsEntropy, SystemClock},
    telemetry,
};
use todo_storage::{Database, Options};

use crate::{Hosts, router};

/// Where `mcp` listens unless it is told.
const PORT: u16 = 8001;

/// The MCP server of the Todo Chatbot. It needs the database and no secret.
#[derive(Debug, clap::Parser)]
#[command(name = "mcp", version)]
pub struct Program {
    #[command(flatten)]
    listen: ListenConfig,
    #[command(flatten)]
    database: DatabaseConfig,
    /// The origin under which people reach the app: audience of the tokens that are accepted.
    #[arg(
        long = "better-auth-url",
        env = "BETTER_AUTH_URL",
        value_name = "ORIGIN",
        default_value = "http://localhost:3000"
    )]
    public_origin: Origin,
    #[command(flatten)]
    hosts: McpHostsConfig,
    #[command(flatten)]
    telemetry: TelemetryConfig,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Clone, clap::Subcommand)]
enum Command {
    /// Serves (the default).
    Serve,
    #[command(flatten)]
    Errand(Errand),
}

impl Service for Program {
    fn errand(&self) -> Option<Errand> {
        match &self.command {
            Some(Command::Errand(errand)) => Some(errand.clone()),
            Some(Command::Serve) | None => None,
        }
    }

    fn readiness(&self) -> Readiness {
        Readiness::new(self.listen.address(PORT), health::HEALTH)
    }
}

/// Serves until it is told to stop.
///
/// # Errors
/// A setting cannot be used, or the listener cannot be opened.
pub async fn run(program: Program) -> anyhow::Result<()> {
    let Program { listen, database, public_origin, hosts, telemetry: logging, .. } = program;
    listen.validate(PORT)?;
    database.validate()?;
    let url = database.services_refuse_sqlite()?;
    let _telemetry = telemetry::init(&logging, "mcp").context("telemetry")?;
    let shutdown = Shutdown::signals().context("signals")?;

    let options =
        Options { max_connections: database.max_connections, ..Options::new(url.expose()) };
    let database = Arc::new(Database::connect(&options).await?);
    let clock = Arc::new(SystemClock);
    let tasks = Tasks::new(database.clone(), database.clone(), clock.clone());
    let authenticator =
        BearerAuthenticator::new(database.clone(), clock, Arc::new(OsEntropy), &public_origin);

    let health = Health::new([database_check(&database)], &shutdown);
    let app = Router::new()
        .merge(router(tasks, authenticator, &public_origin, Hosts::new(&public_origin, &hosts)))
        .merge(health.routes(health::HEALTH))
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed);
    let app = telemetry::observe(catch_panics(app), "mcp");

    if let Some(address) = listen.metrics {
        telemetry::serve_metrics(address, &shutdown).await.context("METRICS_LISTEN")?;
    }
    let listener = listen.bind(PORT).await?;
    health.announce();
    serve(listener, app, shutdown).await?;
    // What it does not take by then, the server finds out by itself.
    let _ = tokio::time::timeout(FAREWELL_LIMIT, database.close()).await;
    Ok(())
}

/// Ready when the database answers and is migrated.
fn database_check(database: &Arc<Database>) -> Arc<dyn health::Ready> {
    let database = database.clone();
    health::check("database", move || {
        let database = database.clone();
        async move { database.check().await }
    })
}

//! The program `backend`.

use std::{sync::Arc, time::Duration};

use anyhow::{Context as _, bail};
use axum::Router;
use todo_auth::{Auth, AuthSettings, Ports};
use todo_core::Entropy as _;
use todo_service::{
    Shutdown, Upstream,
    config::{
        AuthConfig, DatabaseConfig, ListenConfig, LlmConfig, McpConfig, ModeConfig, Origin,
        ProxyConfig, Secret, TelemetryConfig,
    },
    health::{self, Health},
    program::{Errand, Readiness, Service},
    serve::{FAREWELL_LIMIT, serve},
    system::{OsEntropy, SystemClock},
    telemetry,
};
use todo_storage::{Database, Options};

use crate::{App, Services, keep_house, migrate::migrate, router};

/// Where `backend` listens unless it is told.
const PORT: u16 = 8000;

/// Under which origin people reach the app unless it is told.
const PUBLIC: &str = "http://localhost:3000";

/// REST, chat and accounts of the Todo Chatbot.
#[derive(Debug, clap::Parser)]
#[command(name = "backend", version)]
pub struct Program {
    #[command(flatten)]
    listen: ListenConfig,
    #[command(flatten)]
    database: DatabaseConfig,
    #[command(flatten)]
    auth: AuthConfig,
    #[command(flatten)]
    mode: ModeConfig,
    #[command(flatten)]
    mcp: McpConfig,
    #[command(flatten)]
    proxies: ProxyConfig,
    #[command(flatten)]
    llm: LlmConfig,
    #[command(flatten)]
    telemetry: TelemetryConfig,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Clone, clap::Subcommand)]
enum Command {
    /// Serves (the default).
    Serve,
    /// Brings the database to this release's schema and ends. Safe to run in several places at once.
    Migrate {
        /// How long to wait for a database that cannot be reached yet.
        #[arg(long, value_name = "SECONDS", default_value_t = 120)]
        wait: u64,
    },
    #[command(flatten)]
    Errand(Errand),
}

impl Service for Program {
    fn errand(&self) -> Option<Errand> {
        match &self.command {
            Some(Command::Errand(errand)) => Some(errand.clone()),
            Some(Command::Serve | Command::Migrate { .. }) | None => None,
        }
    }

    fn readiness(&self) -> Readiness {
        Readiness::new(self.listen.address(PORT), health::HEALTH)
    }
}

/// Serves until it is told to stop, or migrates.
///
/// # Errors
/// A setting cannot be used, the listener cannot be opened, or the migration failed.
pub async fn run(program: Program) -> anyhow::Result<()> {
    let _telemetry = telemetry::init(&program.telemetry, "backend").context("telemetry")?;
    program.database.validate()?;
    let url = program.database.services_refuse_sqlite()?;
    let options = Options {
        direct_url: program.database.direct_url.as_ref().map(|url| url.expose().to_owned()),
        max_connections: program.database.max_connections,
        ..Options::new(url.expose())
    };
    let database = Arc::new(Database::connect(&options).await?);
    let shutdown = Shutdown::signals().context("signals")?;
    let Some(Command::Migrate { wait }) = program.command else {
        return serve_until_stopped(program, database, shutdown).await;
    };
    let server = program.database.direct_url.as_ref().unwrap_or(url);
    tokio::select! {
        migrated = migrate(&database, server, Duration::from_secs(wait)) => migrated?,
        () = shutdown.started() => bail!("told to stop before the database was migrated"),
    }
    tracing::info!("the database is migrated");
    Ok(())
}

async fn serve_until_stopped(
    program: Program,
    database: Arc<Database>,
    shutdown: Shutdown,
) -> anyhow::Result<()> {
    let Program { listen, auth, mode, mcp, proxies, llm, .. } = program;
    listen.validate(PORT)?;
    auth.validate(mode.mode)?;
    let public = match auth.public_origin {
        Some(origin) => origin,
        None => PUBLIC.parse::<Origin>().map_err(anyhow::Error::msg)?,
    };
    let secret = auth.secret.unwrap_or_else(throw_away_secret);
    let ports = Ports {
        store: database.clone(),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(OsEntropy),
    };
    let settings = AuthSettings {
        public_origin: public.clone(),
        secret,
        allow_sign_up: auth.allow_sign_up,
        mode: mode.mode,
        trusted_proxies: proxies.trusted,
    };
    let services = Services {
        tasks: database.clone(),
        plans: database.clone(),
        chats: database.clone(),
        accounts: database.clone(),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(OsEntropy),
        mcp: Upstream::remote(mcp.mcp.url().clone()),
    };
    let app = App::new(services, Auth::new(ports, settings), public).with_model(&llm)?;

    let health = Health::new([database_check(&database)], &shutdown);
    let routes = Router::new().merge(router(&app)).merge(health.routes(health::HEALTH));
    tokio::spawn(keep_house(database.clone(), Arc::new(SystemClock), app, shutdown.clone()));
    if let Some(address) = listen.metrics {
        telemetry::serve_metrics(address, &shutdown).await.context("METRICS_LISTEN")?;
    }
    let listener = listen.bind(PORT).await?;
    health.announce();
    serve(listener, routes, shutdown).await?;
    // What it does not take by then, the server finds out by itself.
    let _ = tokio::time::timeout(FAREWELL_LIMIT, database.close()).await;
    Ok(())
}

/// Outside production a secret may be missing: then sessions and keys last as long as this process.
fn throw_away_secret() -> Secret {
    tracing::warn!("BETTER_AUTH_SECRET is not set: everybody is signed out when this process ends");
    let mut bytes = [0; 32];
    OsEntropy.fill(&mut bytes);
    let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    Secret::new(text)
}

/// Ready when the database answers and is migrated.
fn database_check(database: &Arc<Database>) -> Arc<dyn health::Ready> {
    let database = database.clone();
    health::check("database", move || {
        let database = database.clone();
        async move { database.check().await }
    })
}

//! The program `frontend`.

use anyhow::Context as _;
use todo_service::{
    Shutdown, Upstream,
    config::{BackendConfig, ListenConfig, McpConfig, TelemetryConfig},
    error::catch_panics,
    health::{FRONTEND_HEALTH, Health},
    program::{Errand, Readiness, Service},
    serve::serve,
    telemetry,
};

use crate::{Services, router};

/// Where `frontend` listens unless it is told.
const PORT: u16 = 3000;

/// Pages of the Todo Chatbot. Passes /api and /mcp on to the services behind it.
#[derive(Debug, clap::Parser)]
#[command(name = "frontend", version)]
pub struct Program {
    #[command(flatten)]
    listen: ListenConfig,
    #[command(flatten)]
    backend: BackendConfig,
    #[command(flatten)]
    mcp: McpConfig,
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
        Readiness::new(self.listen.address(PORT), FRONTEND_HEALTH)
    }
}

/// Serves the pages until it is told to stop. It is ready as soon as it is alive: it needs nothing to show a page that
/// says what is missing.
///
/// # Errors
/// A setting cannot be used, or the listener cannot be opened.
pub async fn run(program: Program) -> anyhow::Result<()> {
    let Program { listen, backend, mcp, telemetry: logging, .. } = program;
    listen.validate(PORT)?;
    let _telemetry = telemetry::init(&logging, "frontend").context("telemetry")?;
    let shutdown = Shutdown::signals().context("signals")?;

    let services = Services {
        backend: Upstream::remote(backend.backend.url().clone()),
        mcp: Upstream::remote(mcp.mcp.url().clone()),
    };
    let health = Health::new([], &shutdown);
    let pages = router(services).merge(health.routes(FRONTEND_HEALTH));
    let app = telemetry::observe(catch_panics(pages), "frontend");

    if let Some(address) = listen.metrics {
        telemetry::serve_metrics(address, &shutdown).await.context("METRICS_LISTEN")?;
    }
    let listener = listen.bind(PORT).await?;
    health.announce();
    serve(listener, app, shutdown).await?;
    Ok(())
}

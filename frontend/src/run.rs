//! The service as a process.

use std::io;

use clap::Args;
use todo_service::config::{BackendConfig, ConfigError, ListenConfig, McpConfig, TelemetryConfig};
use todo_service::error::catch_panics;
use todo_service::health::{self, FRONTEND_HEALTH};
use todo_service::telemetry::{observe, serve_metrics};
use todo_service::{Shutdown, Upstream, serve};
use tokio::net::TcpListener;

use crate::{Services, router};

/// The port of the frontend.
pub const PORT: u16 = 3000;

/// The settings of the frontend.
#[derive(Debug, Clone, Args)]
pub struct Config {
    /// Where it listens.
    #[command(flatten)]
    pub listen: ListenConfig,
    /// Where the backend is.
    #[command(flatten)]
    pub backend: BackendConfig,
    /// Where the MCP server is.
    #[command(flatten)]
    pub mcp: McpConfig,
    /// What it logs.
    #[command(flatten)]
    pub telemetry: TelemetryConfig,
}

impl Config {
    /// Rejects settings that cannot work together.
    ///
    /// # Errors
    /// See [`ListenConfig::validate`].
    pub fn validate(&self) -> Result<(), ConfigError> {
        self.listen.validate(PORT)
    }

    fn services(&self) -> Services {
        Services {
            backend: Upstream::remote(self.backend.backend.url().clone()),
            mcp: Upstream::remote(self.mcp.mcp.url().clone()),
        }
    }
}

/// Serves the pages on `listener` until `shutdown`. It is ready as soon as it is alive: it needs nothing to show a page
/// that says what is missing.
///
/// # Errors
/// The metrics cannot be served, or the listener is broken.
pub async fn run(config: &Config, listener: TcpListener, shutdown: Shutdown) -> io::Result<()> {
    if let Some(address) = config.listen.metrics {
        serve_metrics(address, &shutdown).await?;
    }
    let pages = router(config.services());
    let app = pages.merge(health::routes(FRONTEND_HEALTH, &[], &shutdown));
    serve::serve(listener, observe(catch_panics(app), "frontend"), shutdown).await
}

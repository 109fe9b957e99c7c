//! HTML pages as a service of their own.

use clap::Parser;
use todo_service::config::{ConfigError, load};
use todo_service::{Shutdown, telemetry};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Pages of the Todo Chatbot. Passes /api and /mcp on to the services behind it.
#[derive(Debug, Clone, Parser)]
#[command(version)]
struct Program {
    #[command(flatten)]
    config: frontend::Config,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let config = settings().unwrap_or_else(|error| error.exit());
    let _telemetry = telemetry::init(&config.telemetry, "frontend")?;
    let listener = config.listen.bind(frontend::PORT).await.unwrap_or_else(|error| error.exit());
    frontend::run(&config, listener, Shutdown::signals()?).await?;
    Ok(())
}

fn settings() -> Result<frontend::Config, ConfigError> {
    let config = load::<Program>()?.program.config;
    config.validate()?;
    Ok(config)
}

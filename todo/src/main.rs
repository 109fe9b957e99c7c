//! A task manager that you talk to: every service in one program.

mod cli;
mod doctor;
mod local;
mod seed;
mod serve;
mod stdio;

use std::{io::Write as _, process::ExitCode};

use anyhow::Context as _;
use cli::{Cli, Command};
use todo_service::{config, program, telemetry};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let loaded = config::load::<Cli>().unwrap_or_else(|error| error.exit());
    program::finish(run(loaded).await)
}

async fn run(loaded: config::Loaded<Cli>) -> anyhow::Result<()> {
    let config::Loaded { program: Cli { settings, command }, settings: in_force } = loaded;
    match command.unwrap_or_else(|| Command::Serve(Box::new(settings))) {
        Command::Serve(settings) => {
            let _telemetry = telemetry::init(&settings.telemetry, "todo").context("telemetry")?;
            serve::serve(*settings).await
        }
        Command::Migrate(settings) => {
            let _telemetry = telemetry::init(&settings.telemetry, "todo").context("telemetry")?;
            let database = local::open(&settings).await?;
            local::migrate(&settings, &database).await?;
            database.close().await?;
            say("The database is migrated.")
        }
        Command::Seed(settings) => seed::seed(&settings).await,
        Command::Mcp(args) => {
            let _telemetry =
                telemetry::init(&args.settings.telemetry, "todo").context("telemetry")?;
            stdio::speak(*args).await
        }
        Command::Doctor(settings) => doctor::doctor(&settings, &in_force).await,
        Command::Openapi => say(&backend::document().to_pretty_json()?),
    }
}

/// One line for the person who started the program.
fn say(line: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

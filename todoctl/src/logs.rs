//! `todoctl logs`.

use std::process::ExitCode;

use clap::Args;

use crate::session::Session;

/// Flags of `todoctl logs`.
#[derive(Debug, Args)]
pub(crate) struct LogsArgs {}

/// Runs the command.
pub(crate) async fn run(_session: &Session, _args: &LogsArgs) -> anyhow::Result<ExitCode> {
    anyhow::bail!("not there yet")
}

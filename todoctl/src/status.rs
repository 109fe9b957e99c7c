//! `todoctl status`.

use std::process::ExitCode;

use clap::Args;

use crate::session::Session;

/// Flags of `todoctl status`.
#[derive(Debug, Args)]
pub(crate) struct StatusArgs {}

/// Runs the command.
pub(crate) async fn run(_session: &Session, _args: &StatusArgs) -> anyhow::Result<ExitCode> {
    anyhow::bail!("not there yet")
}

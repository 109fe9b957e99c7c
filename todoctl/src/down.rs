//! `todoctl down`.

use std::process::ExitCode;

use clap::Args;

use crate::session::Session;

/// Flags of `todoctl down`.
#[derive(Debug, Args)]
pub(crate) struct DownArgs {}

/// Runs the command.
pub(crate) async fn run(_session: &Session, _args: &DownArgs) -> anyhow::Result<ExitCode> {
    anyhow::bail!("not there yet")
}

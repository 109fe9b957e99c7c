//! `todoctl up`.

use std::process::ExitCode;

use clap::Args;

use crate::session::Session;

/// Flags of `todoctl up`.
#[derive(Debug, Args)]
pub(crate) struct UpArgs {}

/// Runs the command.
pub(crate) async fn run(_session: &Session, _args: &UpArgs) -> anyhow::Result<ExitCode> {
    anyhow::bail!("not there yet")
}

//! `todoctl verify`.

use std::process::ExitCode;

use clap::Args;

use crate::session::Session;

/// Flags of `todoctl verify`.
#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {}

/// Runs the command.
pub(crate) async fn command(_session: &Session, _args: &VerifyArgs) -> anyhow::Result<ExitCode> {
    anyhow::bail!("not there yet")
}

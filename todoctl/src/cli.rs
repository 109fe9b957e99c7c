//! The command line. Each command's own flags live with the command.

use clap::{Args, Parser, Subcommand};

use crate::{down::DownArgs, logs::LogsArgs, status::StatusArgs, up::UpArgs, verify::VerifyArgs};

/// The command line of `todoctl`.
#[derive(Debug, Parser)]
#[command(name = "todoctl", version, about, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Which cluster and which installation; the same for every command.
#[derive(Debug, Clone, Args)]
pub(crate) struct Common {
    /// Context of the kubeconfig to act on; your current context stays what it is
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) context: Option<String>,
    /// Namespace of the app
    #[arg(long, global = true, value_name = "NAME", default_value = "todo-app")]
    pub(crate) namespace: String,
    /// Host name under which the Ingress answers
    #[arg(long, global = true, value_name = "NAME", default_value = "todo.local")]
    pub(crate) host: String,
    /// Answers every question with its suggestion, where there is a safe one
    #[arg(long, short = 'y', global = true)]
    pub(crate) yes: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Brings the stack up on a cluster, verifies it and tells its address
    Up(Box<UpArgs>),
    /// Checks every requirement on the running stack and measures it
    Verify(VerifyArgs),
    /// Says what is installed and how it is
    Status(StatusArgs),
    /// Shows the logs of all pods as one
    Logs(LogsArgs),
    /// Takes the stack down; data stays unless you say otherwise
    Down(DownArgs),
}

//! The command line.

use clap::{Args, Parser, Subcommand};
use todo_service::config::{
    AuthConfig, DatabaseConfig, ListenConfig, LlmConfig, McpHostsConfig, ModeConfig, ProxyConfig,
    TelemetryConfig,
};

/// A task manager that you talk to. Without a command it serves everything at http://localhost:3000.
#[derive(Debug, Parser)]
#[command(name = "todo", version, args_conflicts_with_subcommands = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) settings: Settings,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serves pages, REST interface and MCP server (what happens without a command).
    Serve(Box<Settings>),
    /// Brings the database to this release's schema and ends.
    Migrate(Box<Settings>),
    /// Fills two users with tasks and a conversation, to look around.
    Seed(Box<Settings>),
    /// Speaks MCP with the program that started it.
    Mcp(Box<McpArgs>),
    /// Looks whether everything is in order, and prints the settings in force.
    Doctor(Box<Settings>),
    /// Prints the description of the REST interface.
    Openapi,
}

/// Every setting; each is a flag and an environment variable of the same name.
#[derive(Debug, Clone, Args)]
pub(crate) struct Settings {
    #[command(flatten)]
    pub(crate) listen: ListenConfig,
    #[command(flatten)]
    pub(crate) database: DatabaseConfig,
    #[command(flatten)]
    pub(crate) auth: AuthConfig,
    #[command(flatten)]
    pub(crate) mode: ModeConfig,
    #[command(flatten)]
    pub(crate) hosts: McpHostsConfig,
    #[command(flatten)]
    pub(crate) proxies: ProxyConfig,
    #[command(flatten)]
    pub(crate) llm: LlmConfig,
    #[command(flatten)]
    pub(crate) telemetry: TelemetryConfig,
}

/// How to speak MCP.
#[derive(Debug, Args)]
pub(crate) struct McpArgs {
    /// Over standard input and output; there is no other way here.
    #[arg(long, required = true)]
    pub(crate) stdio: bool,
    /// Of whom, by email address; needed when the local file has several users.
    #[arg(long, value_name = "EMAIL")]
    pub(crate) user: Option<String>,
    /// The app to act on instead of the local file.
    #[arg(long = "url", env = "TODO_URL", value_name = "URL")]
    pub(crate) app_url: Option<todo_service::config::ServiceUrl>,
    /// The token that acts there.
    #[arg(long = "api-key", env = "TODO_API_KEY", value_name = "TOKEN")]
    pub(crate) app_token: Option<todo_service::config::Secret>,
    #[command(flatten)]
    pub(crate) settings: Settings,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::Cli;

    #[test]
    fn every_command_has_a_sound_set_of_flags() {
        Cli::command().debug_assert();
    }
}

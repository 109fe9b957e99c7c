//! Settings: one clap `Args` struct for each section, and one way to read them.
//!
//! A program flattens the sections that it needs into its own `clap::Parser` and calls [`load()`]. Every setting is
//! a flag and an environment variable of the same name; the flag wins, and an empty variable counts as unset.

mod auth;
mod database;
mod environment;
mod error;
mod in_force;
mod listen;
mod llm;
mod load;
mod mode;
mod net;
mod proxies;
mod secret;
mod secret_file;
mod switch;
mod telemetry;
mod upstreams;

pub use auth::AuthConfig;
pub use database::{DatabaseConfig, DatabaseKind, DatabaseUrl};
pub use environment::Environment;
pub use error::ConfigError;
pub use in_force::{InForce, Source};
pub use listen::ListenConfig;
pub use llm::{LlmChoice, LlmConfig, LlmProvider, LlmSettings};
pub use load::{Loaded, load, parse};
pub use mode::{Mode, ModeConfig};
pub use net::{Network, Origin};
pub use proxies::{ProxyConfig, TrustedProxies};
pub use secret::Secret;
pub use secret_file::{Kept, keep_secret};
pub use telemetry::{LogFilter, TelemetryConfig};
pub use upstreams::{AllowedHosts, BackendConfig, McpConfig, McpHostsConfig, McpUrl, ServiceUrl};

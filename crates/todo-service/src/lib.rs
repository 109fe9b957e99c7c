//! Process plumbing: configuration, telemetry, health, drain, HTTP errors, and the seam between the services.
//!
//! A program reads its [`config`], starts [`telemetry`], builds a router out of features plus the layers of
//! [`security`], [`health`] and [`error`], and hands it to [`serve`](serve::serve). Other services are reached
//! through an [`upstream::Upstream`].

pub mod config;
pub mod telemetry;

pub mod error;
pub mod extract;

pub mod body_limit;
pub mod client_address;
pub mod security;

pub mod health;
pub mod serve;
pub mod shutdown;

pub mod upstream;

pub mod system;

pub use error::ApiError;
pub use shutdown::Shutdown;
pub use upstream::Upstream;

//! Process plumbing: configuration, telemetry, health, drain, HTTP errors, and the seam between the services.
//!
//! A program reads its [`config`], starts [`telemetry`], builds a router out of features plus the layers of
//! [`security`], [`health`] and [`error`], and hands it to [`serve`](serve::serve). Other services are reached
//! through an [`upstream::Upstream`].
//!
//! The layers wrap a router one after the other, the innermost first: [`body_limit::limit_body`],
//! [`security::refuse_cross_origin`], the headers of [`security`], [`security::compress`], [`error::catch_panics`],
//! [`telemetry::observe`]. So every answer, a panic's too, has its headers, its log line and its measurement.

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

pub mod program;
pub mod system;

pub use error::ApiError;
pub use shutdown::Shutdown;
pub use upstream::Upstream;

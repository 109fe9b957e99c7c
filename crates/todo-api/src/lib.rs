//! JSON shapes of the REST interface and a typed client for it.
//!
//! Doors that speak JSON share these types, so that a task looks the same everywhere.

pub mod task;
pub mod list;
pub mod change;
pub mod chat;
pub mod plan;
pub mod conversation;
pub mod settings;
pub mod stats;
pub mod screen;
pub mod terms;
pub mod tools;
pub mod problem;
pub mod client;

pub use client::{Client, ClientError, Transport, TransportError};
pub use problem::Problem;

//! JSON shapes of the REST interface and a typed client for it.
//!
//! Doors that speak JSON share these types, so that a task looks the same everywhere.

pub mod change;
pub mod chat;
pub mod client;
pub mod conversation;
pub mod list;
pub mod plan;
pub mod problem;
pub mod screen;
pub mod settings;
pub mod stats;
pub mod task;
pub mod terms;
pub mod tools;

pub use client::{Client, ClientError, Transport, TransportError};
pub use problem::Problem;

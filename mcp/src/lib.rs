//! The MCP server: tools over the use cases.
//!
//! Streamable HTTP at `/mcp`, stateless in both eras of the protocol, so that any replica answers any call; the same
//! [`Server`] speaks over stdio. Who calls comes from the token and is never an argument.

mod server;
mod tool;
mod tools;
mod routes;
mod run;

pub use routes::{Hosts, router};
pub use run::{Program, run};
pub use server::Server;

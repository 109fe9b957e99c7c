//! The MCP server: tools over the use cases.
//!
//! Streamable HTTP at `/mcp`, stateless in both eras of the protocol, so that any replica answers any call; the same
//! [`Server`] speaks over stdio. Who calls comes from the token and is never an argument.

mod routes;
mod run;
mod schema;
mod server;
mod tool;
mod tools;

pub use routes::{Hosts, router};
pub use run::{Program, run};
pub use server::Server;

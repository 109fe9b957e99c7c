//! The MCP server, through its HTTP door.

mod arguments;
mod doors;
mod eras;
mod list;
mod matching;
mod plans;
mod retries;
mod selection;
mod tools;

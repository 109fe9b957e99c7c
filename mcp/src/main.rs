//! The MCP server: tools over the use cases.

fn main() {}

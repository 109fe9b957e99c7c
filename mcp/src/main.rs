//! The MCP server: tools over the use cases.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    todo_service::program::main(mcp::run)
}

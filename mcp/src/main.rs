//! The MCP server: tools over the use cases.

use std::process::ExitCode;

use mcp::Program;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let program = match todo_service::config::load::<Program>() {
        Ok(loaded) => loaded.program,
        Err(error) => error.exit(),
    };
    todo_service::program::finish(mcp::run(program).await)
}

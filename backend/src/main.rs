//! REST, chat and accounts.

use std::process::ExitCode;

use backend::Program;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let program = match todo_service::config::load::<Program>() {
        Ok(loaded) => loaded.program,
        Err(error) => error.exit(),
    };
    todo_service::program::finish(backend::run(program).await)
}

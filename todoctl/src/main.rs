//! Brings the todo chatbot up on Kubernetes, and says whether it works.
//!
//! It drives the programs that people use by hand (`kubectl`, `helm`, `docker`, `minikube`, `kind`), so that all it
//! does can be repeated and looked at without it; docs/decisions/0013 says why.

mod cli;
mod cluster;
mod down;
mod interrupt;
mod logs;
mod random;
mod screen;
mod secrets;
mod session;
mod site;
mod status;
mod tools;
mod up;
mod verify;

use std::process::ExitCode;

use clap::Parser as _;
use cli::{Cli, Command};
use interrupt::{Interrupt, Interrupted};
use session::Session;

/// The exit status of a program that was ended by Ctrl-C, as shells count it.
const INTERRUPTED: u8 = 130;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Runtime::new().expect("the system has threads and a poller");
    let code = runtime.block_on(answer(cli));
    // Not waiting: a question that Ctrl-C has answered still reads on a thread of its own.
    runtime.shutdown_background();
    code
}

async fn answer(cli: Cli) -> ExitCode {
    let session = Session::new(cli.common, Interrupt::listen());

    let ended = run(&session, cli.command).await;
    let code = match ended {
        Ok(code) => code,
        Err(error) if Interrupted::caused(&error) => ExitCode::from(INTERRUPTED),
        Err(error) => {
            session.screen.error(&error);
            ExitCode::FAILURE
        }
    };
    session.screen.close();
    code
}

async fn run(session: &Session, command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Up(args) => up::run(session, &args).await,
        Command::Verify(args) => verify::command(session, &args).await,
        Command::Status(args) => status::run(session, &args).await,
        Command::Logs(args) => logs::run(session, &args).await,
        Command::Down(args) => down::run(session, &args).await,
    }
}

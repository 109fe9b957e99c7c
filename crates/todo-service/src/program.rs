//! A program from its first line to its exit code.

mod age;
mod errand;
mod readiness;
mod sandbox;

use std::{error::Error, io::Write as _, process::ExitCode};

use crate::{config, error::Chain};

pub use age::age;
pub use errand::Errand;
pub use readiness::{Answer, Readiness, Silence};
pub use sandbox::Sandbox;

/// The command line of a service.
pub trait Service: clap::Parser {
    /// What it was started for, when that is not its work.
    fn errand(&self) -> Option<Errand>;

    /// Where its working sibling in the same container says whether it is ready.
    fn readiness(&self) -> Readiness;
}

/// The whole of a service's `main`: reads the settings, then does an errand, or `work` until that ends.
pub fn main<P, F, E>(work: impl FnOnce(P) -> F) -> ExitCode
where
    P: Service,
    F: Future<Output = Result<(), E>>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    age::remember();
    let program = match config::load::<P>() {
        Ok(loaded) => loaded.program,
        Err(error) => error.exit(),
    };
    if let Some(errand) = program.errand() {
        return errand.run(program.readiness());
    }
    match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => finish(runtime.block_on(work(program))),
        Err(error) => finish(Err(error)),
    }
}

/// The exit code of a run; what went wrong is told on stderr, in one line, because logging may not have begun.
pub fn finish<E: Into<Box<dyn Error + Send + Sync>>>(run: Result<(), E>) -> ExitCode {
    match run {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let error: Box<dyn Error + Send + Sync> = error.into();
            let _ = writeln!(std::io::stderr(), "stopped: {}", Chain(&*error));
            ExitCode::FAILURE
        }
    }
}

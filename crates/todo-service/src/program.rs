//! The end of a program.

use std::{error::Error, io::Write as _, process::ExitCode};

use crate::error::Chain;

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

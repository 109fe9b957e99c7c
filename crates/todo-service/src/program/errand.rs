//! What a service can be told to do instead of its work: the small things for which others keep a shell in an image.

use std::{
    io::{self, Write as _},
    process::ExitCode,
    thread,
    time::Duration,
};

use super::{Readiness, Sandbox};

/// Flatten it into the enum of a service's commands.
#[derive(Debug, Clone, PartialEq, Eq, clap::Subcommand)]
pub enum Errand {
    /// Asks the service in this container whether it is ready; ends with 0 when it is.
    Health {
        /// Asks there instead, which makes any of our images a probe of the others. May be given several times.
        #[arg(long, value_name = "URL")]
        url: Vec<Readiness>,
        /// The status that counts as a yes.
        #[arg(long, value_name = "NUMBER", default_value_t = 200)]
        status: u16,
    },
    /// Waits and ends. A pod's preStop hook: what knows the pod's address has time to forget it.
    Pause {
        /// How long.
        #[arg(value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(..=3600))]
        seconds: u64,
    },
    /// Prints how this process is confined (user, file system, capabilities, system calls), as one line of JSON.
    Sandbox,
}

impl Errand {
    /// Does it. `readiness` is where the service answers.
    pub(super) fn run(self, readiness: Readiness) -> ExitCode {
        match self {
            Self::Health { url, status } => {
                let asked = if url.is_empty() { vec![readiness] } else { url };
                let refused = asked.iter().filter(|asked| !answers(asked, status)).count();
                if refused == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
            }
            Self::Pause { seconds } => {
                thread::sleep(Duration::from_secs(seconds));
                ExitCode::SUCCESS
            }
            Self::Sandbox => match Sandbox::of_this_process() {
                Ok(sandbox) => say(&sandbox),
                Err(error) => complain(&format_args!("/proc/self/status cannot be read: {error}")),
            },
        }
    }
}

/// Asks one of them, tells what it says, and whether that is `expected`.
fn answers(asked: &Readiness, expected: u16) -> bool {
    match asked.ask() {
        Ok(answer) => {
            say(&format_args!("{asked} {answer}"));
            answer.status == expected
        }
        Err(silence) => {
            complain(&silence);
            false
        }
    }
}

fn say(what: &impl std::fmt::Display) -> ExitCode {
    match writeln!(io::stdout(), "{what}") {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn complain(why: &impl std::fmt::Display) -> ExitCode {
    let _ = writeln!(io::stderr(), "{why}");
    ExitCode::FAILURE
}

//! How running a program can fail, in sentences.

use std::{io, process::ExitStatus, time::Duration};

use super::Finished;
use crate::{interrupt::Interrupted, secrets::Secrets};

/// How much of a failed program's output is worth showing.
const TAIL_LINES: usize = 12;

/// Everything that can go wrong with a program that we run. No message holds a secret.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProgramError {
    #[error("{program} is not installed (or not on the PATH)")]
    Missing { program: String },
    #[error("{program} could not be started ({cause})")]
    Start { program: String, cause: io::Error },
    #[error("could not {purpose}: {program} ended with {status}{}", below(complaint))]
    Failed { program: String, purpose: String, status: String, complaint: String },
    #[error("could not {purpose}: {program} did not end within {} s", limit.as_secs())]
    TooLong { program: String, purpose: String, limit: Duration },
    #[error("could not {purpose}: the answer of {program} is not what was expected ({cause})")]
    Answer { program: String, purpose: String, cause: serde_json::Error },
    #[error("could not {purpose}: waiting for {program} failed ({cause})")]
    Wait { program: String, purpose: String, cause: io::Error },
    #[error(
        "{program} was not started: an argument holds a secret, and everyone on this machine can read arguments"
    )]
    SecretArgument { program: String },
    // Not transparent: the interruption must stay findable among the causes.
    #[error("interrupted")]
    Interrupted(#[from] Interrupted),
}

impl ProgramError {
    /// What the program itself said about its failure; empty when it did not run or said nothing.
    pub(crate) fn complaint(&self) -> &str {
        match self {
            Self::Failed { complaint, .. } => complaint,
            _ => "",
        }
    }
}

/// What is known of a program before it fails.
pub(super) struct Failure {
    pub(super) program: String,
    pub(super) purpose: String,
    pub(super) secrets: Secrets,
}

impl Failure {
    /// The error of a program that has ended badly.
    pub(super) fn of(self, finished: &Finished) -> ProgramError {
        let silent = finished.stderr.trim().is_empty();
        let said = if silent { &finished.stdout } else { &finished.stderr };
        ProgramError::Failed {
            program: self.program,
            purpose: self.purpose,
            status: status(finished.status),
            complaint: self.secrets.clean(&tail(said, TAIL_LINES)),
        }
    }
}

/// The last `count` lines of `text`: where a program that failed says why.
pub(crate) fn tail(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.trim().lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

fn status(status: ExitStatus) -> String {
    status.code().map_or_else(|| status.to_string(), |code| format!("status {code}"))
}

fn below(complaint: &str) -> String {
    if complaint.is_empty() { String::new() } else { format!("\n{complaint}") }
}

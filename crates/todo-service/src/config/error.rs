//! Why a program refuses to start.

use std::io::Write as _;

/// A setting that keeps a program from starting. Its text is one sentence that names the key, never a secret.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A value that cannot be understood, or cannot work together with another one.
    #[error("{key} {why}")]
    Invalid {
        /// Name of the environment variable.
        key: String,
        /// What is wrong, as the rest of a sentence that begins with the key.
        why: String,
    },
    /// A key with our prefix that no program knows; most likely a slip of the pen.
    #[error("{key} is not a setting{hint}")]
    Unknown {
        /// The key as it was found.
        key: String,
        /// A known key that looks like it, as the rest of the sentence, or nothing.
        hint: String,
    },
    /// The command line itself: an unknown flag, or a question such as `--help`.
    #[error(transparent)]
    CommandLine(#[from] clap::Error),
}

impl ConfigError {
    /// A value of `key` that is refused because of `why` (the rest of the sentence: "must be …").
    pub fn invalid(key: impl Into<String>, why: impl Into<String>) -> Self {
        Self::Invalid { key: key.into(), why: why.into() }
    }

    /// Ends the program: help and version go to stdout with code 0, everything else to stderr with code 2.
    pub fn exit(&self) -> ! {
        if let Self::CommandLine(error) = self {
            error.exit();
        }
        // Telemetry does not run yet; a start that fails is told on stderr, and there is nobody to tell if that fails.
        let _ = writeln!(std::io::stderr(), "cannot start: {self}");
        std::process::exit(2);
    }
}

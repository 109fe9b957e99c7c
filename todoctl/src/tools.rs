//! The programs that do the work, and how they are run.

pub(crate) mod kubectl;
pub(crate) mod program;

use program::Program;

use crate::{interrupt::Interrupt, secrets::Secrets};

/// What every program that we start shares: the secrets it must not show, and the wish to stop.
#[derive(Debug, Clone)]
pub(crate) struct Tools {
    pub(crate) secrets: Secrets,
    pub(crate) interrupt: Interrupt,
}

impl Tools {
    pub(crate) fn new(secrets: Secrets, interrupt: Interrupt) -> Self {
        Self { secrets, interrupt }
    }

    /// A program to be run. `purpose` completes "could not …" ("list the pods").
    pub(crate) fn program(&self, name: &str, purpose: impl Into<String>) -> Program {
        Program::new(self.clone(), name, purpose.into())
    }
}

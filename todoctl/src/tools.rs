//! The programs that do the work, and how they are run.

pub(crate) mod docker;
pub(crate) mod helm;
pub(crate) mod kind;
pub(crate) mod kubectl;
pub(crate) mod minikube;
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

    /// Whether a program of that name is on the PATH.
    pub(crate) fn is_installed(name: &str) -> bool {
        which::which(name).is_ok()
    }
}

/// The first version in a text, whatever stands around it: `kind v0.29.0 go1.24.2 linux/amd64`, `v3.14.0+g3fc9f4b`.
fn version_in(text: &str) -> Option<semver::Version> {
    text.split([' ', ',', '\n', '\t', '"']).find_map(|word| {
        let word = word.trim_start_matches('v');
        // Debian and Docker write fewer or more parts than three: `20.10.24+dfsg1`, `28.2`.
        semver::Version::parse(word).or_else(|_| semver::Version::parse(&format!("{word}.0"))).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_as_each_program_prints_them() {
        let found = |text| version_in(text).map(|version| version.to_string());

        assert_eq!(found("kind v0.29.0 go1.24.2 linux/amd64").as_deref(), Some("0.29.0"));
        assert_eq!(found("v3.14.0+g3fc9f4b").as_deref(), Some("3.14.0+g3fc9f4b"));
        assert_eq!(found("20.10.24+dfsg1").as_deref(), Some("20.10.24+dfsg1"));
        assert_eq!(found("28.2").as_deref(), Some("28.2.0"));
        assert_eq!(found("no version at all"), None);
    }
}

//! The container engine, through its own program.

use std::process::Command;

use anyhow::{Context, Result};

use crate::{process, test::missing::excused};

/// What a program of the engine, or one in a container, said and did.
pub(super) struct Ran {
    pub(super) succeeded: bool,
    pub(super) out: String,
    /// Both outputs: a refusal may be on either.
    pub(super) all: String,
}

/// Asks whether an engine answers that can build with BuildKit and knows compose.
///
/// # Errors
/// [`Missing`](crate::test::missing::Missing), when there is none: an excused one, because in a container there mostly is none.
pub(super) fn find() -> Result<()> {
    const NEEDED: [(&[&str], &str); 3] = [
        (&["version"], "no container engine answers: install Docker, or start it"),
        (&["buildx", "version"], "no docker buildx: install Docker's plugin buildx"),
        (&["compose", "version"], "no docker compose: install Docker's plugin compose"),
    ];
    if !process::installed("docker") {
        return Err(excused("no docker: install Docker"));
    }
    for (question, without) in NEEDED {
        if !run(&mut docker(question))?.succeeded {
            return Err(excused(without));
        }
    }
    Ok(())
}

/// `docker` with these arguments.
pub(super) fn docker(arguments: &[&str]) -> Command {
    let mut docker = process::program("docker");
    docker.args(arguments);
    docker
}

/// A program in a container of `image` that is confined as a pod's are and has no network.
pub(super) fn pod(image: &str, settings: &[&str], arguments: &[&str]) -> Command {
    let mut docker = docker(&[
        "run",
        "--rm",
        "--read-only",
        "--cap-drop=ALL",
        "--security-opt=no-new-privileges",
        "--memory=256m",
        "--cpus=0.5",
        "--network=none",
    ]);
    for setting in settings {
        docker.args(["--env", setting]);
    }
    docker.arg(format!("{image}:latest")).args(arguments);
    docker
}

/// Runs a command to its end, whatever that is.
///
/// # Errors
/// When it cannot be started.
pub(super) fn run(command: &mut Command) -> Result<Ran> {
    let done = command.output().context("docker could not be started")?;
    let out = String::from_utf8_lossy(&done.stdout).into_owned();
    let all = format!("{out}{}", String::from_utf8_lossy(&done.stderr));
    Ok(Ran { succeeded: done.status.success(), out, all })
}

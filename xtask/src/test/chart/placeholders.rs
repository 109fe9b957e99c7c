//! A placeholder of `k8s/secrets.yaml.template` that nobody filled in stops the programs with a sentence that names it.

use std::{
    process::Command,
    thread,
    time::{Duration, Instant},
};

use anyhow::Result;

use super::scene::Scene;
use crate::{findings::Findings, manifests, process};

/// A program that takes a placeholder for a value would wait for its database instead.
const LIMIT: Duration = Duration::from_secs(10);

pub(super) fn look(scene: &Scene<'_>) -> Result<Findings> {
    let mut found = Findings::new();
    for (key, placeholder) in manifests::placeholders() {
        let mut backend = process::program("env");
        backend.args(["-i", "LISTEN=127.0.0.1:0", "NODE_ENV=production"]);
        backend.args(["BETTER_AUTH_URL=http://todo.local", "MCP_SERVER_URL=http://127.0.0.1:1"]);
        for (name, value) in manifests::filled_in() {
            let value = if name == key { placeholder } else { value };
            backend.arg(format!("{name}={value}"));
        }
        backend.arg(scene.kit.programs()?.path("backend"));

        match refusal(&mut backend)? {
            Some(said) if said.contains(key) => {}
            Some(said) => found.push(format!("{key}: backend does not name it: {said}")),
            None => found.push(format!("{key}: backend takes the placeholder for a value")),
        }
    }
    Ok(found)
}

/// What the program says when it ends by itself; nothing when it runs on.
fn refusal(command: &mut Command) -> Result<Option<String>> {
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::piped());
    let mut child = command.spawn()?;
    let started = Instant::now();
    while child.try_wait()?.is_none() {
        if started.elapsed() > LIMIT {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(20));
    }
    let done = child.wait_with_output()?;
    Ok(Some(String::from_utf8_lossy(&done.stderr).into_owned()))
}

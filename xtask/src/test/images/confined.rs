//! Programs in containers that are confined as pods are.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{COMPONENTS, engine};
use crate::findings::Findings;

/// A password that no output may show.
const PASSWORD: &str = "hunter2-in-a-url";

/// Starts each program in ways that end by themselves.
pub(super) fn look() -> Result<Findings> {
    let mut findings = Findings::new();
    for component in COMPONENTS {
        findings.extend(shell(component)?);
        findings.extend(sandbox(component)?);
    }
    findings.extend(without_a_database("backend")?);
    findings.extend(without_a_database("mcp")?);
    findings.extend(migrate_without_a_server()?);
    Ok(findings)
}

/// Nobody who gets in finds a shell.
fn shell(component: &str) -> Result<Option<String>> {
    let image = format!("{component}:latest");
    for shell in ["/bin/sh", "/bin/bash", "/busybox/sh"] {
        let mut docker = engine::docker(&["run", "--rm", "--entrypoint", shell, &image]);
        if engine::run(docker.args(["-c", "exit 0"]))?.succeeded {
            return Ok(Some(format!("{component} has {shell}")));
        }
    }
    Ok(None)
}

/// The program itself tells how it is confined.
fn sandbox(component: &str) -> Result<Option<String>> {
    let ran = engine::run(&mut engine::pod(component, &[], &["sandbox"]))?;
    let told: Value = serde_json::from_str(&ran.out)
        .with_context(|| format!("`{component} sandbox` said: {}", ran.all))?;

    let wanted = json!({
        "uid": 1000,
        "gid": 1000,
        "root_writable": false,
        "root_read_only": true,
        "capabilities": [],
        "no_new_privileges": true,
        "seccomp": "filter",
    });
    Ok((told != wanted).then(|| format!("{component} runs as {told}, not as {wanted}")))
}

/// A setting that is needed and missing stops the start with its name.
fn without_a_database(component: &str) -> Result<Option<String>> {
    let ran = engine::run(&mut engine::pod(component, &[], &[]))?;
    let says_so = !ran.succeeded && ran.all.contains("DATABASE_URL");
    Ok((!says_so).then(|| format!("{component} without DATABASE_URL: {}", ran.all)))
}

/// A database that does not answer ends the migration in time, and the password stays unsaid.
fn migrate_without_a_server() -> Result<Option<String>> {
    let url = format!("DATABASE_URL=postgresql://todo:{PASSWORD}@127.0.0.1:1/todo");
    let ran = engine::run(&mut engine::pod("backend", &[&url], &["migrate", "--wait", "1"]))?;

    let well = !ran.succeeded && ran.all.contains("127.0.0.1:1") && !ran.all.contains(PASSWORD);
    Ok((!well).then(|| format!("backend migrate without a server: {}", ran.all)))
}

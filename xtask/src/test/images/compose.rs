//! The app of `compose.yaml`, as on a machine where nothing is configured.

use std::{process::Command, time::Duration};

use anyhow::{Context, Result};
use serde::Deserialize;

use super::{COMPONENTS, engine};
use crate::{
    findings::Findings,
    process,
    test::{kit::Kit, server},
    tree,
};

/// Healthy takes seconds; a busy machine gets more.
const LIMIT: Duration = Duration::from_secs(180);

/// Starts it, has a talk with it, stops it.
pub(super) fn look(kit: &Kit) -> Result<Findings> {
    let mut findings = refused()?;
    let app = App::start()?;

    let mut talk = kit.node()?.tests("images")?;
    talk.env("BASE_URL", format!("http://127.0.0.1:{}", app.port));
    process::logged(&mut talk, &tree::workshop().join("logs/images-talk.log"), LIMIT)?;

    findings.extend(app.stop()?);
    Ok(findings)
}

/// An app that others can reach needs a secret of its own.
fn refused() -> Result<Findings> {
    let mut findings = Findings::new();
    for setting in [("PUBLISH_ADDRESS", "0.0.0.0"), ("BETTER_AUTH_URL", "https://todo.example")] {
        let ran = engine::run(compose(&["config"]).env(setting.0, setting.1))?;
        if ran.succeeded || !ran.all.contains("BETTER_AUTH_SECRET") {
            findings.push(format!("{setting:?} without a secret: {}", ran.all));
        }
    }
    Ok(findings)
}

/// The running app; dropping it removes all of it.
struct App {
    port: u16,
}

/// A container, as `docker compose ps` tells of it.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Container {
    service: String,
    exit_code: i32,
}

impl App {
    fn start() -> Result<Self> {
        let app = Self { port: server::free_port()? };
        let mut up = compose(&["up", "--wait", "--no-build", "--quiet-pull"]);
        up.env("FRONTEND_PORT", app.port.to_string());
        process::logged(&mut up, &tree::workshop().join("logs/images-compose.log"), LIMIT)?;
        Ok(app)
    }

    /// Asks the services to end, and finds those that had to be killed or failed.
    fn stop(self) -> Result<Findings> {
        process::output(compose(&["stop"]).args(COMPONENTS))?;
        let listing = process::output(&mut compose(&["ps", "--all", "--format=json"]))?;

        let mut findings = Findings::new();
        for line in listing.lines() {
            let container: Container = serde_json::from_str(line).context("docker compose ps")?;
            let ours = COMPONENTS.contains(&container.service.as_str());
            if ours && container.exit_code != 0 {
                let Container { service, exit_code } = container;
                findings.push(format!("{service} ended with status {exit_code} on SIGTERM"));
            }
        }
        Ok(findings)
    }
}

impl Drop for App {
    fn drop(&mut self) {
        // What is left behind is told by the next run, which could not start.
        let _ = compose(&["down", "--volumes", "--timeout", "5"]).output();
    }
}

/// Compose on a project of our own, deaf to settings of whoever runs the tests.
fn compose(arguments: &[&str]) -> Command {
    let mut docker =
        engine::docker(&["compose", "--project-name=todo-test", "--env-file=/dev/null"]);
    for setting in
        ["PUBLISH_ADDRESS", "BETTER_AUTH_URL", "BETTER_AUTH_SECRET", "OPENAI_API_KEY", "LOG_LEVEL"]
    {
        docker.env_remove(setting);
    }
    docker.args(arguments);
    docker
}

//! `helm`, 3.14 or newer, for one context and the namespace of a release.

use anyhow::{Context as _, Result};
use semver::Version;
use serde::Deserialize;
use serde_json::Value;

use super::{
    Tools,
    program::{Program, ProgramError},
    version_in,
};

/// `helm` for one context and one namespace.
#[derive(Debug, Clone)]
pub(crate) struct Helm {
    tools: Tools,
    context: Option<String>,
    namespace: String,
}

/// One revision of a release.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Revision {
    pub(crate) revision: u32,
    /// `deployed`, `superseded`, `failed`, `uninstalling`, `pending-install`, `pending-upgrade`, `pending-rollback`.
    pub(crate) status: String,
}

impl Helm {
    /// For the releases of one namespace.
    pub(crate) fn new(tools: &Tools, context: Option<&str>, namespace: &str) -> Self {
        let context = context.map(str::to_owned);
        Self { tools: tools.clone(), context, namespace: namespace.to_owned() }
    }

    /// Any `helm` command; `purpose` completes "could not …".
    pub(crate) fn program(&self, purpose: impl Into<String>) -> Program {
        let context = self.context.iter().flat_map(|name| ["--kube-context", name.as_str()]);
        let program = self.tools.program("helm", purpose).args(context);
        program.args(["--namespace", self.namespace.as_str()])
    }

    /// Its version.
    pub(crate) async fn version(tools: &Tools) -> Result<Version> {
        let program = tools.program("helm", "read the version of helm");
        let said = program.args(["version", "--short"]).text().await?;
        version_in(&said).context("helm does not tell its version")
    }

    /// The revisions of a release, oldest first; none when it does not exist.
    pub(crate) async fn history(&self, release: &str) -> Result<Vec<Revision>> {
        let program = self.program("read the release's history");
        let ended = program.args(["history", release, "--output=json"]).finish().await?;
        if ended.status.success() {
            return serde_json::from_str(&ended.stdout).context("helm history is not as expected");
        }
        if ended.stderr.contains("not found") {
            return Ok(Vec::new());
        }
        anyhow::bail!("could not read the release's history\n{}", ended.stderr.trim())
    }

    /// The values that somebody gave to a release, not the chart's own.
    pub(crate) async fn values(&self, release: &str) -> Result<Value, ProgramError> {
        let program = self.program("read the release's values");
        program.args(["get", "values", release, "--output=json"]).json().await
    }
}

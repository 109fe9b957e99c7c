//! `kubectl`, with its answers as types.

use anyhow::{Context as _, Result};
use semver::Version;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    Tools,
    program::{Program, ProgramError},
};
use crate::session::Target;

/// The name under which the cluster remembers which fields are ours.
const FIELD_MANAGER: &str = "todoctl";

/// How long the API server may take to answer one request.
const REQUEST: &str = "--request-timeout=15s";

/// `kubectl` for one context and one namespace.
#[derive(Debug, Clone)]
pub(crate) struct Kubectl {
    tools: Tools,
    context: Option<String>,
    namespace: String,
}

/// What a list request answers.
#[derive(Debug, Deserialize)]
struct List<T> {
    items: Vec<T>,
}

/// Versions of the client and of the cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Versions {
    pub(crate) client: Version,
    /// Nothing when the cluster was not asked.
    pub(crate) server: Option<Version>,
}

impl Kubectl {
    /// For the installation `target`.
    pub(crate) fn new(tools: &Tools, target: &Target) -> Self {
        Self {
            tools: tools.clone(),
            context: target.context.clone(),
            namespace: target.namespace.clone(),
        }
    }

    /// Any `kubectl` command in this context and namespace; `purpose` completes "could not …".
    pub(crate) fn program(&self, purpose: impl Into<String>) -> Program {
        self.program_anywhere(purpose).args(["--namespace", self.namespace.as_str()])
    }

    /// Any `kubectl` command in this context, for objects that say themselves where they belong.
    pub(crate) fn program_anywhere(&self, purpose: impl Into<String>) -> Program {
        let program = self.tools.program("kubectl", purpose);
        program.args(self.context.iter().flat_map(|name| ["--context", name.as_str()]))
    }

    /// One object by kind and name; nothing when it does not exist.
    pub(crate) async fn get<T: DeserializeOwned>(
        &self,
        kind: &str,
        name: &str,
    ) -> Result<Option<T>> {
        let purpose = format!("read the {kind} {name}");
        let args = ["get", kind, name, "--ignore-not-found", "--output=json", REQUEST];
        let answer = self.program(&purpose).args(args).text().await?;
        if answer.trim().is_empty() {
            return Ok(None);
        }
        serde_json::from_str(&answer).map(Some).with_context(|| format!("could not {purpose}"))
    }

    /// The objects of a kind in this namespace, those with the labels `selector` when one is given.
    pub(crate) async fn list<T: DeserializeOwned>(
        &self,
        kind: &str,
        selector: Option<&str>,
    ) -> Result<Vec<T>, ProgramError> {
        self.listed(kind, selector.map(|labels| format!("--selector={labels}"))).await
    }

    /// The objects of a kind in every namespace.
    pub(crate) async fn list_everywhere<T: DeserializeOwned>(
        &self,
        kind: &str,
    ) -> Result<Vec<T>, ProgramError> {
        self.listed(kind, Some("--all-namespaces".to_owned())).await
    }

    async fn listed<T: DeserializeOwned>(
        &self,
        kind: &str,
        which: Option<String>,
    ) -> Result<Vec<T>, ProgramError> {
        let program = self.program(format!("list the {kind}"));
        let program = program.args(["get", kind, "--output=json", REQUEST]).args(which);
        Ok(program.json::<List<T>>().await?.items)
    }

    /// Applies objects (YAML or JSON) that travel through a pipe; the server keeps no copy of their values in an
    /// annotation, as it would with a client-side apply.
    pub(crate) async fn apply(&self, objects: &str, purpose: &str) -> Result<(), ProgramError> {
        let manager = format!("--field-manager={FIELD_MANAGER}");
        let args = ["apply", "--server-side", "--force-conflicts", &manager, "--filename=-"];
        self.program(purpose).args(args).stdin(objects).output().await.map(drop)
    }

    /// Deletes one object; it is no error when it is not there.
    pub(crate) async fn delete(&self, kind: &str, name: &str) -> Result<(), ProgramError> {
        let args = ["delete", kind, name, "--ignore-not-found", "--wait=false", REQUEST];
        self.program(format!("delete the {kind} {name}")).args(args).output().await.map(drop)
    }

    /// The last `lines` lines that a container has logged.
    pub(crate) async fn logs(
        &self,
        pod: &str,
        container: &str,
        lines: usize,
    ) -> Result<String, ProgramError> {
        let log = self.log(pod, container, lines).output().await?;
        Ok(unless_gone(log.stdout))
    }

    /// The last lines of the container's run before this one; empty when there was none.
    pub(crate) async fn logs_before(
        &self,
        pod: &str,
        container: &str,
        lines: usize,
    ) -> Result<String, ProgramError> {
        let log = self.log(pod, container, lines).arg("--previous").finish().await?;
        Ok(if log.status.success() { unless_gone(log.stdout) } else { String::new() })
    }

    fn log(&self, pod: &str, container: &str, lines: usize) -> Program {
        let tail = format!("--tail={lines}");
        let program = self.program(format!("read the log of {container} in the pod {pod}"));
        program.args(["logs", pod, "--container", container, &tail, REQUEST])
    }

    /// The client's version and, when `ask_cluster`, the cluster's.
    pub(crate) async fn versions(&self, ask_cluster: bool) -> Result<Versions> {
        let client_only = (!ask_cluster).then_some("--client");
        let program = self.program("read the version of kubectl");
        let program = program.args(["version", "--output=json"]).args(client_only);
        let program = if ask_cluster { program.arg(REQUEST) } else { program };
        let answer: Value = program.json().await?;

        let client = version(&answer["clientVersion"]["gitVersion"])
            .context("kubectl does not tell its version")?;
        Ok(Versions { client, server: version(&answer["serverVersion"]["gitVersion"]) })
    }
}

/// A log, but not the sentence that kubectl prints in its place, with a good exit status, for a container that has been
/// cleaned up.
fn unless_gone(log: String) -> String {
    if log.starts_with("unable to retrieve container logs") { String::new() } else { log }
}

/// A version as Kubernetes programs write it: `v1.36.3`, `v1.30.5-eks-ce1d5eb`, `v1.32.4+k3s1`.
fn version(text: &Value) -> Option<Version> {
    Version::parse(text.as_str()?.trim_start_matches('v')).ok()
}

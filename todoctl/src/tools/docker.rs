//! `docker`: the engine on this machine, or the one inside Minikube.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use semver::Version;
use serde::Deserialize;

use super::{
    Tools,
    program::{Program, ProgramError},
    version_in,
};

/// A Docker client that talks to one engine.
#[derive(Debug, Clone)]
pub(crate) struct Docker {
    tools: Tools,
    /// Variables that lead to another engine than the usual one.
    env: BTreeMap<String, String>,
}

/// The client, and whether an engine answers it.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    pub(crate) version: Version,
    /// The engine's version, where it tells one.
    pub(crate) engine: Option<Version>,
    /// Why no engine answers, in Docker's words; nothing when one does.
    pub(crate) silent: Option<String>,
}

/// What the engine's machine has.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct Info {
    /// `Docker Desktop`, or the name of a Linux.
    pub(crate) operating_system: String,
    #[serde(rename = "NCPU")]
    pub(crate) processors: u32,
    /// Bytes.
    #[serde(rename = "MemTotal")]
    pub(crate) memory: u64,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Versions {
    client: ClientVersion,
    server: Option<EngineVersion>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ClientVersion {
    version: String,
}

/// Programs that stand in for Docker may leave it out.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct EngineVersion {
    #[serde(default)]
    version: String,
}

impl Docker {
    /// The engine that `docker` uses by itself.
    pub(crate) fn new(tools: &Tools) -> Self {
        Self { tools: tools.clone(), env: BTreeMap::new() }
    }

    /// The engine that these variables lead to.
    pub(crate) fn at(tools: &Tools, env: BTreeMap<String, String>) -> Self {
        Self { tools: tools.clone(), env }
    }

    /// Any `docker` command; `purpose` completes "could not …".
    pub(crate) fn program(&self, purpose: impl Into<String>) -> Program {
        let program = self.tools.program("docker", purpose);
        self.env.iter().fold(program, |program, (key, value)| program.env(key, value))
    }

    /// The client's version, and whether the engine answers. Docker prints the client's part in any case and ends with
    /// status 1 when no engine answers.
    pub(crate) async fn client(&self) -> Result<Client> {
        let program = self.program("read the version of docker");
        let ended = program.args(["version", "--format", "{{json .}}"]).finish().await?;
        let versions: Versions =
            serde_json::from_str(&ended.stdout).context("docker does not tell its version")?;
        let version =
            docker_version(&versions.client.version).context("docker does not tell its version")?;

        let said = self.tools.secrets.clean(ended.stderr.trim());
        let engine = versions.server.as_ref().and_then(|server| docker_version(&server.version));
        let silent = match versions.server {
            Some(_) if ended.status.success() => None,
            _ => Some(said),
        };
        Ok(Client { version, engine, silent })
    }

    /// Whether the plugin `buildx` is there.
    pub(crate) async fn has_buildx(&self) -> Result<bool, ProgramError> {
        let program = self.program("look for docker buildx");
        Ok(program.args(["buildx", "version"]).finish().await?.status.success())
    }

    /// What the engine's machine has.
    pub(crate) async fn info(&self) -> Result<Info, ProgramError> {
        let program = self.program("ask the Docker engine what it has");
        program.args(["info", "--format", "{{json .}}"]).json().await
    }

    /// The id of a local image (`sha256:…`); nothing when there is none of that name.
    pub(crate) async fn image_id(&self, image: &str) -> Result<Option<String>, ProgramError> {
        let program = self.program(format!("look for the image {image}"));
        let args = ["image", "inspect", "--format", "{{.Id}}", image];
        let ended = program.args(args).finish().await?;
        Ok(ended.status.success().then(|| ended.stdout.trim().to_owned()))
    }

    /// The address of this machine that leads to a container's port; nothing when none does.
    pub(crate) async fn published(
        &self,
        container: &str,
        port: u16,
    ) -> Result<Option<String>, ProgramError> {
        let program = self.program(format!("read the ports of {container}"));
        let ended = program.args(["port", container, &format!("{port}/tcp")]).finish().await?;
        let first = ended.stdout.lines().next().map(str::to_owned);
        Ok(first.filter(|_| ended.status.success()))
    }
}

/// A version as Docker writes it: up to 19.03 with a zero that other versions do not have.
fn docker_version(text: &str) -> Option<Version> {
    version_in(text).or_else(|| version_in(&text.replacen(".0", ".", 1)))
}

//! `minikube`, 1.32 or newer.

mod event;

use std::{collections::BTreeMap, time::Duration};

use anyhow::{Context as _, Result, bail};
use semver::Version;
use serde::Deserialize;

use super::{
    Tools,
    program::{Line, Program, ProgramError},
    version_in,
};
use event::Event;

/// A first start pulls more than a gigabyte.
const START: Duration = Duration::from_mins(30);

/// The program `minikube`.
#[derive(Debug, Clone)]
pub(crate) struct Minikube {
    tools: Tools,
}

/// A Minikube cluster.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct Profile {
    /// Also the name of its context.
    pub(crate) name: String,
    /// `OK` or `Running`, `Stopped`, `Paused`…
    pub(crate) status: String,
    pub(crate) config: ProfileConfig,
}

/// How a Minikube cluster was made.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct ProfileConfig {
    /// `docker`, `kvm2`, `hyperkit`, `none`…
    pub(crate) driver: String,
    pub(crate) kubernetes_config: KubernetesConfig,
    pub(crate) nodes: Vec<serde::de::IgnoredAny>,
}

/// What runs in it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct KubernetesConfig {
    /// `docker`, `containerd` (the default since 1.39) or `cri-o`.
    pub(crate) container_runtime: String,
    pub(crate) kubernetes_version: String,
}

/// How much a new cluster gets.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) processors: u32,
    /// Mebibytes.
    pub(crate) memory: u64,
}

#[derive(Debug, Deserialize)]
struct Profiles {
    #[serde(default)]
    valid: Vec<Profile>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Addon {
    status: String,
}

impl Profile {
    /// Whether its API server answers.
    pub(crate) fn is_running(&self) -> bool {
        matches!(self.status.as_str(), "Running" | "OK")
    }

    /// Whether images can be built in its own Docker engine, without loading them.
    pub(crate) fn has_docker(&self) -> bool {
        let single = self.config.nodes.len() <= 1;
        single
            && self.config.driver != "none"
            && self.config.kubernetes_config.container_runtime == "docker"
    }
}

impl Minikube {
    pub(crate) fn new(tools: &Tools) -> Self {
        Self { tools: tools.clone() }
    }

    fn program(&self, purpose: impl Into<String>) -> Program {
        self.tools.program("minikube", purpose)
    }

    fn on(&self, profile: &str, purpose: impl Into<String>) -> Program {
        self.program(purpose).args(["--profile", profile])
    }

    /// Its version.
    pub(crate) async fn version(&self) -> Result<Version> {
        let program = self.program("read the version of minikube");
        let said = program.args(["version", "--short"]).text().await?;
        version_in(&said).context("minikube does not tell its version")
    }

    /// Its clusters, running or not.
    pub(crate) async fn profiles(&self) -> Result<Vec<Profile>, ProgramError> {
        let program = self.program("list the Minikube profiles");
        let found: Profiles = program.args(["profile", "list", "--output=json"]).json().await?;
        Ok(found.valid)
    }

    /// Starts a cluster; one that does not exist yet is made, with the Docker driver and of that size. The kubeconfig's
    /// current context stays what it is. `each` sees what happens meanwhile.
    pub(crate) async fn start(
        &self,
        profile: &str,
        new: Option<Size>,
        mut each: impl FnMut(&str),
    ) -> Result<()> {
        let mut program = self.on(profile, "start Minikube").limit(START);
        program = program.args(["start", "--keep-context", "--output=json"]);
        if let Some(Size { processors, memory }) = new {
            let size = [format!("--cpus={processors}"), format!("--memory={memory}mb")];
            program = program.arg("--driver=docker").args(size);
        }

        let mut wrong = None;
        let shown = |line: Line<'_>| match Event::read(line.text()) {
            Some(Event::Step { number, of, message }) => each(&format!("{number}/{of} {message}")),
            Some(Event::Error { message, advice }) => wrong = Some(format!("{message}\n{advice}")),
            None => {}
        };
        let ended = program.lines(shown).await;
        match (ended, wrong) {
            (Ok(_), _) => Ok(()),
            (Err(ProgramError::Failed { .. }), Some(why)) => {
                bail!("could not start Minikube: {}", why.trim())
            }
            (Err(error), _) => Err(error.into()),
        }
    }

    /// The address of its node.
    pub(crate) async fn ip(&self, profile: &str) -> Result<String, ProgramError> {
        let program = self.on(profile, "read the address of the Minikube cluster");
        Ok(program.arg("ip").text().await?.trim().to_owned())
    }

    /// Variables that lead `docker` to the engine inside the cluster.
    pub(crate) async fn docker_env(&self, profile: &str) -> Result<BTreeMap<String, String>> {
        let program = self.on(profile, "read where Minikube's Docker engine is");
        let said = program.args(["docker-env", "--shell", "none"]).text().await?;
        let lines = said.lines().filter_map(|line| line.trim().split_once('='));
        Ok(lines.map(|(key, value)| (key.to_owned(), value.trim_matches('"').to_owned())).collect())
    }

    /// Its addons by name, with whether each is enabled.
    pub(crate) async fn addons(&self, profile: &str) -> Result<BTreeMap<String, bool>> {
        let program = self.on(profile, "list the addons of Minikube");
        let found: BTreeMap<String, Addon> =
            program.args(["addons", "list", "--output=json"]).json().await?;
        Ok(found.into_iter().map(|(name, addon)| (name, addon.status == "enabled")).collect())
    }

    /// Enables an addon and waits until it runs.
    pub(crate) async fn enable(&self, profile: &str, addon: &str) -> Result<(), ProgramError> {
        let program = self.on(profile, format!("enable the addon {addon} of Minikube"));
        program.args(["addons", "enable", addon]).limit(START).output().await.map(drop)
    }

    /// Puts a local image into the cluster.
    pub(crate) async fn load(&self, profile: &str, image: &str) -> Result<(), ProgramError> {
        let program = self.on(profile, format!("load the image {image} into Minikube"));
        program.args(["image", "load", image]).limit(START).output().await.map(drop)
    }
}

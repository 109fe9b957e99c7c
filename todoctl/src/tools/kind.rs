//! `kind`: Kubernetes in Docker containers.

use std::time::Duration;

use anyhow::{Context as _, Result};
use semver::Version;

use super::{
    Tools,
    program::{Line, Program, ProgramError},
    version_in,
};

/// Making a cluster pulls an image of about 1 GB first.
const CREATE: Duration = Duration::from_mins(20);

/// A cluster whose ports 80 and 443 are those of this machine, so that its Ingress answers on 127.0.0.1.
const CONFIG: &str = "\
kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
nodes:
  - role: control-plane
    extraPortMappings:
      - {containerPort: 80, hostPort: 80, listenAddress: 127.0.0.1, protocol: TCP}
      - {containerPort: 443, hostPort: 443, listenAddress: 127.0.0.1, protocol: TCP}
";

/// The program `kind`.
#[derive(Debug, Clone)]
pub(crate) struct Kind {
    tools: Tools,
}

impl Kind {
    pub(crate) fn new(tools: &Tools) -> Self {
        Self { tools: tools.clone() }
    }

    fn program(&self, purpose: impl Into<String>) -> Program {
        self.tools.program("kind", purpose)
    }

    /// Its version.
    pub(crate) async fn version(&self) -> Result<Version> {
        let said = self.program("read the version of kind").arg("version").text().await?;
        version_in(&said).context("kind does not tell its version")
    }

    /// The names of its clusters. Without any it says so on standard error and prints nothing.
    pub(crate) async fn clusters(&self) -> Result<Vec<String>, ProgramError> {
        let said = self.program("list the kind clusters").args(["get", "clusters"]).text().await?;
        Ok(said.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
    }

    /// The containers that are a cluster's nodes.
    pub(crate) async fn nodes(&self, cluster: &str) -> Result<Vec<String>, ProgramError> {
        let program = self.program(format!("list the nodes of the kind cluster {cluster}"));
        let said = program.args(["get", "nodes", "--name", cluster]).text().await?;
        Ok(said.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
    }

    /// Makes a cluster; `each` sees what it says meanwhile.
    pub(crate) async fn create(
        &self,
        cluster: &str,
        mut each: impl FnMut(&str),
    ) -> Result<(), ProgramError> {
        let program = self.program(format!("create the kind cluster {cluster}")).stdin(CONFIG);
        let args = ["create", "cluster", "--name", cluster, "--config", "-", "--wait", "3m"];
        let shown = |line: Line<'_>| each(line.text().trim_matches([' ', '✓', '•']));
        program.args(args).limit(CREATE).lines(shown).await.map(drop)
    }

    /// Puts local images onto a cluster's nodes.
    pub(crate) async fn load(&self, cluster: &str, images: &[&str]) -> Result<(), ProgramError> {
        let program = self.program("load the images into the kind cluster");
        let program = program.args(["load", "docker-image"]).args(images.to_vec());
        program.args(["--name", cluster]).limit(CREATE).output().await.map(drop)
    }
}

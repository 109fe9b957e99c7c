//! A Python environment in `target/` with the packages of `e2e/requirements.txt`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::Result;

use super::unless_done;
use crate::{process, test::missing::missing, tree};

const LIMIT: Duration = Duration::from_secs(300);

/// A Python with our packages.
pub(crate) struct Python {
    program: PathBuf,
}

impl Python {
    /// Runs a script of `e2e/`.
    pub(crate) fn script(&self, path: &str) -> Command {
        let mut python = process::program(&self.program);
        // Bytecode would litter the source tree.
        python.args(["-B", "-u", path]).env("PYTHONUTF8", "1");
        python
    }
}

/// Makes the environment, or takes the one of an earlier run.
///
/// # Errors
/// When there is no Python, or the packages cannot be installed.
pub(crate) fn set_up() -> Result<Python> {
    if !process::installed("python3") {
        return Err(missing("no python3"));
    }
    let folder = tree::workshop().join("python");
    let wanted = tree::root().join("e2e/requirements.txt");

    unless_done(&fs::read_to_string(&wanted)?, &folder.join("installed"), || {
        install(&folder, &wanted)
    })?;
    Ok(Python { program: folder.join("bin/python") })
}

fn install(folder: &Path, wanted: &Path) -> Result<()> {
    let log = |name: &str| tree::workshop().join("logs").join(name);
    let mut venv = process::program("python3");
    venv.args(["-m", "venv", "--clear"]).arg(folder);
    process::logged(&mut venv, &log("python-venv.log"), LIMIT)?;

    let mut pip = process::program(folder.join("bin/python"));
    pip.args(["-m", "pip", "install", "--no-deps", "--disable-pip-version-check", "-r"])
        .arg(wanted);
    process::logged(&mut pip, &log("python-packages.log"), LIMIT)
}

//! The release programs that the black-box tests start.

use std::{path::PathBuf, time::Duration};

use anyhow::Result;

use crate::{process, tree};

/// From nothing, on two cores, with room to spare.
const LIMIT: Duration = Duration::from_secs(40 * 60);

/// Where the programs are.
pub(crate) struct Programs {
    folder: PathBuf,
}

impl Programs {
    /// The program of a crate.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// Builds all of them.
///
/// # Errors
/// When one does not compile.
pub(crate) fn build() -> Result<Programs> {
    let mut cargo = process::program("cargo");
    cargo.args(["build", "--release"]);
    for package in ["todo", "backend", "frontend", "mcp"] {
        cargo.args(["--package", package]);
    }
    process::logged(&mut cargo, &tree::workshop().join("logs/build.log"), LIMIT)?;
    Ok(Programs { folder: tree::target().join("release") })
}

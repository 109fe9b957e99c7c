//! The working tree: where it is, which files belong to it, what cargo knows about it.

use std::{
    path::{Path, PathBuf},
    sync::LazyLock,
};

use anyhow::{Context, Result};
use cargo_metadata::{Metadata, MetadataCommand};

use crate::process;

/// The root of the repository. Cargo sets the variable at run time, so a moved checkout needs no rebuild.
static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
    let xtask = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    xtask.parent().expect("xtask lies in a folder of the repository").to_path_buf()
});

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    &ROOT
}

/// Where builds go; everything that the tests set up lies in `e2e` below it.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// What the tests set up and leave behind: tools, logs, screenshots.
pub(crate) fn workshop() -> PathBuf {
    target().join("e2e")
}

/// The workspace as cargo sees it, with every dependency.
///
/// # Errors
/// When the manifests do not parse or a dependency cannot be found.
pub(crate) fn metadata() -> Result<Metadata> {
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .exec()
        .context("cargo metadata failed")
}

/// Paths of all files in version control or about to be, relative to the root.
///
/// # Errors
/// When this is no git checkout.
pub(crate) fn files() -> Result<Vec<PathBuf>> {
    let mut git = process::program("git");
    git.args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"]);
    let listing = process::output(&mut git)?;

    Ok(listing
        .split('\0')
        .filter(|path| !path.is_empty())
        .map(PathBuf::from)
        .filter(|path| root().join(path).is_file())
        .collect())
}

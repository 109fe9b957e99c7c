//! The npm packages of `e2e/package-lock.json`, installed in `target/`.
//!
//! Node looks for packages in folders above a script, so `e2e/node_modules` is a link to them.

use std::{fs, os::unix::fs::symlink, path::Path, process::Command, time::Duration};

use anyhow::{Context, Result};

use super::unless_done;
use crate::{process, test::missing::missing, tree};

const LIMIT: Duration = Duration::from_secs(300);
/// A single browser test that takes longer hangs.
const TEST_LIMIT_MS: u32 = 300_000;

/// Node, with the packages in place.
pub(crate) struct NodeTools {}

impl NodeTools {
    /// Node's test runner on every `*.test.mjs` of a folder of `e2e/`, one file after the other.
    ///
    /// # Errors
    /// When the folder cannot be read, or has no tests.
    pub(crate) fn tests(&self, folder: &str) -> Result<Command> {
        let place = tree::root().join("e2e").join(folder);
        let mut files = Vec::new();
        for entry in fs::read_dir(&place).with_context(|| format!("e2e/{folder} cannot be read"))? {
            let path = entry?.path();
            if path.to_string_lossy().ends_with(".test.mjs") {
                files.push(path);
            }
        }
        anyhow::ensure!(!files.is_empty(), "e2e/{folder} has no tests");
        files.sort();

        let mut node = process::program("node");
        node.args(["--test", "--test-reporter=spec", "--test-concurrency=1"])
            .arg(format!("--test-timeout={TEST_LIMIT_MS}"))
            .args(files);
        Ok(node)
    }
}

/// Installs the packages, unless an earlier run did.
///
/// # Errors
/// When there is no Node or npm, or the packages cannot be installed.
pub(crate) fn set_up() -> Result<NodeTools> {
    for program in ["node", "npm"] {
        if !process::installed(program) {
            return Err(missing(format!("no {program}: install Node 20 or newer")));
        }
    }
    let folder = tree::workshop().join("node");
    let recipe = fs::read_to_string(tree::root().join("e2e/package-lock.json"))?;

    unless_done(&recipe, &folder.join("installed"), || install(&folder))?;
    link(&folder.join("node_modules"))?;
    Ok(NodeTools {})
}

fn install(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    for file in ["package.json", "package-lock.json", ".npmrc"] {
        fs::copy(tree::root().join("e2e").join(file), folder.join(file))?;
    }
    let mut npm = process::program("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder);
    process::logged(&mut npm, &tree::workshop().join("logs/npm.log"), LIMIT)
}

fn link(packages: &Path) -> Result<()> {
    let link = tree::root().join("e2e/node_modules");
    if fs::read_link(&link).is_ok_and(|target| target == packages) {
        return Ok(());
    }
    if link.is_symlink() {
        fs::remove_file(&link)?;
    }
    symlink(packages, &link).context("e2e/node_modules is in the way: remove it")
}

//! Things that the steps stand on, made from what the machine and the package registries have.

pub(crate) mod browser;
pub(crate) mod node;
pub(crate) mod postgres;
pub(crate) mod programs;
pub(crate) mod python;

use std::{fs, path::Path};

use anyhow::Result;

/// Runs `install` unless it ended well before with the same `recipe` (a lock file, say).
///
/// The recipe is kept in the file `stamp`, written last, so that an interrupted installation is done again.
fn unless_done(recipe: &str, stamp: &Path, install: impl FnOnce() -> Result<()>) -> Result<()> {
    if fs::read_to_string(stamp).is_ok_and(|kept| kept == recipe) {
        return Ok(());
    }
    install()?;
    fs::write(stamp, recipe)?;
    Ok(())
}

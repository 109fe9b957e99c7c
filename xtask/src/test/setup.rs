//! Things that the steps stand on, made from what the machine and the package registries have.

pub(crate) mod browser;
pub(crate) mod go;
pub(crate) mod node;
pub(crate) mod postgres;
pub(crate) mod programs;
pub(crate) mod python;

use std::{fs, path::Path};

use anyhow::Result;

/// A registry that does not answer once usually does the next time.
const TRIES: usize = 3;

/// Runs `install` unless it ended well before with the same `recipe` (a lock file, say).
///
/// The recipe is kept in the file `stamp`, written last, so that an interrupted installation is done again.
fn unless_done(recipe: &str, stamp: &Path, install: impl Fn() -> Result<()>) -> Result<()> {
    if fs::read_to_string(stamp).is_ok_and(|kept| kept == recipe) {
        return Ok(());
    }
    let mut outcome = install();
    for _ in 1..TRIES {
        if outcome.is_ok() {
            break;
        }
        outcome = install();
    }
    outcome?;
    if let Some(folder) = stamp.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(stamp, recipe)?;
    Ok(())
}

//! The step `images`: the three images, built, looked at, and run as a pod would run them; then the app of
//! `compose.yaml`.

mod built;
mod compose;
mod confined;
mod context;
mod engine;
mod stage;

use anyhow::{Result, ensure};

use super::kit::Kit;
use crate::findings::{Findings, report};

/// The folders with a Dockerfile, which are also the names of the programs and of the images.
const COMPONENTS: [&str; 3] = ["frontend", "backend", "mcp"];

struct Check {
    name: &'static str,
    look: fn(&Kit) -> Result<Findings>,
}

/// What needs no build comes first, then the build, then what needs the images.
const CHECKS: &[Check] = &[
    Check { name: "stage", look: |_| stage::look() },
    Check { name: "context", look: |_| context::look() },
    Check { name: "build", look: |_| built::build() },
    Check { name: "image", look: |_| built::look() },
    Check { name: "confined", look: |_| confined::look() },
    Check { name: "compose", look: compose::look },
];

/// Runs all of them, whatever the ones before found.
///
/// # Errors
/// When one found something, or there is no container engine.
pub(super) fn run(kit: &Kit) -> Result<()> {
    engine::find()?;
    let failed = CHECKS.iter().filter(|check| !report(check.name, || (check.look)(kit))).count();
    ensure!(failed == 0, "{failed} of {} checks of the images failed, see above", CHECKS.len());
    Ok(())
}

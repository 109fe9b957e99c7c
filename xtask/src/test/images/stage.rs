//! The stage that compiles, the same in every Dockerfile: only then is it built once.

use std::fs;

use anyhow::{Context, Result};

use super::COMPONENTS;
use crate::{findings::Findings, tree};

/// Finds Dockerfiles whose build stage differs from the first one's.
pub(super) fn look() -> Result<Findings> {
    let stages = COMPONENTS.iter().map(|component| stage(component)).collect::<Result<Vec<_>>>()?;
    let odd = COMPONENTS.iter().zip(&stages).filter(|(_, stage)| **stage != stages[0]);

    let first = COMPONENTS[0];
    Ok(odd
        .map(|(component, _)| {
            format!("the build stage of {component}/Dockerfile is not that of {first}/Dockerfile")
        })
        .collect())
}

/// Everything from the first `ARG` to the last `FROM`.
fn stage(component: &str) -> Result<String> {
    let file = tree::root().join(component).join("Dockerfile");
    let text =
        fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    let (_, rest) = text.split_once("\nARG ").context("a Dockerfile without arguments")?;
    let (stage, _) = rest.rsplit_once("\nFROM ").context("a Dockerfile without a stage")?;
    Ok(stage.to_owned())
}

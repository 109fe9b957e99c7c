//! Wrong values are refused, each with exactly the sentence that `e2e/chart/refused.toml` has for it, and no sentence
//! repeats a secret.

use anyhow::Result;

use super::{scene::Scene, secrets};
use crate::findings::Findings;

pub(super) fn look(scene: &Scene<'_>) -> Result<Findings> {
    Ok(scene
        .refused
        .iter()
        .filter_map(|(row, rendered)| match &rendered.refused {
            None => Some(format!("{}: the chart takes it", row.name)),
            Some(said) if said.contains(secrets::MARK) => {
                Some(format!("{}: says a secret: {said}", row.name))
            }
            Some(said) if said.trim() != row.says.trim() => Some(format!(
                "{}: says\n{}\ninstead of\n{}",
                row.name,
                said.trim(),
                row.says.trim()
            )),
            Some(_) => None,
        })
        .collect())
}

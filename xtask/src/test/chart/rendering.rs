//! What holds for every rendering.

use anyhow::Result;

use super::{pod_security, scene::Scene};
use crate::findings::Findings;

/// `helm lint --strict` says nothing, with nothing given, with each values file, and with all options.
pub(super) fn lint(scene: &Scene<'_>) -> Result<Findings> {
    let linted = scene.given_nothing.iter().chain(&scene.all);
    Ok(linted
        .flat_map(|(case, rendered)| {
            rendered.lint.iter().map(|message| format!("{}: {message}", case.name))
        })
        .collect())
}

/// Helm takes all of these values.
pub(super) fn render(scene: &Scene<'_>) -> Result<Findings> {
    Ok(scene
        .all
        .iter()
        .filter_map(|(case, rendered)| {
            Some(format!("{}: {}", case.name, rendered.refused.as_ref()?))
        })
        .collect())
}

/// Every pod could run in a namespace that enforces the standard "restricted".
pub(super) fn pod_security(scene: &Scene<'_>) -> Result<Findings> {
    let mut found = Findings::new();
    for (case, rendered) in &scene.all {
        for pod in rendered.pods() {
            for violation in pod_security::violations(pod) {
                found.push(format!("{}: {}: {violation}", case.name, pod.owner.title()));
            }
        }
    }
    Ok(found)
}

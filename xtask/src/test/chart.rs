//! The step `chart`: what can be said about the chart, the manifests and the Dockerfiles without a cluster.

mod checkov;
mod coverage;
mod dockerfiles;
mod equal;
mod plan;
mod pod_security;
mod refused;
mod rendering;
mod scene;
mod schemas;
mod score;
mod secrets;

use anyhow::{Result, ensure};

use self::scene::Scene;
use super::kit::Kit;
use crate::{
    findings::{Findings, report},
    manifests,
};

struct Check {
    name: &'static str,
    look: fn(&Scene<'_>) -> Result<Findings>,
}

/// The chart's own mistakes first, then what tools of others say.
const CHECKS: &[Check] = &[
    Check { name: "lint", look: rendering::lint },
    Check { name: "render", look: rendering::render },
    Check { name: "options", look: coverage::look },
    Check { name: "refused", look: refused::look },
    Check { name: "plan", look: plan::look },
    Check { name: "secrets", look: secrets::look },
    Check { name: "pod-security", look: rendering::pod_security },
    Check { name: "kubeconform", look: schemas::look },
    Check { name: "kube-score", look: score::look },
    Check { name: "checkov", look: checkov::look },
    Check { name: "hadolint", look: dockerfiles::look },
    Check { name: "manifests", look: |scene| manifests::drift(&scene.derived()?) },
    Check { name: "equal", look: equal::look },
];

/// Runs all of them, whatever the ones before found.
///
/// # Errors
/// When one found something, or the chart cannot be rendered at all.
pub(super) fn run(kit: &Kit) -> Result<()> {
    let scene = Scene::set(kit)?;
    let failed = CHECKS.iter().filter(|check| !report(check.name, || (check.look)(&scene))).count();
    ensure!(failed == 0, "{failed} of {} checks of the chart failed, see above", CHECKS.len());
    Ok(())
}

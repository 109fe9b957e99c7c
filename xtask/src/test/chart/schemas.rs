//! kubeconform: every object is one that the API knows, in the oldest version that the chart supports and in the newest.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use serde::Deserialize;

use super::scene::Scene;
use crate::{findings::Findings, process, tree};

const VERSIONS: [&str; 2] = ["1.28.0", "1.37.0"];

/// What kubeconform says with `-output json`.
#[derive(Deserialize)]
struct Report {
    /// Left out when all is well.
    #[serde(default)]
    resources: Vec<Resource>,
    summary: Summary,
}

#[derive(Deserialize)]
struct Resource {
    filename: String,
    kind: String,
    name: String,
    msg: String,
}

#[derive(Deserialize)]
struct Summary {
    valid: usize,
    skipped: usize,
}

/// Validates every rendering, and the manifests in `k8s/`; unknown fields are refused.
pub(super) fn look(scene: &Scene<'_>) -> Result<Findings> {
    let schemas = tree::workshop().join("schemas");
    let mut script = scene.kit.chart_tools()?.script("e2e/chart/schemas.py");
    script.arg(&schemas).arg(scene.kit.go_programs()?.http_route()).args(VERSIONS);
    process::output(&mut script)?;

    // kubeconform takes files by the ends of their names.
    let template = scene.folder.join("secrets.yaml.template.yaml");
    let manifests = tree::root().join("k8s");
    fs::copy(manifests.join("secrets.yaml.template"), template).context("k8s/ is incomplete")?;

    let mut found = Findings::new();
    for version in VERSIONS {
        let report = validate(scene, version, &schemas, &manifests)?;
        if report.summary.skipped > 0 || report.summary.valid == 0 {
            found.push(format!("{version}: kubeconform left objects out"));
        }
        found.extend(report.resources.into_iter().map(|resource| {
            let Resource { filename, kind, name, msg } = resource;
            let file = Path::new(&filename).file_name().unwrap_or_default().to_string_lossy();
            format!("{version}, {file}: {kind}/{name}: {msg}")
        }));
    }
    Ok(found)
}

fn validate(scene: &Scene<'_>, version: &str, schemas: &Path, manifests: &Path) -> Result<Report> {
    let location = "{{.NormalizedKubernetesVersion}}/{{.ResourceKind}}{{.KindSuffix}}.json";
    let mut kubeconform = scene.kit.go_programs()?.run("kubeconform");
    kubeconform.args(["-strict", "-output", "json", "-summary", "-kubernetes-version", version]);
    kubeconform.arg("-schema-location").arg(schemas.join(location));
    // The person's own file, if there is one, is nobody else's business.
    kubeconform.args(["-ignore-filename-pattern", r"k8s/secrets\.yaml$"]);
    let done = kubeconform.arg(&scene.folder).arg(manifests).output()?;

    serde_json::from_slice(&done.stdout)
        .with_context(|| format!("kubeconform: {}", String::from_utf8_lossy(&done.stderr)))
}

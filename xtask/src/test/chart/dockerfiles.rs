//! hadolint has nothing against the Dockerfiles; what they tell it to ignore has a reason beside it.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::scene::Scene;
use crate::{findings::Findings, process, tree};

#[derive(Deserialize)]
struct Complaint {
    file: String,
    line: u32,
    code: String,
    message: String,
}

pub(super) fn look(scene: &Scene<'_>) -> Result<Findings> {
    let named_so = |path: &PathBuf| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("Dockerfile"))
    };
    let files: Vec<PathBuf> = tree::files()?.into_iter().filter(named_so).collect();
    if files.len() < 3 {
        bail!("there are {} Dockerfiles, and each service should have one", files.len());
    }

    let mut hadolint = process::program(scene.kit.chart_tools()?.program("hadolint"));
    hadolint.args(["--format", "json", "--failure-threshold", "none"]).args(files);
    let done = hadolint.output()?;
    let complaints: Vec<Complaint> = serde_json::from_slice(&done.stdout)
        .with_context(|| format!("hadolint: {}", String::from_utf8_lossy(&done.stderr)))?;
    Ok(complaints
        .into_iter()
        .map(|Complaint { file, line, code, message }| format!("{file}:{line}: {code} {message}"))
        .collect())
}

//! Checkov finds nothing in the production values that is not explained here.

use anyhow::{Context, Result};
use serde::Deserialize;

use super::scene::{PRODUCTION, Scene};
use crate::findings::Findings;

/// A check that fails and shall: its id, how the names of the objects begin where it does, and why.
type Explained = (&'static str, &'static str, &'static str);

/// One that passes again has to leave the list.
const EXPLAINED: &[Explained] = &[
    (
        "CKV_K8S_35",
        "Deployment.",
        "settings come from the environment, as in the plan, and each key only to the containers that need it",
    ),
    ("CKV_K8S_40", "Deployment.", "uid 1000 is the plan's (FR-002)"),
    ("CKV_K8S_40", "Pod.", "uid 1000 is the plan's (FR-002)"),
    ("CKV_K8S_8", "Pod.", "a pod of `helm test` asks once and ends: nothing is to be kept alive"),
    ("CKV_K8S_9", "Pod.", "a pod of `helm test` asks once and ends: nobody sends it requests"),
];

#[derive(Deserialize)]
struct Report {
    results: Results,
    summary: Summary,
}

#[derive(Deserialize)]
struct Results {
    failed_checks: Vec<Outcome>,
}

#[derive(Deserialize)]
struct Summary {
    passed: usize,
}

#[derive(Deserialize)]
struct Outcome {
    check_id: String,
    check_name: String,
    resource: String,
}

pub(super) fn look(scene: &Scene<'_>) -> Result<Findings> {
    // A rendering that failed would be an empty file, and nothing is wrong with that.
    scene.rendering(PRODUCTION)?;
    let python = scene.kit.checkov()?;
    let mut checkov = python.module("checkov.main");
    checkov.args(["--framework", "kubernetes", "--skip-download", "--quiet", "--compact"]);
    checkov.args(["--output", "json", "--file"]).arg(scene.file(PRODUCTION));
    let done = checkov.output()?;

    let report: Report = serde_json::from_slice(&done.stdout)
        .with_context(|| format!("checkov: {}", String::from_utf8_lossy(&done.stderr)))?;
    anyhow::ensure!(report.summary.passed > 0, "checkov checked nothing");
    Ok(judge(&report.results.failed_checks, EXPLAINED))
}

fn judge(failed: &[Outcome], explained: &[Explained]) -> Findings {
    let covers = |(id, prefix, _): &Explained, outcome: &Outcome| {
        outcome.check_id == *id && outcome.resource.starts_with(prefix)
    };
    let new = failed
        .iter()
        .filter(|outcome| !explained.iter().any(|row| covers(row, outcome)))
        .map(|Outcome { check_id, check_name, resource }| {
            format!("{check_id}: {resource}: {check_name}")
        });
    let outdated = explained
        .iter()
        .filter(|row| !failed.iter().any(|outcome| covers(row, outcome)))
        .map(|(id, prefix, _)| format!("{id} passes for every {prefix}…: take it off the list"));
    new.chain(outdated).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(id: &str, resource: &str) -> Outcome {
        Outcome { check_id: id.into(), check_name: "a rule".into(), resource: resource.into() }
    }

    #[test]
    fn what_fails_without_an_explanation_and_what_is_explained_in_vain_are_found() {
        let explained = [("A", "Pod.", "why"), ("B", "Deployment.", "why")];

        let found = judge(&[failed("A", "Pod.x"), failed("B", "Pod.x")], &explained);

        assert_eq!(
            found,
            ["B: Pod.x: a rule", "B passes for every Deployment.…: take it off the list"]
        );
    }
}

//! Checkov finds nothing in the production values that is not explained here.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::scene::{PRODUCTION, Scene};
use crate::findings::Findings;

/// Checks that fail and shall, with the reason. One that passes again has to leave the list.
const EXPLAINED: &[(&str, &str)] = &[];

#[derive(Deserialize)]
struct Report {
    results: Results,
}

#[derive(Deserialize)]
struct Results {
    passed_checks: Vec<Outcome>,
    failed_checks: Vec<Outcome>,
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
    // Not by its own launcher: that has the path of an interpreter in it, which may be too long for a kernel.
    let mut checkov = python.module("checkov.main");
    checkov.args(["--framework", "kubernetes", "--skip-download", "--quiet", "--compact"]);
    checkov.args(["--output", "json", "--file"]).arg(scene.file(PRODUCTION));
    let done = checkov.output()?;

    let report: Report = serde_json::from_slice(&done.stdout)
        .with_context(|| format!("checkov: {}", String::from_utf8_lossy(&done.stderr)))?;
    anyhow::ensure!(!report.results.passed_checks.is_empty(), "checkov checked nothing");
    Ok(judge(&report.results.failed_checks, EXPLAINED))
}

fn judge(failed: &[Outcome], explained: &[(&str, &str)]) -> Findings {
    let known: BTreeSet<&str> = explained.iter().map(|(id, _)| *id).collect();
    let there: BTreeSet<&str> = failed.iter().map(|outcome| outcome.check_id.as_str()).collect();

    let new = failed.iter().filter(|outcome| !known.contains(outcome.check_id.as_str())).map(
        |Outcome { check_id, check_name, resource }| {
            format!("{check_id}: {resource}: {check_name}")
        },
    );
    let outdated =
        known.difference(&there).map(|id| format!("{id} passes now: take it off the list"));
    new.chain(outdated).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(id: &str) -> Outcome {
        Outcome { check_id: id.into(), check_name: "a rule".into(), resource: "Pod.x".into() }
    }

    #[test]
    fn what_fails_without_an_explanation_and_what_is_explained_in_vain_are_found() {
        let found = judge(&[failed("A"), failed("B")], &[("B", "why"), ("C", "why")]);

        assert_eq!(found, ["A: Pod.x: a rule", "C passes now: take it off the list"]);
    }
}

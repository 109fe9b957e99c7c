//! What the folder of the project shows, when we are in it: Dockerfiles, the chart, and k8s/ beside it.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{Bench, manifests, skipped};
use crate::{
    tools::program::ProgramError,
    verify::{
        catalogue as check, plan,
        report::{Finding, Line},
    },
};

/// The chart, seen from the root of the project.
pub(super) const CHART: &str = "helm/todo-app";

/// How long helm may take.
const LIMIT: Duration = Duration::from_secs(30);

pub(super) async fn measure(bench: &Bench<'_>) -> Vec<Line> {
    let Some(root) = root() else {
        let checks = [&check::DOCKERFILES, &check::HELM_LINT, &check::MANIFESTS];
        return skipped(&checks, "run it inside the project's folder to check this");
    };
    let (lint, manifests) = tokio::join!(lint(bench, &root), manifests::compare(bench, &root));
    vec![
        dockerfiles(&root).on(&check::DOCKERFILES),
        lint.on(&check::HELM_LINT),
        manifests.on(&check::MANIFESTS),
    ]
}

/// The folder above (or at) the current one that holds the chart.
fn root() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let root = here.ancestors().find(|folder| folder.join(CHART).join("Chart.yaml").is_file())?;
    Some(root.to_owned())
}

fn dockerfiles(root: &Path) -> Finding {
    let mut told = Vec::new();
    let mut good = true;
    for part in plan::PARTS {
        let path = root.join(part.name).join("Dockerfile");
        let stages = fs::read_to_string(path).map_or(0, |text| stages(&text));
        good &= stages >= 2;
        told.push(match stages {
            0 => format!("{} missing", part.name),
            one => format!("{} {one} stages", part.name),
        });
    }
    Finding::judged(good, told.join(", "), "Restore them from the repository.")
}

fn stages(dockerfile: &str) -> usize {
    dockerfile
        .lines()
        .filter(|line| line.trim_start().to_ascii_uppercase().starts_with("FROM "))
        .count()
}

async fn lint(bench: &Bench<'_>, root: &Path) -> Finding {
    let asked = bench.tools.program("helm", "lint the chart");
    let ended = asked.args(["lint", CHART]).dir(root).limit(LIMIT).finish().await;
    match ended {
        Ok(ended) => {
            judge_lint(ended.status.success(), &format!("{}{}", ended.stdout, ended.stderr))
        }
        Err(error @ ProgramError::Missing { .. }) => Finding::skipped(error.to_string()),
        Err(error) => Finding::failed(error.to_string(), "Run `helm lint helm/todo-app` by hand."),
    }
}

fn judge_lint(succeeded: bool, said: &str) -> Finding {
    let count = |level: &str| said.lines().filter(|line| line.contains(level)).count();
    let (errors, warnings) = (count("[ERROR]"), count("[WARNING]"));
    let first = said.lines().find(|line| line.contains("[ERROR]")).unwrap_or_default();
    Finding::judged(
        succeeded && errors == 0,
        format!("{errors} errors, {warnings} warnings {first}").trim_end().to_owned(),
        "`helm lint helm/todo-app` shows all of them.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::report::Outcome;

    #[test]
    fn stages_are_counted_by_their_first_line() {
        assert_eq!(stages("# FROM nothing\nFROM rust AS build\nRUN x\nfrom scratch\n"), 2);
    }

    #[test]
    fn one_error_of_the_linter_fails_and_warnings_do_not() {
        let good = "==> Linting helm/todo-app\n[WARNING] icon is missing\n1 chart(s) linted, 0 chart(s) failed";
        assert_eq!(judge_lint(true, good).measured, "0 errors, 1 warnings");

        let bad = judge_lint(false, "[ERROR] values.yaml: no");
        assert_eq!(bad.outcome, Outcome::Failed);
        assert_eq!(bad.measured, "1 errors, 0 warnings [ERROR] values.yaml: no");
    }
}

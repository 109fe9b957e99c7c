//! The report for programs. `schema` changes when something is renamed or taken away; new fields may appear any time.

use serde::Serialize;

use crate::{
    cluster::unreachable::Unreachable,
    verify::report::{Line, Outcome, Report},
};

/// The number of this shape.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    /// `passed`, `failed`, or `unverified` when nothing could be checked.
    verdict: &'a str,
    verified_at: String,
    duration_ms: u128,
    target: Target<'a>,
    counts: Counts,
    checks: Vec<Check<'a>>,
}

#[derive(Serialize)]
struct Target<'a> {
    context: &'a str,
    server_version: &'a str,
    namespace: &'a str,
    host: &'a str,
    /// Where the Ingress answered; null when it did not.
    address: Option<&'a str>,
    release: Option<&'a str>,
}

#[derive(Serialize)]
struct Counts {
    passed: usize,
    failed: usize,
    skipped: usize,
}

#[derive(Serialize)]
struct Check<'a> {
    /// Stable: it never gets another meaning.
    id: &'a str,
    /// The number of the requirement; null for what has none.
    requirement: Option<&'a str>,
    title: &'a str,
    outcome: &'a str,
    /// The measured value; for a skipped check the reason.
    measured: &'a str,
    bound: &'a str,
    aim: Option<Aim<'a>>,
    /// What to do; always there when it failed.
    advice: Option<&'a str>,
}

#[derive(Serialize)]
struct Aim<'a> {
    bound: &'a str,
    /// Null when it was not measured.
    met: Option<bool>,
}

/// The whole report.
pub(crate) fn json(report: &Report) -> String {
    let subject = &report.subject;
    let document = Document {
        schema: SCHEMA,
        verdict: if report.passed() { "passed" } else { "failed" },
        verified_at: report.at.to_string(),
        duration_ms: report.took.as_millis(),
        target: Target {
            context: &subject.context,
            server_version: &subject.server_version,
            namespace: &subject.namespace,
            host: &subject.host,
            address: subject.address.as_deref(),
            release: subject.release.as_deref(),
        },
        counts: Counts {
            passed: report.count(Outcome::Passed),
            failed: report.count(Outcome::Failed),
            skipped: report.count(Outcome::Skipped),
        },
        checks: report.lines.iter().map(check).collect(),
    };
    pretty(&document)
}

fn check(line: &Line) -> Check<'_> {
    let Line { check, finding } = line;
    Check {
        id: check.id,
        requirement: Some(check.requirement).filter(|number| *number != "–"),
        title: check.title,
        outcome: finding.outcome.word(),
        measured: &finding.measured,
        bound: check.bound,
        aim: check.aim.map(|bound| Aim { bound, met: finding.aim_met }),
        advice: finding.advice.as_deref(),
    }
}

/// What is printed when nothing could be verified.
pub(crate) fn unverified(reason: &Unreachable) -> String {
    #[derive(Serialize)]
    struct Nothing<'a> {
        schema: u32,
        verdict: &'a str,
        error: &'a str,
        advice: &'a str,
    }
    let Unreachable { what, advice } = reason;
    pretty(&Nothing { schema: SCHEMA, verdict: "unverified", error: what, advice })
}

fn pretty(document: &impl Serialize) -> String {
    serde_json::to_string_pretty(document).expect("plain fields are JSON")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::report::sample;

    #[test]
    fn the_json_of_a_report() {
        insta::assert_snapshot!(json(&sample()));
    }

    #[test]
    fn nothing_verified_is_an_object_with_one_sentence() {
        let reason = Unreachable::nothing_installed("todo-app");

        insta::assert_snapshot!(unverified(&reason), @r#"
        {
          "schema": 1,
          "verdict": "unverified",
          "error": "the namespace todo-app holds nothing of the app",
          "advice": "Install it with `todoctl up`, or name another place with --namespace and --context."
        }
        "#);
    }
}

//! What was found out: one line for each check, and the verdict over all of them.

use std::time::Duration;

use jiff::Timestamp;

/// One thing that is checked. The identifier is stable: machines may rely on it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Check {
    /// `ingress-answers`.
    pub(crate) id: &'static str,
    /// The number in docs/requirements.md: `SC-004`; `–` for what has none.
    pub(crate) requirement: &'static str,
    /// What holds when it passes.
    pub(crate) title: &'static str,
    /// What the requirement asks for, in a few words.
    pub(crate) bound: &'static str,
    /// What we aim for beyond that. Missing it is told and fails nothing.
    pub(crate) aim: Option<&'static str>,
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Passed,
    Failed,
    /// It could not be measured here, or does not apply; the reason is told.
    Skipped,
}

impl Outcome {
    /// The word in all outputs for machines.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }
}

/// What a measurement says about one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) outcome: Outcome,
    /// The measured value; for a skipped check the reason.
    pub(crate) measured: String,
    /// What to do; always there when it failed.
    pub(crate) advice: Option<String>,
    /// Whether the aim was met, where there is one and it could be measured.
    pub(crate) aim_met: Option<bool>,
}

impl Finding {
    /// It holds.
    pub(crate) fn passed(measured: impl Into<String>) -> Self {
        Self { outcome: Outcome::Passed, measured: measured.into(), advice: None, aim_met: None }
    }

    /// It does not hold, and this is what to do.
    pub(crate) fn failed(measured: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            outcome: Outcome::Failed,
            measured: measured.into(),
            advice: Some(advice.into()),
            aim_met: None,
        }
    }

    /// It was not measured, for this reason.
    pub(crate) fn skipped(reason: impl Into<String>) -> Self {
        Self { outcome: Outcome::Skipped, measured: reason.into(), advice: None, aim_met: None }
    }

    /// It holds if `holds`; otherwise the same value failed.
    pub(crate) fn judged(
        holds: bool,
        measured: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        if holds { Self::passed(measured) } else { Self::failed(measured, advice) }
    }

    /// Something worth doing although nothing failed.
    #[must_use]
    pub(crate) fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// Says whether the aim was met.
    #[must_use]
    pub(crate) fn aim(mut self, met: bool) -> Self {
        self.aim_met = Some(met);
        self
    }

    /// The line of `check`.
    pub(crate) fn on(self, check: &'static Check) -> Line {
        Line { check, finding: self }
    }
}

/// A check and what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) check: &'static Check,
    pub(crate) finding: Finding,
}

/// What was verified.
#[derive(Debug, Clone, Default)]
pub(crate) struct Subject {
    pub(crate) context: String,
    pub(crate) server_version: String,
    pub(crate) namespace: String,
    pub(crate) host: String,
    /// Where the Ingress was reached, if it was.
    pub(crate) address: Option<String>,
    /// The Helm release, if there is one: `todo-app (revision 3)`.
    pub(crate) release: Option<String>,
}

/// The whole result of `todoctl verify`.
#[derive(Debug, Clone)]
pub(crate) struct Report {
    pub(crate) subject: Subject,
    pub(crate) at: Timestamp,
    pub(crate) took: Duration,
    /// In the order of the catalogue.
    pub(crate) lines: Vec<Line>,
}

impl Report {
    /// How many lines ended like this.
    pub(crate) fn count(&self, outcome: Outcome) -> usize {
        self.with(outcome).count()
    }

    /// The lines that ended like this.
    pub(crate) fn with(&self, outcome: Outcome) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.finding.outcome == outcome)
    }

    /// Whether nothing failed.
    pub(crate) fn passed(&self) -> bool {
        self.count(Outcome::Failed) == 0
    }

    /// The verdict in one line: `33 passed, 1 failed, 3 skipped in 4.2 s`.
    pub(crate) fn summary(&self) -> String {
        let count = |outcome| self.count(outcome);
        format!(
            "{} passed, {} failed, {} skipped in {:.1} s",
            count(Outcome::Passed),
            count(Outcome::Failed),
            count(Outcome::Skipped),
            self.took.as_secs_f64(),
        )
    }
}

/// A report with one line of each kind, for the tests of what is shown.
#[cfg(test)]
pub(super) fn sample() -> Report {
    use super::catalogue as check;

    Report {
        subject: Subject {
            context: "minikube".to_owned(),
            server_version: "v1.36.3".to_owned(),
            namespace: "todo-app".to_owned(),
            host: "todo.local".to_owned(),
            address: Some("192.168.49.2:80".to_owned()),
            release: Some("todo-app (revision 3)".to_owned()),
        },
        at: "2026-11-21T15:50:00Z".parse().expect("a time"),
        took: Duration::from_millis(4210),
        lines: vec![
            Finding::passed("1000:1000 in 5 pods").on(&check::USER),
            Finding::skipped("differs, small requests were asked for: frontend 64Mi/50m of 256Mi/0.5, backend 128Mi/0.1 of 512Mi/1, mcp 64Mi/50m of 256Mi/0.5")
                .on(&check::RESOURCES),
            Finding::failed(
                "3 of 5 Ready, 4 restarts; backend-5d9c7b9f4-x7k2p: the image backend:latest is not on the node node1",
                "Load it: `minikube image load backend:latest`, `kind load docker-image backend:latest`, or `todoctl up`.",
            )
            .on(&check::PODS_RUNNING),
            Finding::skipped("youngest pod 2 min 10 s old")
                .advise("Verify again in 2 min 50 s, or with --wait-stable.")
                .on(&check::PODS_STABLE),
            Finding::passed("48.1 MB (uncompressed, by docker)").aim(false).on(&check::BACKEND_IMAGE),
            Finding::passed("31.4 MB (on the node)").aim(true).on(&check::MCP_IMAGE),
        ],
    }
}

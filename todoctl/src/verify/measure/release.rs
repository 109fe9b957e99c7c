//! The Helm release that the objects belong to, if they do.

use serde::Deserialize;

use super::{Bench, LIMIT};
use crate::{
    cluster::snapshot::Snapshot,
    session::{Session, Target},
    tools::{Tools, helm::Helm, program::ProgramError},
    verify::{
        catalogue as check,
        report::{Finding, Line},
    },
};

/// A row of `helm list`, which holds no values.
#[derive(Debug, Deserialize)]
struct Row {
    name: String,
    revision: String,
    status: String,
    chart: String,
}

/// The line, and the release's name for the report's head.
pub(super) async fn measure(bench: &Bench<'_>) -> (Line, Option<String>) {
    let (finding, name) = look(bench).await;
    (finding.on(&check::RELEASE), name)
}

/// The same in one line, for people.
pub(crate) async fn describe(session: &Session, snapshot: &Snapshot) -> String {
    match read(&session.tools, &session.target, snapshot).await {
        None => "none, installed without Helm".to_owned(),
        Some((_, Err(error))) => error.to_string().replace('\n', " "),
        Some((namespace, Ok(rows))) => rows.first().map_or_else(
            || format!("none in the namespace {namespace}"),
            |Row { name, revision, status, chart }| {
                format!("{name}, revision {revision}, {status}, chart {chart}")
            },
        ),
    }
}

/// The namespace of the release, and its row; nothing when the objects belong to none.
async fn read<'a>(
    tools: &Tools,
    target: &Target,
    snapshot: &'a Snapshot,
) -> Option<(&'a str, Result<Vec<Row>, ProgramError>)> {
    let (name, namespace) = snapshot.release()?;
    let helm = Helm::new(tools, target.context.as_deref(), namespace);
    let filter = format!("^{name}$");
    let asked = helm.program("list the releases").limit(LIMIT);
    // Helm 4 lists all without being asked, Helm 3 the healthy ones only.
    let every = ["--deployed", "--failed", "--pending", "--uninstalling"];
    let asked = asked.args(["list", "--filter", &filter, "--output=json"]).args(every);
    Some((namespace, asked.json().await))
}

async fn look(bench: &Bench<'_>) -> (Finding, Option<String>) {
    let Some((namespace, rows)) = read(bench.tools, bench.target, bench.snapshot).await else {
        return (Finding::skipped("installed without Helm"), None);
    };
    match rows {
        Err(error) => (Finding::skipped(error.to_string().replace('\n', " ")), None),
        Ok(rows) => match rows.first() {
            None => (
                Finding::failed(
                    format!("no release in {namespace}"),
                    "Install again: `todoctl up`.",
                ),
                None,
            ),
            Some(row) => {
                (judge(row, namespace), Some(format!("{} (revision {})", row.name, row.revision)))
            }
        },
    }
}

fn judge(row: &Row, namespace: &str) -> Finding {
    let Row { name, revision, status, chart } = row;
    Finding::judged(
        status == "deployed",
        format!("{name} {status}, revision {revision}, {chart}"),
        format!(
            "See its history (`helm history -n {namespace} {name}`), then `helm rollback` or `todoctl up`."
        ),
    )
}

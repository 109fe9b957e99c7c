//! `todoctl verify`: every requirement that a running cluster can show, as a line with its measured value.
//!
//! The way of a check: `cluster` reads the objects, `judge` says what they show, `measure` makes the experiments,
//! `report` holds the findings in the order of the `catalogue`, `show` prints them.

mod catalogue;
mod judge;
mod measure;
mod plan;
mod report;
mod show;
mod stable;

use std::{path::PathBuf, process::ExitCode, time::Instant};

use anyhow::{Context as _, Result};
use clap::Args;

pub(crate) use judge::wrong_objects;
pub(crate) use measure::{find_door, release};
pub(crate) use report::Report;
use report::{Finding, Subject};

use crate::{
    cluster::{
        snapshot::{Snapshot, now},
        unreachable::Unreachable,
    },
    session::Session,
    tools::kubectl::Kubectl,
};

/// The exit status when nothing could be verified.
const UNVERIFIED: u8 = 2;

/// Flags of `todoctl verify`.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct VerifyArgs {
    /// Prints JSON instead of the table
    #[arg(long, conflicts_with = "markdown")]
    pub(crate) json: bool,
    /// Prints a Markdown table instead
    #[arg(long)]
    pub(crate) markdown: bool,
    /// Writes JUnit XML there, too
    #[arg(long, value_name = "FILE")]
    pub(crate) junit: Option<PathBuf>,
    /// Where the Ingress is (IP or IP:PORT); found out otherwise
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) address: Option<String>,
    /// A certificate (PEM) to trust for https, beside those of the system
    #[arg(long, value_name = "FILE")]
    pub(crate) ca: Option<PathBuf>,
    /// Waits until the youngest pod is 5 minutes old, then verifies
    #[arg(long)]
    pub(crate) wait_stable: bool,
}

impl VerifyArgs {
    /// The certificate of `--ca`; a file that cannot be read is found out when arguments are checked.
    fn trust(&self) -> Option<reqwest::Certificate> {
        reqwest::Certificate::from_pem(&std::fs::read(self.ca.as_ref()?).ok()?).ok()
    }

    fn check(&self) -> Result<()> {
        let Some(file) = &self.ca else { return Ok(()) };
        let pem = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        reqwest::Certificate::from_pem(&pem)
            .with_context(|| format!("{} is no certificate in PEM", file.display()))
            .map(drop)
    }
}

/// Runs the command. Ends with status 0 when all passed, 1 when something failed, 2 when nothing could be verified.
pub(crate) async fn command(session: &Session, args: &VerifyArgs) -> Result<ExitCode> {
    args.check()?;
    let report = match run(session, args).await? {
        Ok(report) => report,
        Err(reason) => {
            if args.json {
                session.screen.print(show::unverified(&reason));
            } else {
                session.screen.error(&reason.into());
            }
            return Ok(ExitCode::from(UNVERIFIED));
        }
    };
    let shown = match (args.json, args.markdown) {
        (true, _) => show::json(&report),
        (_, true) => show::markdown(&report),
        _ => show::table(&report),
    };
    session.screen.print(shown);
    if let Some(file) = &args.junit {
        std::fs::write(file, show::junit(&report))
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(if report.passed() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The report as the table for people.
pub(crate) fn table(report: &Report) -> String {
    show::table(report)
}

/// Verifies the installation; the inner error says why nothing can be said about it at all.
///
/// # Errors
/// The person interrupted it.
pub(crate) async fn run(
    session: &Session,
    args: &VerifyArgs,
) -> Result<Result<Report, Unreachable>> {
    let kubectl = Kubectl::new(&session.tools, &session.target);
    let namespace = session.target.namespace.as_str();
    if args.wait_stable {
        stable::wait(session, &kubectl).await?;
    }
    let mut step = session.screen.step("Verifying");
    let begun = Instant::now();
    step.tick("reading the cluster");
    let (snapshot, subject) =
        tokio::join!(Snapshot::take(&kubectl, namespace), subject(session, &kubectl));
    session.tools.interrupt.check()?;
    let snapshot = match snapshot {
        Ok(snapshot) if snapshot.is_empty() => {
            return Ok(Err(Unreachable::nothing_installed(namespace)));
        }
        Ok(snapshot) => snapshot,
        Err(reason) => return Ok(Err(reason)),
    };

    step.tick("asking the pods, and the Ingress as a visitor");
    let bench = measure::Bench {
        tools: &session.tools,
        kubectl: &kubectl,
        target: &session.target,
        snapshot: &snapshot,
        args,
    };
    let measured = measure::all(&bench).await;
    session.tools.interrupt.check()?;

    let mut lines = judge::all(&snapshot, &session.target);
    lines.extend(measured.lines);
    lines.push(
        Finding::skipped("not connected yet; `todoctl status` says why a pod fails")
            .on(&catalogue::AI_QUESTIONS),
    );
    lines.sort_by_key(|line| catalogue::place(line.check));
    let subject = Subject { address: measured.address, release: measured.release, ..subject };
    Ok(Ok(Report { subject, at: now(), took: begun.elapsed(), lines }))
}

/// What the report is about, as far as it is known before.
pub(crate) async fn subject(session: &Session, kubectl: &Kubectl) -> Subject {
    let target = &session.target;
    let current = async {
        match &target.context {
            Some(name) => name.clone(),
            None => {
                let asked = kubectl.program("read the name of the context");
                let name = asked.args(["config", "current-context"]).text().await;
                name.map_or_else(
                    |_| "the current context".to_owned(),
                    |name| name.trim().to_owned(),
                )
            }
        }
    };
    let (context, versions) = tokio::join!(current, kubectl.versions(true));
    let server = versions.ok().and_then(|versions| versions.server);
    Subject {
        context,
        server_version: server.map_or_else(|| "?".to_owned(), |version| format!("v{version}")),
        namespace: target.namespace.clone(),
        host: target.host.clone(),
        ..Subject::default()
    }
}

//! `todoctl status`: one screen on what is installed, how it is, and what is wrong.

mod show;

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use crate::{
    cluster::{
        snapshot::Snapshot,
        trouble::{self, Trouble},
        unreachable::Unreachable,
    },
    session::Session,
    tools::kubectl::Kubectl,
    verify,
};

/// The exit status when the cluster or the installation is not there.
const NOT_THERE: u8 = 2;

/// Flags of `todoctl status`.
#[derive(Debug, Args)]
pub(crate) struct StatusArgs {
    /// Where the Ingress is (IP or IP:PORT); found out otherwise
    #[arg(long, value_name = "ADDRESS")]
    address: Option<String>,
}

/// What one screen shows.
struct Status<'a> {
    snapshot: &'a Snapshot,
    context: String,
    release: String,
    /// Whether and where the host answers.
    address: String,
    troubles: Vec<Trouble>,
}

/// Runs the command. Ends with status 0 when nothing is wrong, 1 when something is, 2 when nothing is there.
pub(crate) async fn run(session: &Session, args: &StatusArgs) -> Result<ExitCode> {
    let kubectl = Kubectl::new(&session.tools, &session.target);
    let namespace = session.target.namespace.as_str();
    let (snapshot, subject) =
        tokio::join!(Snapshot::take(&kubectl, namespace), verify::subject(session, &kubectl));
    session.tools.interrupt.check()?;
    let snapshot = match snapshot {
        Ok(snapshot) if snapshot.is_empty() => Err(Unreachable::nothing_installed(namespace)),
        other => other,
    };
    let snapshot = match snapshot {
        Ok(snapshot) => snapshot,
        Err(reason) => {
            session.screen.error(&reason.into());
            return Ok(ExitCode::from(NOT_THERE));
        }
    };

    let host = session.target.host.as_str();
    let (release, door) = tokio::join!(
        verify::release(session, &snapshot),
        verify::find_door(&snapshot, host, args.address.as_deref(), None),
    );
    let mut troubles = of_pods(&snapshot);
    troubles.extend(of_objects(session, &snapshot, &troubles));
    let address = match door {
        Ok(door) => format!("{} answers at {}", door.url(), door.address()),
        Err(tried) => {
            // When pods are in trouble, that is why; the address is not a second one.
            if troubles.is_empty() {
                let what = format!("{host} does not answer: {tried}");
                troubles.push(Trouble { what, advice: tried.advice().to_owned() });
            }
            format!("{host} does not answer")
        }
    };
    let context = format!("{}, Kubernetes {}", subject.context, subject.server_version);
    let status = Status { snapshot: &snapshot, context, release, address, troubles };
    session.screen.print(show::screen(&status, namespace));
    Ok(if status.troubles.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// One trouble for each pod that has one, and for those that were restarted.
fn of_pods(snapshot: &Snapshot) -> Vec<Trouble> {
    let all = snapshot.pods.iter();
    all.filter_map(|pod| {
        trouble::of(pod, snapshot.now).or_else(|| trouble::restarted(pod, snapshot.now))
    })
    .collect()
}

/// What is missing or not as it should be, beyond single pods.
fn of_objects(session: &Session, snapshot: &Snapshot, pods: &[Trouble]) -> Vec<Trouble> {
    verify::wrong_objects(snapshot, &session.target, pods.is_empty())
        .into_iter()
        .map(|line| Trouble {
            what: format!("{}: {}", line.check.title, line.finding.measured),
            advice: line.finding.advice.unwrap_or_default(),
        })
        .collect()
}

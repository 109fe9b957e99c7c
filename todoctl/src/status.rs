//! `todoctl status`: one screen on what is installed, how it is, and what is wrong.

mod show;

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use crate::{
    cluster::{object::Deployment, snapshot::Snapshot, unreachable::Unreachable},
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

/// Something that is wrong, and what to do.
type Wrong = (String, String);

/// What one screen shows.
struct Status<'a> {
    snapshot: &'a Snapshot,
    context: String,
    release: String,
    /// Whether and where the host answers.
    address: String,
    /// A pod is not ready yet.
    starting: bool,
    troubles: Vec<Wrong>,
}

/// Runs the command. Ends with status 0 when all is ready, 1 when something is wrong or still starts, 2 when nothing is
/// there.
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
    let pods = snapshot.troubles.iter();
    let mut troubles: Vec<Wrong> = pods.map(|one| (one.what.clone(), one.advice.clone())).collect();
    troubles.extend(snapshot.stateful_sets.iter().filter_map(switched_off));
    let starting =
        snapshot.pods.iter().any(|pod| !pod.is_ready() && !pod.is_leaving() && !pod.is_done());
    // A pod that starts or fails is missing among the replicas, which would say the same again.
    let with_replicas = troubles.is_empty() && !starting;
    troubles.extend(of_objects(session, &snapshot, with_replicas));
    let address = match door {
        Ok(door) => format!("{} answers at {}", door.url(), door.address()),
        Err(tried) => {
            // When pods are in trouble or not there yet, that is why.
            if troubles.is_empty() && !starting {
                let what = format!("{host} does not answer: {tried}");
                troubles.push((what, tried.advice().to_owned()));
            }
            format!("{host} does not answer")
        }
    };
    let context = format!("{}, Kubernetes {}", subject.context, subject.server_version);
    let status = Status { snapshot: &snapshot, context, release, address, starting, troubles };
    session.screen.print(show::screen(&status, namespace));
    let all_is_well = status.troubles.is_empty() && !starting;
    Ok(if all_is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A database that somebody scaled to nothing.
fn switched_off(set: &Deployment) -> Option<Wrong> {
    let (name, namespace) = (&set.metadata.name, &set.metadata.namespace);
    (set.spec.replicas == 0).then(|| {
        let advice = format!(
            "Switch it on: `kubectl scale -n {namespace} statefulset/{name} --replicas=1`."
        );
        (format!("{name} is scaled to 0"), advice)
    })
}

/// What is missing or not as it should be, beyond single pods.
fn of_objects(session: &Session, snapshot: &Snapshot, with_replicas: bool) -> Vec<Wrong> {
    verify::wrong_objects(snapshot, &session.target, with_replicas)
        .into_iter()
        .map(|line| {
            let what = format!("{}: {}", line.check.title, line.finding.measured);
            (what, line.finding.advice.unwrap_or_default())
        })
        .collect()
}

//! A cluster on this machine: one that runs, one that can be started, or a new one.

use anyhow::{Result, bail};

use super::{Choice, Cluster, Place};
use crate::{
    session::Session,
    tools::{
        docker::Docker,
        kind::Kind,
        minikube::{Minikube, Profile, Size},
    },
    up::{Local, UpArgs, prerequisites::Found},
};

/// The name of a Minikube cluster that nobody named.
const MINIKUBE: &str = "minikube";

/// The name of a kind cluster of ours.
const KIND: &str = "todo";

/// What the plan asks of a machine: 3.5 processors for the pods, one for their successors, the rest for Kubernetes.
const ENOUGH_PROCESSORS: u32 = 6;
const ENOUGH_MEMORY: u64 = 4096;
/// Less than this, Minikube itself refuses.
const LEAST_PROCESSORS: u32 = 2;
const LEAST_MEMORY: u64 = 1800;

/// A cluster that exists on this machine.
struct Candidate {
    place: Place,
    running: bool,
}

/// Looks for one, and asks before one is to be started or made. Nothing is changed yet.
pub(super) async fn choose(session: &Session, args: &UpArgs, found: &Found) -> Result<Choice> {
    let mut candidates = existing(session, args, found).await?;
    candidates.sort_by_key(|candidate| !candidate.running);
    let running = candidates.iter().filter(|candidate| candidate.running).count();

    if running > 1 {
        candidates.truncate(running);
        let current = current_context(session).await?;
        let at = candidates.iter().position(|one| Some(&one.place.context) == current.as_ref());
        let at = match at {
            Some(at) => at,
            None => ask_which(session, &candidates).await?,
        };
        return Ok(Choice::Runs(candidates.swap_remove(at).place));
    }
    match candidates.into_iter().next() {
        Some(candidate) if candidate.running => Ok(Choice::Runs(candidate.place)),
        Some(candidate) => may_start(session, candidate.place).await,
        None => may_create(session, args, found).await,
    }
}

async fn existing(session: &Session, args: &UpArgs, found: &Found) -> Result<Vec<Candidate>> {
    let wanted = args.cluster.cluster;
    let mut candidates = Vec::new();
    if found.minikube.is_some() && wanted != Some(Local::Kind) {
        let profiles = Minikube::new(&session.tools).profiles().await?;
        candidates.extend(profiles.into_iter().map(|profile| Candidate {
            running: profile.is_running(),
            place: Place {
                context: profile.name.clone(),
                cluster: Cluster::Minikube(profile),
                new: false,
            },
        }));
    }
    if found.kind.is_some() && wanted != Some(Local::Minikube) {
        for name in Kind::new(&session.tools).clusters().await? {
            let running = nodes_run(session, &name).await?;
            candidates.push(Candidate { place: kind_place(&name, false), running });
        }
    }
    Ok(candidates)
}

fn kind_place(name: &str, new: bool) -> Place {
    let cluster = Cluster::Kind { name: name.to_owned() };
    Place { context: format!("kind-{name}"), cluster, new }
}

/// Whether a kind cluster's containers run: kind itself cannot start or stop a cluster.
async fn nodes_run(session: &Session, cluster: &str) -> Result<bool> {
    let docker = Docker::new(&session.tools);
    for node in Kind::new(&session.tools).nodes(cluster).await? {
        let program = docker.program(format!("look at the container {node}"));
        let args = ["container", "inspect", "--format", "{{.State.Running}}", &node];
        if program.args(args).text().await?.trim() != "true" {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The context that `kubectl` uses by itself.
pub(super) async fn current_context(session: &Session) -> Result<Option<String>> {
    let program = session.tools.program("kubectl", "read the current context");
    let ended = program.args(["config", "current-context"]).finish().await?;
    Ok(ended.status.success().then(|| ended.stdout.trim().to_owned()))
}

async fn ask_which(session: &Session, running: &[Candidate]) -> Result<usize> {
    let described: Vec<_> = running.iter().map(|one| one.place.described()).collect();
    let choices: Vec<_> = described.iter().map(String::as_str).collect();
    session.screen.choose("Which cluster?", &choices, "name it with --context").await
}

/// Asks whether a cluster that is stopped may be started.
async fn may_start(session: &Session, place: Place) -> Result<Choice> {
    let question = format!("Start {}?", place.described());
    if session.screen.confirm(&question, "say yes with --yes, or start it yourself").await? {
        return Ok(Choice::Stopped(place));
    }
    bail!("{} does not run, and nothing was changed", place.described())
}

/// Asks whether a new cluster may be made.
async fn may_create(session: &Session, args: &UpArgs, found: &Found) -> Result<Choice> {
    session.screen.say("  There is no local cluster yet.");
    if args.cluster.wants_kind() || found.minikube.is_none() {
        let question = "Create a kind cluster that answers on ports 80 and 443 of this machine?";
        agreed(session, question).await?;
        return Ok(Choice::NewKind(kind_place(KIND, true)));
    }
    let size = size(session, args).await?;
    let Size { processors, memory } = size;
    let question = format!("Create a Minikube cluster with {processors} CPUs and {memory} MiB?");
    agreed(session, &question).await?;
    let profile = Profile { name: MINIKUBE.to_owned(), ..Profile::default() };
    let cluster = Cluster::Minikube(profile);
    Ok(Choice::NewMinikube(Place { context: MINIKUBE.to_owned(), cluster, new: true }, size))
}

async fn agreed(session: &Session, question: &str) -> Result<()> {
    let flag = "say yes with --yes, or name an existing cluster with --context";
    if session.screen.confirm(question, flag).await? {
        return Ok(());
    }
    bail!("there is no cluster to act on, and nothing was changed; --context names another one")
}

/// As much as the plan needs, or as Docker has.
async fn size(session: &Session, args: &UpArgs) -> Result<Size> {
    let has = Docker::new(&session.tools).info().await?;
    let processors = ENOUGH_PROCESSORS.min(has.processors).max(LEAST_PROCESSORS);
    // Docker needs some of its memory for itself and for building the images.
    let memory = ENOUGH_MEMORY.min((has.memory >> 20) * 3 / 4).max(LEAST_MEMORY);
    Ok(Size {
        processors: args.cluster.cpus.unwrap_or(processors),
        memory: args.cluster.memory.unwrap_or(memory),
    })
}

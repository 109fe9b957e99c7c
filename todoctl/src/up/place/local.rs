//! A cluster on this machine: one that runs, one that can be started, or a new one.

use anyhow::{Context as _, Result, bail};

use super::{Cluster, Place};
use crate::{
    session::Session,
    tools::{
        docker::Docker,
        kind::Kind,
        minikube::{Minikube, Profile, Size},
    },
    up::{Local, UpArgs, prerequisites::Found, standing::Standing},
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

/// Finds or makes one.
pub(super) async fn choose(
    session: &Session,
    args: &UpArgs,
    found: &Found,
    standing: &mut Standing,
) -> Result<Place> {
    let mut candidates = existing(session, args, found).await?;
    candidates.sort_by_key(|candidate| !candidate.running);
    let running = candidates.iter().filter(|candidate| candidate.running).count();

    if running > 1 {
        let current = current_context(session).await?;
        let at = candidates.iter().position(|one| Some(&one.place.context) == current.as_ref());
        let at = match at {
            Some(at) => at,
            None => ask_which(session, &candidates[..running]).await?,
        };
        return Ok(candidates.swap_remove(at).place);
    }
    match candidates.into_iter().next() {
        Some(candidate) if candidate.running => Ok(candidate.place),
        Some(candidate) => start(session, candidate.place, standing).await,
        None => create(session, args, found, standing).await,
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

async fn current_context(session: &Session) -> Result<Option<String>> {
    let program = session.tools.program("kubectl", "read the current context");
    let ended = program.args(["config", "current-context"]).finish().await?;
    Ok(ended.status.success().then(|| ended.stdout.trim().to_owned()))
}

async fn ask_which(session: &Session, running: &[Candidate]) -> Result<usize> {
    let described: Vec<_> = running.iter().map(|one| one.place.described()).collect();
    let choices: Vec<_> = described.iter().map(String::as_str).collect();
    session.screen.choose("Which cluster?", &choices, "name it with --context").await
}

/// Starts a cluster that exists, after asking.
async fn start(session: &Session, place: Place, standing: &mut Standing) -> Result<Place> {
    let question = format!("Start {}?", place.described());
    if !session.screen.confirm(&question, "say yes with --yes, or start it yourself").await? {
        bail!("{} does not run, and nothing was changed", place.described());
    }
    let mut step = session.screen.step(format!("Start {}", place.context));
    standing.starting(&place);
    match &place.cluster {
        Cluster::Kind { name } => {
            let nodes = Kind::new(&session.tools).nodes(name).await?;
            let program =
                Docker::new(&session.tools).program("start the containers of the cluster");
            program.arg("start").args(nodes).output().await?;
            wait_for_answer(session, &place.context).await?;
        }
        _ => {
            let minikube = Minikube::new(&session.tools);
            minikube.start(&place.context, None, |news| step.tick(news)).await?;
        }
    }
    step.done("");
    again(session, place).await
}

/// What is known of a Minikube cluster is complete only when it runs.
async fn again(session: &Session, place: Place) -> Result<Place> {
    let Cluster::Minikube(_) = place.cluster else { return Ok(place) };
    let profile = profile(session, &place.context).await?;
    Ok(Place { cluster: Cluster::Minikube(profile), ..place })
}

async fn profile(session: &Session, name: &str) -> Result<Profile> {
    let profiles = Minikube::new(&session.tools).profiles().await?;
    let profile = profiles.into_iter().find(|profile| profile.name == name);
    profile.with_context(|| format!("Minikube does not list the cluster {name} that it started"))
}

/// The containers run before the API server answers.
async fn wait_for_answer(session: &Session, context: &str) -> Result<()> {
    let session = session.on(context);
    let kubectl = crate::tools::kubectl::Kubectl::new(&session.tools, &session.target);
    let mut tries = 0;
    while let Err(error) = kubectl.versions(true).await {
        session.tools.interrupt.check()?;
        tries += 1;
        if tries == 60 {
            return Err(error);
        }
        session.tools.interrupt.sleep(std::time::Duration::from_secs(1)).await?;
    }
    Ok(())
}

/// Makes a new cluster, after asking.
async fn create(
    session: &Session,
    args: &UpArgs,
    found: &Found,
    standing: &mut Standing,
) -> Result<Place> {
    let with_kind = args.cluster.wants_kind() || found.minikube.is_none();
    if with_kind {
        create_kind(session, standing).await
    } else {
        create_minikube(session, args, standing).await
    }
}

async fn create_minikube(
    session: &Session,
    args: &UpArgs,
    standing: &mut Standing,
) -> Result<Place> {
    let size = size(session, args).await?;
    let Size { processors, memory } = size;
    session.screen.say("  There is no local cluster yet.");
    let question = format!("Create a Minikube cluster with {processors} CPUs and {memory} MiB?");
    agreed(session, &question).await?;

    let place = Place {
        context: MINIKUBE.to_owned(),
        cluster: Cluster::Minikube(Profile { name: MINIKUBE.to_owned(), ..Profile::default() }),
        new: true,
    };
    standing.starting(&place);
    let mut step = session.screen.step("Create the Minikube cluster");
    let minikube = Minikube::new(&session.tools);
    minikube.start(MINIKUBE, Some(size), |news| step.tick(news)).await?;
    step.done("your current kubectl context stays what it was");
    again(session, place).await
}

async fn create_kind(session: &Session, standing: &mut Standing) -> Result<Place> {
    session.screen.say("  There is no local cluster yet.");
    let question = "Create a kind cluster that answers on ports 80 and 443 of this machine?";
    agreed(session, question).await?;

    let before = current_context(session).await?;
    let place = kind_place(KIND, true);
    standing.starting(&place);
    let mut step = session.screen.step("Create the kind cluster");
    let created = Kind::new(&session.tools).create(KIND, |news| step.tick(news)).await;
    // kind makes its cluster the current one; whoever had another one keeps it.
    if let Some(before) = before {
        let program = session.tools.program("kubectl", "go back to your context");
        program.args(["config", "use-context", &before]).output().await?;
    }
    created?;
    step.done("your current kubectl context stays what it was");
    Ok(place)
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

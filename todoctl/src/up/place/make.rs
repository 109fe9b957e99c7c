//! Starting a cluster that is stopped, and making a new one. The person has said yes to it.

use std::time::Duration;

use anyhow::{Context as _, Result};

use super::{Cluster, Place, local};
use crate::{
    session::Session,
    tools::{
        docker::Docker,
        kind::Kind,
        kubectl::Kubectl,
        minikube::{Minikube, Profile, Size},
    },
};

/// How long the API server of a kind cluster may take to come up.
const STARTING: Duration = Duration::from_mins(2);

/// Starts a cluster that exists.
pub(super) async fn start(session: &Session, place: Place) -> Result<Place> {
    let mut step = session.screen.step(format!("Start {}", place.context));
    match &place.cluster {
        Cluster::Kind { name } => {
            let nodes = Kind::new(&session.tools).nodes(name).await?;
            let docker = Docker::new(&session.tools);
            let program = docker.program("start the containers of the cluster");
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

/// Makes a Minikube cluster.
pub(super) async fn minikube(session: &Session, place: Place, size: Size) -> Result<Place> {
    let mut step = session.screen.step("Create the Minikube cluster");
    let minikube = Minikube::new(&session.tools);
    minikube.start(&place.context, Some(size), |news| step.tick(news)).await?;
    step.done("your current kubectl context stays what it was");
    again(session, place).await
}

/// Makes a kind cluster.
pub(super) async fn kind(session: &Session, place: Place) -> Result<Place> {
    let Cluster::Kind { name } = &place.cluster else { return Ok(place) };
    let before = local::current_context(session).await?;
    let mut step = session.screen.step("Create the kind cluster");
    let created = Kind::new(&session.tools).create(name, |news| step.tick(news)).await;
    // kind makes its cluster the current one; whoever had another one keeps it.
    if let Some(before) = before {
        let program = session.tools.program("kubectl", "go back to your context");
        program.args(["config", "use-context", &before]).output().await?;
    }
    created?;
    step.done("your current kubectl context stays what it was");
    Ok(place)
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
    let kubectl = Kubectl::new(&session.tools, &session.target);
    let started = tokio::time::Instant::now();
    while let Err(error) = kubectl.versions(true).await {
        session.tools.interrupt.check()?;
        if started.elapsed() > STARTING {
            return Err(error);
        }
        session.tools.interrupt.sleep(Duration::from_secs(1)).await?;
    }
    Ok(())
}

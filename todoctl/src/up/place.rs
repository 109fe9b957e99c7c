//! The cluster to act on: the one that was named, one that runs on this machine, or a new one, after asking.

mod local;
mod make;

use anyhow::{Context as _, Result, bail};
use semver::Version;

use super::{UpArgs, prerequisites::Found, standing::Standing};
use crate::{
    cluster::unreachable::Unreachable,
    session::Session,
    tools::{
        kind::Kind,
        kubectl::Kubectl,
        minikube::{Minikube, Profile, Size},
    },
};

/// The oldest Kubernetes that the chart supports.
const KUBERNETES: Version = Version::new(1, 28, 0);

/// Contexts of clusters that run on Docker's own engine and see its images.
const ON_THE_ENGINE: [&str; 3] = ["docker-desktop", "orbstack", "rancher-desktop"];

/// A cluster that answers.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) context: String,
    pub(crate) cluster: Cluster,
    /// Made by this run, so that nothing in it is anybody else's.
    pub(crate) new: bool,
}

/// What kind of cluster it is: how images get into it, and where its Ingress answers.
#[derive(Debug, Clone)]
pub(crate) enum Cluster {
    Minikube(Profile),
    Kind {
        name: String,
    },
    /// It sees the images of the local Docker engine.
    Engine,
    Other,
}

/// The cluster that is going to be acted on. Nothing has been changed yet.
#[derive(Debug)]
pub(crate) enum Choice {
    Runs(Place),
    Stopped(Place),
    NewMinikube(Place, Size),
    NewKind(Place),
}

/// Chooses the cluster for this run, and asks before one is to be started or made.
pub(crate) async fn choose(session: &Session, args: &UpArgs, found: &Found) -> Result<Choice> {
    match &session.target.context {
        Some(context) => Ok(Choice::Runs(named(session, found, context).await?)),
        None => local::choose(session, args, found).await,
    }
}

impl Choice {
    /// Whether it is one that does not exist yet.
    pub(crate) fn is_new(&self) -> bool {
        matches!(self, Self::NewMinikube(..) | Self::NewKind(_))
    }

    /// The cluster, running and reachable.
    pub(crate) async fn ready(self, session: &Session, standing: &mut Standing) -> Result<Place> {
        if let Self::Stopped(place) | Self::NewMinikube(place, _) | Self::NewKind(place) = &self {
            standing.starting(place);
        }
        let place = match self {
            Self::Runs(place) => place,
            Self::Stopped(place) => make::start(session, place).await?,
            Self::NewMinikube(place, size) => make::minikube(session, place, size).await?,
            Self::NewKind(place) => make::kind(session, place).await?,
        };
        let version = reach(&session.on(&place.context)).await?;
        standing.cluster(&place);
        let described = place.described();
        session.screen.say(format_args!("  This acts on {described} (Kubernetes {version})."));
        Ok(place)
    }
}

impl Place {
    /// The cluster in words, with the name of its context.
    pub(crate) fn described(&self) -> String {
        let context = &self.context;
        match &self.cluster {
            Cluster::Minikube(profile) => {
                let config = &profile.config;
                let (driver, runtime) =
                    (&config.driver, &config.kubernetes_config.container_runtime);
                format!("the Minikube cluster {context}, driver {driver}, runtime {runtime}")
            }
            Cluster::Kind { name } => format!("the kind cluster {name}, context {context}"),
            Cluster::Engine => format!("the cluster {context} on this machine's Docker engine"),
            Cluster::Other => format!("the cluster behind the context {context}"),
        }
    }
}

/// The cluster behind a context that was asked for, as it is.
async fn named(session: &Session, found: &Found, context: &str) -> Result<Place> {
    let known = contexts(session).await?;
    if !known.iter().any(|name| name == context) {
        let there = match known.as_slice() {
            [] => "your kubeconfig has none".to_owned(),
            names => format!("there are: {}", names.join(", ")),
        };
        bail!("the kubeconfig has no context {context}; {there}");
    }
    let place = |cluster| Place { context: context.to_owned(), cluster, new: false };

    if found.minikube.is_some() {
        let profiles = Minikube::new(&session.tools).profiles().await?;
        if let Some(profile) = profiles.into_iter().find(|profile| profile.name == context) {
            return Ok(place(Cluster::Minikube(profile)));
        }
    }
    if let (Some(name), true) = (context.strip_prefix("kind-"), found.kind.is_some()) {
        let clusters = Kind::new(&session.tools).clusters().await?;
        if clusters.iter().any(|cluster| cluster == name) {
            return Ok(place(Cluster::Kind { name: name.to_owned() }));
        }
    }
    let on_the_engine = ON_THE_ENGINE.contains(&context);
    Ok(place(if on_the_engine { Cluster::Engine } else { Cluster::Other }))
}

/// The version of a cluster that answers.
async fn reach(session: &Session) -> Result<Version> {
    let step = session.screen.step("Cluster");
    let kubectl = Kubectl::new(&session.tools, &session.target);
    let versions = match kubectl.versions(true).await {
        Ok(versions) => versions,
        Err(error) => {
            session.tools.interrupt.check()?;
            let reason = error
                .downcast_ref()
                .and_then(|error| Unreachable::read(error, &session.target.namespace));
            step.failed("it cannot be reached");
            return Err(reason.map_or(error, Into::into));
        }
    };
    let version = versions.server.context("the cluster does not tell its version")?;
    if version < KUBERNETES {
        bail!("the cluster runs Kubernetes {version}; the chart needs {KUBERNETES} or newer");
    }
    step.done(session.target.context.as_deref().unwrap_or_default());
    Ok(version)
}

/// The names of all contexts.
async fn contexts(session: &Session) -> Result<Vec<String>> {
    let program = session.tools.program("kubectl", "list the contexts of the kubeconfig");
    let said = program.args(["config", "get-contexts", "--output=name"]).text().await?;
    Ok(said.lines().map(str::to_owned).collect())
}

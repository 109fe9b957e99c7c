//! The cluster to act on: the one that was named, one that runs on this machine, or a new one, after asking.

mod local;

use anyhow::{Context as _, Result, bail};
use semver::Version;

use super::{UpArgs, prerequisites::Found, standing::Standing};
use crate::{
    cluster::unreachable::Unreachable,
    session::Session,
    tools::{
        kind::Kind,
        kubectl::Kubectl,
        minikube::{Minikube, Profile},
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

/// The cluster for this run, running and reachable.
pub(crate) async fn choose(
    session: &Session,
    args: &UpArgs,
    found: &Found,
    standing: &mut Standing,
) -> Result<Place> {
    let place = match &session.target.context {
        Some(context) => named(session, found, context).await?,
        None => local::choose(session, args, found, standing).await?,
    };
    let version = reach(&session.on(&place.context)).await?;
    standing.cluster(&place);
    session
        .screen
        .say(format_args!("  This acts on {} (Kubernetes {version}).", place.described()));
    Ok(place)
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

//! The way in: which Ingress class, and at which address its controller answers.

use std::{collections::BTreeMap, time::Duration};

use anyhow::{Result, bail};
use semver::Version;

use super::{
    UpArgs,
    place::{Cluster, Place},
};
use crate::{
    cluster::object::{Ingress, Named},
    session::Session,
    tools::{docker::Docker, helm::Helm, kubectl::Kubectl, minikube::Minikube},
};

/// The class of the plan; ingress-nginx has it, and controllers that stand in for it.
const NGINX: &str = "nginx";
const TRAEFIK: &str = "traefik";

/// Marks the class that an Ingress without a class gets.
const DEFAULT_CLASS: &str = "ingressclass.kubernetes.io/is-default-class";

/// Minikube has the addon `traefik` since then.
const WITH_TRAEFIK: Version = Version::new(1, 39, 0);

/// Traefik's own chart.
const TRAEFIK_CHART: &str = "oci://ghcr.io/traefik/helm/traefik";

/// How long a new controller may take to show its class.
const NEW_CLASS: Duration = Duration::from_mins(2);

/// How the app is reached from outside.
#[derive(Debug, Clone)]
pub(crate) struct Way {
    pub(crate) class: String,
    pub(crate) address: Address,
}

/// Where the Ingress controller answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address {
    /// An IP address, or one with a port.
    At(String),
    /// On 127.0.0.1, while `minikube tunnel` runs in another terminal.
    Tunnel,
    /// The Ingress itself will tell.
    AskIngress,
    /// Nobody serves Ingresses in this cluster.
    Nowhere,
}

/// Chooses the class, enables a controller where that is ours to do, and finds the address.
pub(crate) async fn choose(session: &Session, args: &UpArgs, place: &Place) -> Result<Way> {
    let mut classes = classes(session).await?;
    if classes.is_empty() && args.cluster.ingress_class.is_none() {
        classes = provide(session, place).await?;
    }
    let step = session.screen.step("Ingress");
    let Some(class) = class(session, args, &classes).await? else {
        step.warned("the cluster has no Ingress controller; the app is reached by a port-forward");
        return Ok(Way { class: NGINX.to_owned(), address: Address::Nowhere });
    };
    let address = match &args.cluster.address {
        Some(address) => Address::At(address.clone()),
        None => address(session, place).await?,
    };
    step.done(format_args!("class {class}{}", note(&class, &classes)));
    Ok(Way { class, address })
}

/// The classes by name, each with its controller and whether it is the default.
type Classes = BTreeMap<String, bool>;

async fn classes(session: &Session) -> Result<Classes> {
    let kubectl = Kubectl::new(&session.tools, &session.target);
    let found: Vec<Named> = kubectl.list("ingressclasses", None).await?;
    let is_default = |class: &Named| {
        class.metadata.annotations.get(DEFAULT_CLASS).is_some_and(|value| value == "true")
    };
    Ok(found.into_iter().map(|class| (class.metadata.name.clone(), is_default(&class))).collect())
}

/// The class to use: the one asked for, the one in use, the default, the plan's, or the first.
async fn class(session: &Session, args: &UpArgs, classes: &Classes) -> Result<Option<String>> {
    let names = || classes.keys().cloned().collect::<Vec<_>>().join(", ");
    if let Some(wanted) = &args.cluster.ingress_class {
        if !classes.contains_key(wanted) {
            let there = if classes.is_empty() { "none".to_owned() } else { names() };
            bail!("the cluster has no Ingress class {wanted}; it has: {there}");
        }
        return Ok(Some(wanted.clone()));
    }
    let kubectl = Kubectl::new(&session.tools, &session.target);
    let ours: Option<Ingress> = kubectl.get("ingress", "todo-ingress").await?;
    let used = ours.and_then(|ingress| ingress.spec.ingress_class_name);
    let used = used.filter(|class| classes.contains_key(class));
    let default = || classes.iter().find(|(_, default)| **default).map(|(name, _)| name.clone());
    let plan = || classes.contains_key(NGINX).then(|| NGINX.to_owned());
    Ok(used.or_else(default).or_else(plan).or_else(|| classes.keys().next().cloned()))
}

fn note(class: &str, classes: &Classes) -> String {
    if classes.len() < 2 {
        return String::new();
    }
    let others = classes.keys().filter(|name| *name != class).cloned().collect::<Vec<_>>();
    format!(" (there is also {}: --ingress-class)", others.join(", "))
}

/// Gives the cluster a controller, where it is one on this machine; the classes that there are then.
async fn provide(session: &Session, place: &Place) -> Result<Classes> {
    match &place.cluster {
        Cluster::Minikube(_) => enable_addon(session, place).await,
        Cluster::Kind { name } if kind_port(session, name).await?.is_some() => {
            install_traefik(session, place).await
        }
        _ => Ok(Classes::new()),
    }
}

/// Traefik where Minikube has it; ingress-nginx gets no fixes since March 2026.
async fn enable_addon(session: &Session, place: &Place) -> Result<Classes> {
    let minikube = Minikube::new(&session.tools);
    let traefik = minikube.version().await? >= WITH_TRAEFIK
        && minikube.addons(&place.context).await?.contains_key(TRAEFIK);
    let (addon, why) = if traefik {
        (TRAEFIK, "ingress-nginx, the addon `ingress`, is retired since March 2026")
    } else {
        ("ingress", "ingress-nginx; it is retired since March 2026, Minikube 1.39 has `traefik`")
    };
    let question = format!("Enable Minikube's addon {addon}?");
    if !allowed(session, place, &question).await? {
        return Ok(Classes::new());
    }
    let step = session.screen.step(format!("Addon {addon}"));
    minikube.enable(&place.context, addon).await?;
    step.done(why);
    appear(session).await
}

/// For a kind cluster that has this machine's ports: Traefik on them.
async fn install_traefik(session: &Session, place: &Place) -> Result<Classes> {
    let question = "Install the Ingress controller Traefik with Helm, into the namespace traefik?";
    if !allowed(session, place, question).await? {
        return Ok(Classes::new());
    }
    let step = session.screen.step("Traefik");
    let helm = Helm::new(&session.tools, Some(&place.context), TRAEFIK);
    let ports = "ports.web.hostPort=80,ports.websecure.hostPort=443";
    let args = ["upgrade", "--install", TRAEFIK, TRAEFIK_CHART, "--create-namespace"];
    let program = helm.program("install Traefik").args(args).args(["--set", ports]);
    program.limit(NEW_CLASS).output().await?;
    step.done("from its own chart");
    appear(session).await
}

/// What is ours to do without a question in a cluster that this run has made, and in no other.
async fn allowed(session: &Session, place: &Place, question: &str) -> Result<bool> {
    if place.new {
        return Ok(true);
    }
    let flag = "say yes with --yes, or name a class with --ingress-class";
    session.screen.confirm(question, flag).await
}

/// Waits until the new controller's class is there.
async fn appear(session: &Session) -> Result<Classes> {
    let started = tokio::time::Instant::now();
    loop {
        let classes = classes(session).await?;
        if !classes.is_empty() || started.elapsed() > NEW_CLASS {
            return Ok(classes);
        }
        session.tools.interrupt.sleep(Duration::from_secs(1)).await?;
    }
}

async fn address(session: &Session, place: &Place) -> Result<Address> {
    match &place.cluster {
        Cluster::Minikube(profile) => {
            if profile.config.driver == "docker" && needs_tunnel(session).await? {
                return Ok(Address::Tunnel);
            }
            let ip = Minikube::new(&session.tools).ip(&place.context).await?;
            Ok(Address::At(ip))
        }
        Cluster::Kind { name } => Ok(match kind_port(session, name).await? {
            // Without a port it is also the address of the app's TLS.
            Some(80) => Address::At("127.0.0.1".to_owned()),
            Some(port) => Address::At(format!("127.0.0.1:{port}")),
            None => Address::AskIngress,
        }),
        Cluster::Engine | Cluster::Other => Ok(Address::AskIngress),
    }
}

/// The containers of Docker Desktop are in a virtual machine: their addresses lead nowhere from here.
async fn needs_tunnel(session: &Session) -> Result<bool> {
    if !cfg!(target_os = "linux") {
        return Ok(true);
    }
    let info = Docker::new(&session.tools).info().await?;
    Ok(info.operating_system == "Docker Desktop")
}

/// The port of this machine that leads to port 80 of a kind cluster's first node.
async fn kind_port(session: &Session, cluster: &str) -> Result<Option<u16>> {
    let node = format!("{cluster}-control-plane");
    let published = Docker::new(&session.tools).published(&node, 80).await?;
    Ok(published.and_then(|address| address.rsplit_once(':')?.1.trim().parse().ok()))
}

//! The programs that are needed, their versions, and how to get what is missing.

mod system;

use std::fmt::Write as _;

use anyhow::{Result, bail};
use semver::Version;

use super::UpArgs;
use crate::{
    session::Session,
    tools::{Tools, docker::Docker, helm::Helm, kind::Kind, kubectl::Kubectl, minikube::Minikube},
};
use system::System;

/// The engine's version; what its client can do does not matter here.
const DOCKER: Version = Version::new(20, 10, 0);
const KUBECTL: Version = Version::new(1, 28, 0);
const KIND: Version = Version::new(0, 20, 0);
const HELM: Version = Version::new(3, 14, 0);
const MINIKUBE: Version = Version::new(1, 32, 0);
/// Docker before this builds with BuildKit by itself; later ones need the plugin.
const DOCKER_WITHOUT_BUILDX: Version = Version::new(23, 0, 0);

/// The programs that are here.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    pub(crate) kubectl: Option<Version>,
    pub(crate) helm: Option<Version>,
    pub(crate) docker: Option<Version>,
    pub(crate) buildx: bool,
    pub(crate) minikube: Option<Version>,
    pub(crate) kind: Option<Version>,
}

/// What is wrong, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
struct Lack {
    what: String,
    remedy: String,
}

/// Looks for every program that the chosen way needs, all at once, and refuses with everything that is missing.
pub(crate) async fn check(session: &Session, args: &UpArgs) -> Result<Found> {
    let mut step = session.screen.step("Programs");
    step.tick("kubectl, helm, docker, minikube, kind");
    let system = System::detect();
    let (mut found, mut lacks) = (Found::default(), Vec::new());

    let (kubectl, helm, docker, minikube, kind) = tokio::join!(
        kubectl(session),
        helm(session),
        docker(session, system),
        minikube(session),
        kind(session),
    );
    session.tools.interrupt.check()?;

    take(kubectl, "kubectl", true, system, &mut found.kubectl, &mut lacks);
    take(helm, "helm", !args.manifests, system, &mut found.helm, &mut lacks);
    take_docker(docker, !args.images.present, system, &mut found, &mut lacks);
    let wants = &args.cluster;
    if session.target.context.is_none() && wants.is_open() {
        // One of the two is enough.
        if !matches!((&minikube, &kind), (Ok(Some(_)), _) | (_, Ok(Some(_)))) {
            lacks.push(no_local_cluster(&minikube, &kind, system));
        }
    }
    take(minikube, "minikube", wants.wants_minikube(), system, &mut found.minikube, &mut lacks);
    take(kind, "kind", wants.wants_kind(), system, &mut found.kind, &mut lacks);

    if lacks.is_empty() {
        step.done(found.summary());
        return Ok(found);
    }
    step.failed(format_args!("{} to be mended first", things(lacks.len())));
    bail!("{}", told(&lacks))
}

impl Found {
    fn summary(&self) -> String {
        let one = |name: &str, version: &Option<Version>| {
            version.as_ref().map(|version| format!("{name} {version}"))
        };
        let all = [
            one("kubectl", &self.kubectl),
            one("helm", &self.helm),
            one("docker", &self.docker),
            one("minikube", &self.minikube),
            one("kind", &self.kind),
        ];
        all.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

impl Lack {
    fn missing(name: &str, system: System) -> Self {
        Self { what: format!("{name} is not installed"), remedy: system.install(name) }
    }

    fn too_old(
        what: &str,
        program: &str,
        version: &Version,
        least: &Version,
        system: System,
    ) -> Self {
        Self {
            what: format!("{what} {version} is too old: {least} or newer is needed"),
            remedy: system.install(program),
        }
    }
}

type Looked = Result<Option<Version>, Lack>;

/// Nothing is here that could run a cluster on this machine.
fn no_local_cluster(minikube: &Looked, kind: &Looked, system: System) -> Lack {
    let unusable = [minikube, kind].into_iter().find_map(|looked| looked.as_ref().err());
    let (what, remedy) = match unusable {
        Some(lack) => (lack.what.clone(), lack.remedy.clone()),
        None => (
            "there is no minikube (nor kind) to run a cluster with".to_owned(),
            system.install("minikube"),
        ),
    };
    let other = "Or name a cluster that you have: --context NAME (`kubectl config get-contexts`)";
    Lack { what, remedy: format!("{remedy}\n{other}") }
}

/// Keeps what was found; what was not found is a lack only where it is needed.
fn take(
    looked: Looked,
    name: &str,
    needed: bool,
    system: System,
    place: &mut Option<Version>,
    lacks: &mut Vec<Lack>,
) {
    match looked {
        Ok(Some(version)) => *place = Some(version),
        Ok(None) if needed => lacks.push(Lack::missing(name, system)),
        Err(lack) if needed => lacks.push(lack),
        Ok(None) | Err(_) => {}
    }
}

/// The same for Docker, which builds with BuildKit inside or with the plugin buildx.
fn take_docker(
    looked: Result<Option<(Version, bool)>, Lack>,
    builds: bool,
    system: System,
    found: &mut Found,
    lacks: &mut Vec<Lack>,
) {
    match looked {
        Ok(Some((version, buildx))) => {
            if builds && !buildx && version >= DOCKER_WITHOUT_BUILDX {
                lacks.push(Lack {
                    what: format!("docker {version} has no plugin buildx, which builds the images"),
                    remedy: system.install("docker-buildx"),
                });
            }
            (found.docker, found.buildx) = (Some(version), buildx);
        }
        Ok(None) if builds => lacks.push(Lack::missing("docker", system)),
        Err(lack) if builds => lacks.push(lack),
        Ok(None) | Err(_) => {}
    }
}

async fn kubectl(session: &Session) -> Looked {
    if !Tools::is_installed("kubectl") {
        return Ok(None);
    }
    let kubectl = Kubectl::new(&session.tools, &session.target);
    let versions = kubectl.versions(false).await;
    new_enough("kubectl", versions.map(|versions| versions.client), &KUBECTL)
}

async fn helm(session: &Session) -> Looked {
    if !Tools::is_installed("helm") {
        return Ok(None);
    }
    new_enough("helm", Helm::version(&session.tools).await, &HELM)
}

async fn minikube(session: &Session) -> Looked {
    if !Tools::is_installed("minikube") {
        return Ok(None);
    }
    new_enough("minikube", Minikube::new(&session.tools).version().await, &MINIKUBE)
}

async fn kind(session: &Session) -> Looked {
    if !Tools::is_installed("kind") {
        return Ok(None);
    }
    new_enough("kind", Kind::new(&session.tools).version().await, &KIND)
}

/// The client's version and whether it has buildx; an engine that does not answer is a lack.
async fn docker(session: &Session, system: System) -> Result<Option<(Version, bool)>, Lack> {
    if !Tools::is_installed("docker") {
        return Ok(None);
    }
    let docker = Docker::new(&session.tools);
    let (client, buildx) = tokio::join!(docker.client(), docker.has_buildx());
    let client = client.map_err(|error| broken("docker", &error))?;
    if let Some(said) = client.silent {
        let forbidden = said.to_lowercase().contains("permission denied");
        return Err(Lack {
            what: if forbidden {
                "Docker is installed, but you may not use it".to_owned()
            } else {
                "Docker is installed but does not answer".to_owned()
            },
            remedy: if forbidden {
                "sudo usermod -aG docker \"$USER\"    (then sign out and in again)".to_owned()
            } else {
                format!("start it with: {}\nDocker says: {}", system.start_docker(), said)
            },
        });
    }
    if let Some(engine) = client.engine.filter(|engine| is_older(engine, &DOCKER)) {
        return Err(Lack::too_old("docker's engine", "docker", &engine, &DOCKER, system));
    }
    Ok(Some((client.version, buildx.unwrap_or(false))))
}

fn new_enough(name: &str, version: Result<Version>, least: &Version) -> Looked {
    let version = version.map_err(|error| broken(name, &error))?;
    if is_older(&version, least) {
        return Err(Lack::too_old(name, name, &version, least, System::detect()));
    }
    Ok(Some(version))
}

/// By the numbers alone: what distributions add (`-eks-1a2b`, `+dfsg1`) makes a version neither older nor newer.
fn is_older(version: &Version, least: &Version) -> bool {
    let numbers = |version: &Version| (version.major, version.minor, version.patch);
    numbers(version) < numbers(least)
}

fn broken(name: &str, error: &anyhow::Error) -> Lack {
    Lack { what: format!("{name} does not work"), remedy: format!("{error:#}") }
}

fn things(count: usize) -> String {
    if count == 1 { "one thing".to_owned() } else { format!("{count} things") }
}

/// One line for each lack, with its remedy below.
fn told(lacks: &[Lack]) -> String {
    let mut text = String::new();
    for Lack { what, remedy } in lacks {
        let remedy = remedy.lines().collect::<Vec<_>>().join("\n    ");
        let _ = write!(text, "{}{what}\n    {remedy}", if text.is_empty() { "" } else { "\n" });
    }
    text
}

//! The three images: built where that is ours to do, and put into the cluster unless it runs them already.

mod build;

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use super::{
    Job,
    place::{Cluster, Place},
    prerequisites::Found,
    standing::Standing,
};
use crate::{
    cluster::object::Pod,
    session::Session,
    tools::{docker::Docker, kind::Kind, kubectl::Kubectl, minikube::Minikube},
};

/// The components, which are the names of the images too.
pub(crate) const COMPONENTS: [&str; 3] = ["frontend", "backend", "mcp"];

/// How much of an image's id tells it from every other one.
const SHORT: usize = 12;

/// The images that the pods are to run.
#[derive(Debug, Default)]
pub(crate) struct Images {
    /// Short ids by component; empty when the images are not ours to build.
    ids: BTreeMap<&'static str, String>,
}

impl Images {
    /// The annotation of a pod that names its image. The tag is always `latest`: without it no pod would be replaced
    /// when the image is another one.
    pub(crate) const MARK: &str = "image-id";

    /// What to mark the pods of each component with.
    pub(crate) fn marks(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.ids.iter().map(|(component, id)| (*component, id.as_str()))
    }
}

/// Builds the images and puts them into the cluster.
pub(crate) async fn provide(
    job: &Job<'_>,
    place: &Place,
    found: &Found,
    standing: &mut Standing,
) -> Result<Images> {
    let Job { session, args, .. } = *job;
    let running = running(session).await?;
    if args.images.present {
        session.screen.step("Images").skipped("the cluster has them (--images-present)");
        return Ok(Images { ids: running.marked });
    }
    let way = Way::choose(job, place).await?;
    let docker = way.engine(session, place).await?;
    let ids = build::run(job, &docker, found).await?;
    standing.built();

    let new: Vec<String> = ids
        .iter()
        .filter(|(component, id)| !running.has(component, id))
        .map(|(component, _)| format!("{component}:latest"))
        .collect();
    let mut step = session.screen.step("Images in the cluster");
    if new.is_empty() {
        step.skipped("it runs these already");
        return Ok(Images { ids });
    }
    if let Way::InTheEngine = way {
        step.done("they were built where its nodes look for them");
    } else {
        step.news(&format!("loading {}", new.join(", ")));
        way.load(session, place, &new).await?;
        step.done(format_args!("loaded {}", new.join(", ")));
    }
    standing.loaded();
    Ok(Images { ids })
}

/// How images get from where they are built to where they are run.
#[derive(Debug)]
enum Way {
    /// They are built in the engine that runs them.
    InTheEngine,
    Minikube,
    Kind(String),
    /// A program of the person's, with its arguments.
    Command(Vec<String>),
}

impl Way {
    async fn choose(job: &Job<'_>, place: &Place) -> Result<Self> {
        if let Some(command) = &job.args.images.load_command {
            let words = shell_words::split(command)
                .with_context(|| format!("--load-command cannot be read: {command}"))?;
            if words.is_empty() {
                bail!("--load-command is empty");
            }
            return Ok(Self::Command(words));
        }
        Ok(match &place.cluster {
            Cluster::Minikube(profile) if profile.has_docker() => Self::InTheEngine,
            Cluster::Minikube(_) => Self::Minikube,
            Cluster::Kind { name } => Self::Kind(name.clone()),
            Cluster::Engine => Self::InTheEngine,
            Cluster::Other => bail!(
                "how images get into {} is not known: give --load-command \"PROGRAM ARGUMENTS\" (image names are appended), or --images-present when it has them",
                place.described()
            ),
        })
    }

    /// The engine to build in.
    async fn engine(&self, session: &Session, place: &Place) -> Result<Docker> {
        match (self, &place.cluster) {
            (Self::InTheEngine, Cluster::Minikube(profile)) => {
                let mut env = Minikube::new(&session.tools).docker_env(&profile.name).await?;
                // The builder that somebody has chosen for this machine's engine knows nothing of that one.
                env.insert("BUILDX_BUILDER".to_owned(), "default".to_owned());
                Ok(Docker::at(&session.tools, env))
            }
            _ => Ok(Docker::new(&session.tools)),
        }
    }

    async fn load(&self, session: &Session, place: &Place, images: &[String]) -> Result<()> {
        let names: Vec<&str> = images.iter().map(String::as_str).collect();
        match self {
            Self::InTheEngine => {}
            Self::Minikube => {
                let minikube = Minikube::new(&session.tools);
                for image in names {
                    minikube.load(&place.context, image).await?;
                }
            }
            Self::Kind(cluster) => Kind::new(&session.tools).load(cluster, &names).await?,
            Self::Command(words) => {
                let program = session.tools.program(&words[0], "load the images (--load-command)");
                let program = program.args(&words[1..]).args(names).limit(build::LIMIT);
                program.output().await?;
            }
        }
        Ok(())
    }
}

/// What the cluster runs at this moment.
#[derive(Debug, Default)]
struct Running {
    /// What the pods of each component are marked with.
    marked: BTreeMap<&'static str, String>,
    /// Components with a pod that misses its image.
    without: Vec<String>,
}

impl Running {
    fn has(&self, component: &str, id: &str) -> bool {
        self.marked.get(component).is_some_and(|marked| marked == id)
            && !self.without.iter().any(|name| name == component)
    }
}

async fn running(session: &Session) -> Result<Running> {
    let kubectl = Kubectl::new(&session.tools, &session.target);
    let (deployments, pods) = tokio::try_join!(
        kubectl.list::<Value>("deployments", None),
        kubectl.list::<Pod>("pods", Some("app=todo-chatbot")),
    )?;
    let marked = COMPONENTS.into_iter().filter_map(|component| {
        let ours = deployments.iter().find(|one| one["metadata"]["name"] == component)?;
        let marks = &ours["spec"]["template"]["metadata"]["annotations"];
        Some((component, marks[Images::MARK].as_str()?.to_owned()))
    });
    let misses = |pod: &Pod| {
        let mut waiting = pod.all_statuses().filter_map(|status| status.state.waiting.as_ref());
        waiting.any(|waiting| waiting.reason.contains("Image"))
    };
    let without = pods.iter().filter(|pod| misses(pod)).filter_map(Pod::component);
    Ok(Running { marked: marked.collect(), without: without.map(str::to_owned).collect() })
}

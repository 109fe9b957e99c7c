//! What is there when a run ends before its end, and how to go on or back. Nothing is left half done and unsaid.

use std::time::Duration;

use super::{
    place::{Cluster, Place},
    release::RELEASE,
};
use crate::{
    cluster::object::Pod,
    interrupt::Interrupt,
    session::Session,
    tools::{Tools, helm::Helm, kubectl::Kubectl},
};

/// A cluster that does not answer in this time is not asked any further.
const PATIENCE: Duration = Duration::from_secs(8);

/// What this run has come to so far.
#[derive(Debug)]
pub(crate) struct Standing {
    session: Session,
    cluster: Option<Touched>,
    release: Option<String>,
    built: bool,
    loaded: bool,
    installing: bool,
    mended: bool,
}

#[derive(Debug)]
struct Touched {
    context: String,
    described: String,
    new: bool,
    /// Started or made by this run.
    started: bool,
    /// What removes it altogether.
    removal: Option<String>,
}

impl Standing {
    pub(crate) fn new(session: &Session) -> Self {
        Self {
            session: session.clone(),
            cluster: None,
            release: None,
            built: false,
            loaded: false,
            installing: false,
            mended: false,
        }
    }

    /// From now on this cluster is being started or made.
    pub(crate) fn starting(&mut self, place: &Place) {
        self.cluster(place);
        if let Some(cluster) = &mut self.cluster {
            cluster.started = true;
        }
    }

    /// From now on this cluster is acted on.
    pub(crate) fn cluster(&mut self, place: &Place) {
        let started = self.cluster.as_ref().is_some_and(|cluster| cluster.started);
        let context = &place.context;
        let removal = match &place.cluster {
            Cluster::Minikube(_) => Some(format!("minikube delete --profile {context}")),
            Cluster::Kind { name } => Some(format!("kind delete cluster --name {name}")),
            Cluster::Engine | Cluster::Other => None,
        };
        self.cluster = Some(Touched {
            context: context.clone(),
            described: place.described(),
            new: place.new,
            started,
            removal: removal.filter(|_| place.new),
        });
    }

    /// A release is recorded in this namespace.
    pub(crate) fn release(&mut self, namespace: &str) {
        self.release = Some(namespace.to_owned());
    }

    /// The images exist.
    pub(crate) fn built(&mut self) {
        self.built = true;
    }

    /// The cluster has the images.
    pub(crate) fn loaded(&mut self) {
        self.loaded = true;
    }

    /// Objects are being put into the cluster.
    pub(crate) fn installing(&mut self) {
        self.installing = true;
    }

    /// A release that was stuck is being mended.
    pub(crate) fn mending(&mut self) {
        self.mended = true;
    }

    /// Says what there is, and how to go on or back.
    pub(crate) async fn tell(&self, interrupted: bool) {
        let screen = &self.session.screen;
        let Some(cluster) = self.cluster.as_ref().filter(|_| self.acted()) else {
            let stopped = if interrupted { "\nStopped. " } else { "" };
            screen.say(format_args!("{stopped}Nothing was changed."));
            return;
        };
        screen.say(if interrupted {
            "\nStopped. What is there now:"
        } else {
            "\nWhat is there now:"
        });
        let new = if cluster.new { ", made by this run" } else { "" };
        screen.say(format_args!("  cluster    {}{new}", cluster.described));
        screen.say(format_args!("  images     {}", self.images()));
        for line in self.objects(cluster).await {
            screen.say(line);
        }
        screen.say("Go on:  the same `todoctl up` again; what is done is not done twice");
        if self.installing || self.release.is_some() {
            let (context, namespace) = (&cluster.context, &self.session.target.namespace);
            screen.say(format_args!(
                "Back:   todoctl down --context {context} --namespace {namespace}"
            ));
        }
        if let Some(removal) = &cluster.removal {
            screen.say(format_args!("Back:   {removal}    (removes the cluster itself)"));
        }
    }

    /// Whether this run has changed anything.
    fn acted(&self) -> bool {
        let started = self.cluster.as_ref().is_some_and(|cluster| cluster.started);
        started || self.mended || self.built || self.loaded || self.installing
    }

    fn images(&self) -> &'static str {
        match (self.built, self.loaded) {
            (_, true) => "built, and in the cluster",
            (true, false) => "built",
            (false, false) => "not built by this run",
        }
    }

    /// Namespace, release and pods, as far as the cluster tells in a few seconds.
    async fn objects(&self, cluster: &Touched) -> Vec<String> {
        // The person has asked everything else to stop; a second Ctrl-C stops this too.
        let tools = Tools::new(self.session.tools.secrets.clone(), Interrupt::listen());
        let session = self.session.on(&cluster.context);
        let kubectl = Kubectl::new(&tools, &session.target);
        let look = async {
            let namespace = &session.target.namespace;
            let mut lines = Vec::new();
            match kubectl.get::<serde_json::Value>("namespace", namespace).await {
                Ok(Some(_)) => {}
                Ok(None) => return vec![format!("  namespace  {namespace} does not exist yet")],
                Err(_) => return vec!["  namespace  the cluster does not answer".to_owned()],
            }
            lines.push(format!("  namespace  {namespace}"));
            lines.push(format!("  release    {}", self.release_state(&tools, &session).await));
            if let Ok(pods) = kubectl.list::<Pod>("pods", Some("app=todo-chatbot")).await {
                let ready = pods.iter().filter(|pod| pod.is_ready()).count();
                lines.push(format!("  pods       {}, {ready} ready", pods.len()));
            }
            lines
        };
        tokio::time::timeout(PATIENCE, look)
            .await
            .unwrap_or_else(|_| vec!["  objects    the cluster does not answer".to_owned()])
    }

    async fn release_state(&self, tools: &Tools, session: &Session) -> String {
        let namespace = self.release.as_ref().unwrap_or(&session.target.namespace);
        let helm = Helm::new(tools, session.target.context.as_deref(), namespace);
        match helm.history(RELEASE).await {
            Ok(history) => match history.last() {
                Some(newest) => format!(
                    "{RELEASE} in {namespace}, revision {}, {}",
                    newest.revision, newest.status
                ),
                None => "none".to_owned(),
            },
            Err(_) => "not known".to_owned(),
        }
    }
}

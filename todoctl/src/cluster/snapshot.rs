//! Everything that the cluster tells about one installation, read at one moment.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use futures::future::join_all;
use jiff::Timestamp;
use tokio::join;

use super::{
    last_words,
    object::{ConfigMap, Deployment, Ingress, List, Named, Node, Object, Pod, ReplicaSet, Service},
    trouble::{self, Trouble},
    unreachable::Unreachable,
};
use crate::tools::{kubectl::Kubectl, program::ProgramError};

/// How long the cluster may take to answer one question.
const LIMIT: Duration = Duration::from_secs(20);

/// The kinds that an installation consists of.
const KINDS: &str = "pods,deployments,statefulsets,replicasets,services,ingresses,configmaps";

/// What every object of ours is labelled with, whichever way it was installed.
const LABEL: &str = "app.kubernetes.io/name=todo-app";

/// Prints the names of secrets with their keys. Values do not leave `kubectl`.
const SECRET_KEYS: &str = "{{range .items}}{{.metadata.name}}{{range $key, $value := .data}} {{$key}}{{end}}{{\"\\n\"}}{{end}}";

/// The names of secrets, with their keys.
pub(crate) type SecretKeys = BTreeMap<String, BTreeSet<String>>;

/// One installation at one moment. What may be forbidden to the person who asks is optional.
#[derive(Debug, Default)]
pub(crate) struct Snapshot {
    pub(crate) now: Timestamp,
    pub(crate) pods: Vec<Pod>,
    pub(crate) deployments: Vec<Deployment>,
    /// The database of the development values is one; what we read of it is as in a deployment.
    pub(crate) stateful_sets: Vec<Deployment>,
    pub(crate) replica_sets: Vec<ReplicaSet>,
    pub(crate) services: Vec<Service>,
    pub(crate) ingresses: Vec<Ingress>,
    pub(crate) config_maps: Vec<ConfigMap>,
    pub(crate) secrets: Option<SecretKeys>,
    pub(crate) nodes: Option<Vec<Node>>,
    pub(crate) ingress_classes: Option<Vec<Named>>,
    /// What is wrong with pods, of which one each.
    pub(crate) troubles: Vec<Trouble>,
    /// Objects with our label in all namespaces.
    pub(crate) labelled: Option<Vec<Named>>,
    /// Services of all namespaces that open ports on the nodes: an Ingress controller's are among them.
    pub(crate) node_ports: Option<Vec<Service>>,
}

impl Snapshot {
    /// Reads it; several questions at once.
    ///
    /// # Errors
    /// The cluster does not answer, or the namespace does not exist.
    pub(crate) async fn take(kubectl: &Kubectl, namespace: &str) -> Result<Self, Unreachable> {
        let (objects, secrets, nodes, ingress_classes, labelled, services, known) = join!(
            kubectl
                .program("read the app's objects")
                .args(["get", KINDS, "--output=json"])
                .limit(LIMIT)
                .json::<List<Object>>(),
            secret_keys(kubectl),
            kubectl.list::<Node>("nodes", None),
            kubectl.list::<Named>("ingressclasses", None),
            labelled(kubectl),
            kubectl.list_everywhere::<Service>("services"),
            kubectl
                .program("look for the namespace")
                .args(["get", "namespace", namespace, "--output=name"])
                .limit(LIMIT)
                .text(),
        );
        if let Err(error) = known
            && let Some(reason) = Unreachable::read(&error, namespace)
        {
            return Err(reason);
        }
        let objects = objects.map_err(|error| Unreachable::from_error(&error, namespace))?;

        let mut snapshot = Self {
            now: now(),
            secrets: secrets.ok(),
            nodes: nodes.ok(),
            ingress_classes: ingress_classes.ok(),
            labelled: labelled.ok(),
            node_ports: services.ok().map(|all| all.into_iter().filter(opens_node_port).collect()),
            ..Self::default()
        };
        objects.items.into_iter().for_each(|object| snapshot.take_in(object));
        let troubles = snapshot.pods.iter().filter_map(|pod| trouble::any_of(pod, snapshot.now));
        let troubles = troubles.map(|trouble| last_words::added(kubectl, trouble));
        snapshot.troubles = join_all(troubles).await;
        Ok(snapshot)
    }

    /// Puts an object where it belongs.
    pub(crate) fn take_in(&mut self, object: Object) {
        match object {
            Object::Pod(pod) => self.pods.push(pod),
            Object::Deployment(deployment) => self.deployments.push(deployment),
            Object::ReplicaSet(set) => self.replica_sets.push(set),
            Object::StatefulSet(set) => self.stateful_sets.push(set),
            Object::Service(service) => self.services.push(service),
            Object::Ingress(ingress) => self.ingresses.push(ingress),
            Object::ConfigMap(map) => self.config_maps.push(map),
            Object::Other => {}
        }
    }

    /// Whether nothing of the app is here.
    pub(crate) fn is_empty(&self) -> bool {
        self.deployments.is_empty() && self.our_pods().next().is_none()
    }

    /// The pods of the three programs that are not on their way out.
    pub(crate) fn our_pods(&self) -> impl Iterator<Item = &Pod> {
        self.pods
            .iter()
            .filter(|pod| pod.component().is_some() && !pod.is_leaving() && !pod.is_done())
    }

    /// The pods of one program.
    pub(crate) fn pods_of(&self, component: &str) -> impl Iterator<Item = &Pod> {
        self.our_pods().filter(move |pod| pod.component() == Some(component))
    }

    /// The Helm release that the objects belong to: its name, and the namespace in which Helm keeps it.
    pub(crate) fn release(&self) -> Option<(&str, &str)> {
        self.deployments.first()?.metadata.release()
    }

    /// What is wrong with one of these pods.
    pub(crate) fn trouble<'a>(&self, mut pods: impl Iterator<Item = &'a Pod>) -> Option<&Trouble> {
        pods.find_map(|pod| self.troubles.iter().find(|one| one.pod == pod.metadata.name))
    }

    /// A deployment by name.
    pub(crate) fn deployment(&self, name: &str) -> Option<&Deployment> {
        self.deployments.iter().find(|one| one.metadata.name == name)
    }

    /// A service by name.
    pub(crate) fn service(&self, name: &str) -> Option<&Service> {
        self.services.iter().find(|one| one.metadata.name == name)
    }

    /// An Ingress by name.
    pub(crate) fn ingress(&self, name: &str) -> Option<&Ingress> {
        self.ingresses.iter().find(|one| one.metadata.name == name)
    }
}

fn opens_node_port(service: &Service) -> bool {
    service.spec.ports.iter().any(|port| port.node_port.is_some())
}

async fn secret_keys(kubectl: &Kubectl) -> Result<SecretKeys, ProgramError> {
    let template = format!("--output=go-template={SECRET_KEYS}");
    let program = kubectl.program("list the keys of the secrets");
    let text = program.args(["get", "secrets", &template]).limit(LIMIT).text().await?;
    Ok(read_secret_keys(&text))
}

fn read_secret_keys(text: &str) -> SecretKeys {
    let line = |line: &str| {
        let mut words = line.split_whitespace().map(str::to_owned);
        Some((words.next()?, words.collect()))
    };
    text.lines().filter_map(line).collect()
}

async fn labelled(kubectl: &Kubectl) -> Result<Vec<Named>, ProgramError> {
    let selector = format!("--selector={LABEL}");
    let kinds = "deployments,services,ingresses,configmaps";
    let program = kubectl.program("look for objects in other namespaces");
    let args = ["get", kinds, "--all-namespaces", &selector, "--output=json"];
    Ok(program.args(args).limit(LIMIT).json::<List<Named>>().await?.items)
}

/// This machine's clock, for ages and reports.
#[expect(
    clippy::disallowed_methods,
    reason = "a program for the terminal has no port for the clock"
)]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_known_by_name_and_keys() {
        let keys = read_secret_keys("todo-secrets BETTER_AUTH_SECRET DATABASE_URL\nempty\n");

        assert_eq!(keys.len(), 2);
        assert!(keys["todo-secrets"].contains("DATABASE_URL"));
        assert!(keys["empty"].is_empty());
    }
}

//! The workloads of the app and the pods that belong to what was installed last; older pods are on their way out.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Deserialize;

use crate::{
    cluster::object::{Condition, Meta, Pod},
    tools::kubectl::Kubectl,
    up::images::COMPONENTS,
};

/// The annotation by which a deployment knows its newest replica set.
const REVISION: &str = "deployment.kubernetes.io/revision";

/// The label of everything that belongs to the app.
const NAME: (&str, &str) = ("app.kubernetes.io/name", "todo-app");

/// Everything about the app that moves.
#[derive(Debug, Default)]
pub(super) struct Rollout {
    deployments: Vec<Workload>,
    stateful_sets: Vec<Workload>,
    replica_sets: Vec<Workload>,
    pods: Vec<Pod>,
}

#[derive(Debug, Deserialize)]
struct List {
    items: Vec<Object>,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind")]
enum Object {
    Deployment(Workload),
    StatefulSet(Workload),
    ReplicaSet(Workload),
    Pod(Box<Pod>),
    #[serde(other)]
    Other,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Workload {
    metadata: Marks,
    spec: Spec,
    status: Status,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Marks {
    generation: u64,
    #[serde(flatten)]
    meta: Meta,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Spec {
    replicas: Option<usize>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Status {
    observed_generation: u64,
    replicas: usize,
    updated_replicas: usize,
    available_replicas: usize,
    ready_replicas: usize,
    conditions: Vec<Condition>,
}

impl Rollout {
    /// Reads it in one request.
    pub(super) async fn read(kubectl: &Kubectl) -> Result<Self> {
        let program = kubectl.program("look at the pods");
        let kinds = "deployments,statefulsets,replicasets,pods";
        let list: List =
            program.args(["get", kinds, "--output=json", "--request-timeout=15s"]).json().await?;
        let mut rollout = Self::default();
        for object in list.items {
            match object {
                Object::Deployment(one) => rollout.deployments.push(one),
                Object::StatefulSet(one) => rollout.stateful_sets.push(one),
                Object::ReplicaSet(one) => rollout.replica_sets.push(one),
                Object::Pod(pod) => rollout.pods.push(*pod),
                Object::Other => {}
            }
        }
        let ours = |one: &Workload| COMPONENTS.contains(&one.metadata.meta.name.as_str());
        rollout.deployments.retain(ours);
        rollout.stateful_sets.retain(|one| is_ours(&one.metadata.meta.labels));
        Ok(rollout)
    }

    /// Whether every workload runs what was installed, and nothing older.
    pub(super) fn is_complete(&self) -> bool {
        let complete = |one: &Workload| {
            let wanted = one.spec.replicas.unwrap_or(1);
            let Status {
                observed_generation, replicas, updated_replicas, available_replicas, ..
            } = one.status;
            observed_generation >= one.metadata.generation
                && [replicas, updated_replicas, available_replicas] == [wanted; 3]
        };
        let ready = |one: &Workload| one.status.ready_replicas == one.spec.replicas.unwrap_or(1);
        self.deployments.len() == COMPONENTS.len()
            && self.deployments.iter().all(complete)
            && self.stateful_sets.iter().all(ready)
    }

    /// How many pods there are to be.
    pub(super) fn wanted(&self) -> usize {
        let all = self.deployments.iter().chain(&self.stateful_sets);
        all.map(|one| one.spec.replicas.unwrap_or(1)).sum()
    }

    /// Whether pods are on their way out, which leave room for new ones.
    pub(super) fn makes_room(&self) -> bool {
        self.pods.iter().any(Pod::is_leaving)
    }

    /// Why no pods can be made: a quota, a policy.
    pub(super) fn refused(&self) -> Option<&str> {
        let conditions = self.deployments.iter().flat_map(|one| &one.status.conditions);
        let refused = conditions.filter(|one| one.kind == "ReplicaFailure" && one.status == "True");
        refused.map(|one| one.message.as_str()).next()
    }

    /// The pods of what was installed last.
    pub(super) fn pods(&self) -> impl Iterator<Item = &Pod> {
        let newest = self.newest();
        self.pods.iter().filter(move |pod| {
            !pod.is_leaving()
                && pod.metadata.owner_references.iter().any(|owner| newest.contains(&owner.name))
        })
    }

    /// The names of what makes the newest pods. A deployment that has not seen its newest form yet has none.
    fn newest(&self) -> Vec<String> {
        let revisions: BTreeMap<&str, &String> = self
            .deployments
            .iter()
            .filter(|one| one.status.observed_generation >= one.metadata.generation)
            .filter_map(|one| {
                let meta = &one.metadata.meta;
                Some((meta.name.as_str(), meta.annotations.get(REVISION)?))
            })
            .collect();
        let sets = self.replica_sets.iter().map(|set| &set.metadata.meta).filter(|set| {
            let of =
                set.owner_references.iter().find_map(|owner| revisions.get(owner.name.as_str()));
            of.is_some_and(|revision| set.annotations.get(REVISION) == Some(*revision))
        });
        let stateful = self.stateful_sets.iter().map(|set| &set.metadata.meta);
        sets.chain(stateful).map(|set| set.name.clone()).collect()
    }
}

fn is_ours(labels: &BTreeMap<String, String>) -> bool {
    labels.get(NAME.0).is_some_and(|name| name == NAME.1)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rollout(revision: &str, updated: usize) -> Rollout {
        let deployment = |name: &str| {
            serde_json::from_value(json!({
                "metadata": { "name": name, "generation": 2, "annotations": { REVISION: revision } },
                "spec": { "replicas": 1 },
                "status": { "observedGeneration": 2, "replicas": 1, "updatedReplicas": updated, "availableReplicas": 1 },
            }))
            .unwrap()
        };
        let set = |name: &str, revision: &str| {
            serde_json::from_value(
                json!({ "metadata": { "name": name, "annotations": { REVISION: revision },
                "ownerReferences": [{ "kind": "Deployment", "name": "backend" }] } }),
            )
            .unwrap()
        };
        let pod = |name: &str, set: &str| {
            serde_json::from_value(json!({ "metadata": { "name": name,
                "ownerReferences": [{ "kind": "ReplicaSet", "name": set }] } }))
            .unwrap()
        };
        Rollout {
            deployments: COMPONENTS.iter().map(|name| deployment(name)).collect(),
            stateful_sets: Vec::new(),
            replica_sets: vec![set("backend-old", "1"), set("backend-new", "2")],
            pods: vec![pod("backend-old-a", "backend-old"), pod("backend-new-b", "backend-new")],
        }
    }

    #[test]
    fn only_the_pods_of_the_newest_revision_count() {
        let rollout = rollout("2", 1);
        let names: Vec<_> = rollout.pods().map(|pod| pod.metadata.name.as_str()).collect();

        assert_eq!(names, ["backend-new-b"]);
    }

    #[test]
    fn it_is_complete_when_every_deployment_runs_its_newest_form_only() {
        assert!(rollout("2", 1).is_complete());
        assert!(!rollout("2", 0).is_complete());

        let mut unseen = rollout("2", 1);
        unseen.deployments[0].metadata.generation = 3;
        assert!(!unseen.is_complete());
    }
}

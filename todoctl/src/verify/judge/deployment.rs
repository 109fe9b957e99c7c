//! How long the last roll-out took.

use std::time::Duration;

use jiff::Timestamp;

use crate::{
    cluster::{object::Deployment, pod::between, snapshot::Snapshot},
    screen::Took,
    verify::{
        plan::{self, DEPLOYMENT, DEPLOYMENT_AIM},
        report::Finding,
    },
};

/// The number of the roll-out that an object belongs to.
const REVISION: &str = "deployment.kubernetes.io/revision";
/// There when a roll-out went back to pods that had been made before.
const HISTORY: &str = "deployment.kubernetes.io/revision-history";

/// From the first object of the last roll-out until its last pod was Ready. Kubernetes' times have whole seconds.
pub(super) fn time(snapshot: &Snapshot) -> Finding {
    let mut begun: Option<Timestamp> = None;
    let mut ended: Option<Timestamp> = None;
    let mut first = true;
    for part in plan::PARTS {
        let Some(deployment) = snapshot.deployment(part.name) else { continue };
        let (Some(from), Some(to)) = (start(snapshot, deployment), end(deployment)) else {
            return Finding::failed(
                format!("{} is not rolled out yet", part.name),
                "Wait for it: `todoctl status` shows what it is doing.",
            );
        };
        first &= revision(&deployment.metadata.annotations) == Some("1");
        begun = Some(begun.map_or(from, |known| known.min(from)));
        ended = Some(ended.map_or(to, |known| known.max(to)));
    }
    let (Some(begun), Some(ended)) = (begun, ended) else {
        return Finding::failed("nothing is deployed", "Install it: `todoctl up`.");
    };
    let took = between(begun, ended).unwrap_or_default();
    let which = if first { "first roll-out" } else { "last roll-out" };
    let pods = slowest(snapshot).map(|time| format!(", slowest pod {}", Took(time)));
    Finding::judged(
        took < DEPLOYMENT,
        format!("{} ({which}{})", Took(took), pods.unwrap_or_default()),
        "See what the pods waited for: `kubectl get events -n NAMESPACE --sort-by=.lastTimestamp`.",
    )
    .aim(took < DEPLOYMENT_AIM)
}

/// When the roll-out began: its replica set was made then, unless it is an old one that was taken up again.
fn start(snapshot: &Snapshot, deployment: &Deployment) -> Option<Timestamp> {
    let current = revision(&deployment.metadata.annotations);
    let set = snapshot.replica_sets.iter().find(|set| {
        let owned = |owner: &crate::cluster::object::Owner| owner.name == deployment.metadata.name;
        set.metadata.owner_references.iter().any(owned)
            && revision(&set.metadata.annotations) == current
    })?;
    if current == Some("1") {
        return deployment.metadata.creation_timestamp;
    }
    if !set.metadata.annotations.contains_key(HISTORY) {
        return set.metadata.creation_timestamp;
    }
    let pods = snapshot.pods.iter().filter(|pod| {
        pod.metadata.owner_references.iter().any(|owner| owner.name == set.metadata.name)
    });
    pods.filter_map(|pod| pod.metadata.creation_timestamp).min()
}

/// When it was complete: later losses of single pods do not change this time.
fn end(deployment: &Deployment) -> Option<Timestamp> {
    let conditions = &deployment.status.conditions;
    let complete = conditions.iter().find(|one| {
        one.kind == "Progressing" && one.status == "True" && one.reason == "NewReplicaSetAvailable"
    })?;
    complete.last_update_time.or(complete.last_transition_time)
}

/// The longest time from a pod's creation until it was Ready.
fn slowest(snapshot: &Snapshot) -> Option<Duration> {
    snapshot.our_pods().filter_map(crate::cluster::object::Pod::time_to_ready).max()
}

fn revision(annotations: &std::collections::BTreeMap<String, String>) -> Option<&str> {
    annotations.get(REVISION).map(String::as_str)
}

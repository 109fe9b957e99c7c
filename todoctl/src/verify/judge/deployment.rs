//! How long the last roll-out took.

use std::time::Duration;

use jiff::Timestamp;

use crate::{
    cluster::{
        object::{Deployment, Owner, Pod},
        pod::between,
        snapshot::Snapshot,
    },
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

/// Deployments that begin to roll out this long after others are complete belong to another roll-out.
const PAUSE: Duration = Duration::from_secs(30);

/// The roll-out of one deployment.
struct Rollout<'a> {
    name: &'a str,
    from: Timestamp,
    to: Timestamp,
    first: bool,
}

/// From the first object of the last roll-out until its last pod was Ready. Kubernetes' times have whole seconds.
pub(super) fn time(snapshot: &Snapshot) -> Finding {
    let mut all = Vec::new();
    for part in plan::PARTS {
        let Some(deployment) = snapshot.deployment(part.name) else { continue };
        let (Some(from), Some(to)) = (start(snapshot, deployment), end(deployment)) else {
            return Finding::failed(
                format!("{} is not rolled out yet", part.name),
                "Wait for it: `todoctl status` shows what it is doing.",
            );
        };
        let first = revision(&deployment.metadata.annotations) == Some("1");
        all.push(Rollout { name: part.name, from, to, first });
    }
    let count = all.len();
    let last = last_together(all);
    let (Some(from), Some(to)) =
        (last.iter().map(|one| one.from).min(), last.iter().map(|one| one.to).max())
    else {
        return Finding::failed("nothing is deployed", "Install it: `todoctl up`.");
    };
    let took = between(from, to).unwrap_or_default();
    let mut which = match last.iter().all(|one| one.first) {
        true => "first roll-out".to_owned(),
        false => "last roll-out".to_owned(),
    };
    if last.len() < count {
        let names: Vec<&str> = last.iter().map(|one| one.name).collect();
        which = format!("{which}, of {}", names.join(" and "));
    }
    let pods = slowest(snapshot, to).map(|time| format!(", slowest pod {}", Took(time)));
    Finding::judged(
        took < DEPLOYMENT,
        format!("{} ({which}{})", Took(took), pods.unwrap_or_default()),
        "See what the pods waited for: `kubectl get events --sort-by=.lastTimestamp`.",
    )
    .aim(took < DEPLOYMENT_AIM)
}

/// Those that were rolled out together with the one that was rolled out last.
fn last_together(mut all: Vec<Rollout<'_>>) -> Vec<Rollout<'_>> {
    all.sort_by_key(|one| one.from);
    let mut together: Vec<Rollout<'_>> = Vec::new();
    for one in all {
        let complete = together.iter().map(|other| other.to).max();
        if complete.and_then(|complete| between(complete, one.from)).is_some_and(|gap| gap > PAUSE)
        {
            together.clear();
        }
        together.push(one);
    }
    together
}

/// When the roll-out began: its replica set was made then, unless it is an old one that was taken up again.
fn start(snapshot: &Snapshot, deployment: &Deployment) -> Option<Timestamp> {
    let current = revision(&deployment.metadata.annotations);
    let set = snapshot.replica_sets.iter().find(|set| {
        let owned = |owner: &Owner| owner.name == deployment.metadata.name;
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

/// The longest time from a pod's creation until it was Ready, of those that did not lose and regain it since.
fn slowest(snapshot: &Snapshot, complete: Timestamp) -> Option<Duration> {
    let steady =
        snapshot.our_pods().filter(|pod| pod.ready_since().is_some_and(|at| at <= complete));
    steady.filter_map(Pod::time_to_ready).max()
}

fn revision(annotations: &std::collections::BTreeMap<String, String>) -> Option<&str> {
    annotations.get(REVISION).map(String::as_str)
}

//! What the deployments ask for: resources, probes, images.

use crate::{
    cluster::{
        object::{Container, Probe},
        quantity::Quantity,
        snapshot::Snapshot,
    },
    verify::{
        plan::{self, Part},
        report::Finding,
    },
};

/// The main container of a program's deployment.
fn container<'a>(snapshot: &'a Snapshot, part: &Part) -> Option<&'a Container> {
    let spec = &snapshot.deployment(part.name)?.spec.template.spec;
    spec.containers.iter().find(|one| one.name == part.name).or_else(|| spec.containers.first())
}

/// Requests and limits are the plan's. Smaller requests with the plan's limits are those of the development
/// values, which is told and neither passed nor failed.
pub(super) fn resources(snapshot: &Snapshot) -> Finding {
    let mut told = Vec::new();
    let (mut equal, mut smaller) = (true, true);
    for part in plan::PARTS {
        let Some(container) = container(snapshot, part) else { continue };
        let resources = &container.resources;
        let of = |from: &std::collections::BTreeMap<String, Quantity>| {
            (
                from.get("cpu").copied().unwrap_or_default(),
                from.get("memory").copied().unwrap_or_default(),
            )
        };
        let (requests, limits) = (of(&resources.requests), of(&resources.limits));
        let planned = (part.processors, part.memory);
        equal &= requests == planned && limits == planned;
        smaller &= limits == planned
            && requests.0 <= part.processors
            && requests.1 <= part.memory
            && requests.0 > Quantity::default();
        told.push(format!("{} {}", part.name, amounts(requests, limits)));
    }
    let measured = told.join(", ");
    match (equal, smaller) {
        (true, _) => Finding::passed(measured),
        (_, true) => {
            Finding::skipped(format!("differs, small requests were asked for: {measured}"))
        }
        _ => Finding::failed(
            measured,
            "Install with the values of helm/todo-app/values.yaml, or k8s/ as it is.",
        ),
    }
}

/// `256Mi/0.5`, or `64Mi/50m of 256Mi/0.5` when requests are not the limits.
fn amounts(requests: (Quantity, Quantity), limits: (Quantity, Quantity)) -> String {
    let one = |(processors, memory): (Quantity, Quantity)| {
        let processors = if processors == Quantity::default() {
            "no cpu".to_owned()
        } else {
            processors.as_processors()
        };
        format!("{}/{processors}", memory.as_memory())
    };
    if requests == limits { one(limits) } else { format!("{} of {}", one(requests), one(limits)) }
}

/// Liveness asks the plan's path, readiness the one below it.
pub(super) fn probe_paths(snapshot: &Snapshot) -> Finding {
    let path = |probe: &Option<Probe>| {
        let get = probe.as_ref().and_then(|probe| probe.http_get.as_ref());
        get.map_or("none", |get| get.path.as_str()).to_owned()
    };
    let mut wrong = Vec::new();
    for part in plan::PARTS {
        let Some(container) = container(snapshot, part) else { continue };
        let (alive, ready) = (path(&container.liveness_probe), path(&container.readiness_probe));
        if alive != part.health {
            wrong.push(format!("{}: liveness asks {alive}", part.name));
        }
        if ready != part.readiness() {
            wrong.push(format!("{}: readiness asks {ready}", part.name));
        }
    }
    let measured = if wrong.is_empty() {
        format!("{}, {}, and …/ready", plan::BACKEND.health, plan::FRONTEND.health)
    } else {
        wrong.join(", ")
    };
    Finding::judged(
        wrong.is_empty(),
        measured,
        "Install the chart or k8s/ as it is: liveness must not depend on the database, readiness must.",
    )
}

/// The images are in the cluster and never pulled; with a registry the plan's later phase holds.
pub(super) fn pull_policy(snapshot: &Snapshot) -> Finding {
    let of = |part: &&Part| container(snapshot, part);
    let containers: Vec<&Container> = plan::PARTS.iter().filter_map(of).collect();
    let never = containers.iter().all(|one| one.image_pull_policy == "Never");
    let images: Vec<&str> = containers.iter().map(|one| one.image.as_str()).collect();
    if never {
        let waiting = snapshot.our_pods().find(|pod| pod.word().contains("ErrImageNeverPull"));
        return match waiting {
            None => Finding::passed(images.join(", ")),
            Some(pod) => Finding::failed(
                format!("{} has no image", pod.metadata.name),
                "Load the images: `todoctl up`, or `minikube image load`.",
            ),
        };
    }
    Finding::skipped(format!("differs, images come from a registry: {}", images.join(", ")))
}

/// The memory limits of all replicas together.
pub(super) fn limits_fit(snapshot: &Snapshot) -> Finding {
    let of = |part: &&Part| {
        let replicas = snapshot.deployment(part.name)?.spec.replicas;
        let limit = container(snapshot, part)?.resources.limits.get("memory").copied()?;
        Some(limit.whole() * u64::from(replicas))
    };
    let limits: Option<Vec<u64>> = plan::PARTS.iter().map(of).collect();
    let Some(limits) = limits else {
        return Finding::failed("a program has no memory limit", "Set `resources` in the values.");
    };
    let sum: u64 = limits.iter().sum();
    Finding::judged(
        sum < plan::MINIKUBE_MEMORY,
        format!("{} Mi in all", sum >> 20),
        "Fewer replicas or smaller limits, or a larger Minikube (`minikube start --memory`).",
    )
}

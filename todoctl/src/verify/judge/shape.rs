//! Which objects there are, and where.

use crate::{
    cluster::snapshot::Snapshot,
    verify::{
        plan::{self, Part},
        report::Finding,
    },
};

/// Everything that the plan names is in the namespace, and nothing of the same release is elsewhere.
pub(super) fn namespace(snapshot: &Snapshot, namespace: &str) -> Finding {
    let missing = missing(snapshot);
    if !missing.is_empty() {
        return Finding::failed(
            format!("missing: {}", missing.join(", ")),
            "Install again: `todoctl up`, `helm upgrade`, or `kubectl apply -f k8s/`.",
        );
    }
    let strays: Vec<String> = snapshot
        .labelled
        .iter()
        .flatten()
        .filter(|one| one.metadata.namespace != namespace)
        .filter(|one| {
            one.metadata.release().is_some() && one.metadata.release() == snapshot.release()
        })
        .map(|one| format!("{} {} in {}", one.kind, one.metadata.name, one.metadata.namespace))
        .collect();
    Finding::judged(
        strays.is_empty(),
        if strays.is_empty() { format!("9 of 9 in {namespace}") } else { strays.join(", ") },
        "Remove them there: the release belongs to one namespace.",
    )
}

/// What the plan names and the namespace has not.
fn missing(snapshot: &Snapshot) -> Vec<String> {
    let mut missing = Vec::new();
    let mut look = |kind: &str, name: &str, is_there: bool| {
        if !is_there {
            missing.push(format!("{kind} {name}"));
        }
    };
    for part in plan::PARTS {
        look("Deployment", part.name, snapshot.deployment(part.name).is_some());
        look("Service", part.service, snapshot.service(part.service).is_some());
    }
    look("Ingress", plan::INGRESS, snapshot.ingress(plan::INGRESS).is_some());
    let config = snapshot.config_maps.iter().any(|map| map.metadata.name == plan::CONFIG_MAP);
    look("ConfigMap", plan::CONFIG_MAP, config);
    if let Some(secrets) = &snapshot.secrets {
        // Its name may be the person's own choice; the pods say which one they read.
        for name in super::secrets::named(snapshot) {
            look("Secret", &name, secrets.contains_key(&name));
        }
    }
    missing
}

/// As many replicas as the plan has, or more.
pub(super) fn replicas(snapshot: &Snapshot, part: &Part, namespace: &str) -> Finding {
    let name = part.name;
    let Some(deployment) = snapshot.deployment(name) else {
        return Finding::failed("no deployment", "Install it: `todoctl up`.");
    };
    let (ready, wanted) = (deployment.status.ready_replicas, deployment.spec.replicas);
    let measured = format!("{ready} of {wanted} Ready");
    if wanted < part.replicas {
        let advice = format!(
            "Scale it: `kubectl scale -n {namespace} deployment/{name} --replicas={}`.",
            part.replicas
        );
        return Finding::failed(format!("{measured}, the plan has {}", part.replicas), advice);
    }
    let trouble = snapshot.trouble(snapshot.pods_of(name));
    let advice = trouble.map_or_else(
        || format!("See what it waits for: `kubectl describe -n {namespace} deployment/{name}`."),
        |trouble| format!("{}. {}", trouble.what, trouble.advice),
    );
    Finding::judged(ready >= wanted, measured, advice)
}

/// A ClusterIP service at the plan's port.
pub(super) fn service(snapshot: &Snapshot, part: &Part) -> Finding {
    let Some(service) = snapshot.service(part.service) else {
        return Finding::failed("not there", "Install it: `todoctl up`.");
    };
    let ports: Vec<String> =
        service.spec.ports.iter().map(|port| format!(":{}", port.port)).collect();
    let measured = format!("{} {} {}", part.service, service.spec.kind, ports.join(" "));
    let as_planned = service.spec.kind == "ClusterIP"
        && service.spec.ports.iter().any(|port| port.port == part.port);
    Finding::judged(
        as_planned,
        measured,
        format!("The plan has a ClusterIP service {} at port {}.", part.service, part.port),
    )
}

/// The Ingress has a rule for the host.
pub(super) fn ingress(snapshot: &Snapshot, host: &str) -> Finding {
    let Some(ingress) = snapshot.ingress(plan::INGRESS) else {
        return Finding::failed(
            format!("no Ingress {}", plan::INGRESS),
            "Install with `ingress.enabled=true`, or apply k8s/ingress.yaml.",
        );
    };
    let hosts: Vec<&str> = ingress.spec.rules.iter().map(|rule| rule.host.as_str()).collect();
    let class = ingress.spec.ingress_class_name.as_deref().unwrap_or("the default class");
    Finding::judged(
        hosts.contains(&host),
        format!("{} ({class})", hosts.join(", ")),
        format!("Say `--host {}`, or install with `ingress.host={host}`.", hosts.join(" or ")),
    )
}

/// The class of the Ingress is one that a controller in the cluster serves.
pub(super) fn ingress_class(snapshot: &Snapshot) -> Finding {
    let Some(ingress) = snapshot.ingress(plan::INGRESS) else {
        return Finding::skipped("there is no Ingress");
    };
    let Some(classes) = &snapshot.ingress_classes else {
        return Finding::skipped("you may not list ingress classes");
    };
    let names: Vec<&str> = classes.iter().map(|class| class.metadata.name.as_str()).collect();
    let Some(class) = ingress.spec.ingress_class_name.as_deref() else {
        return Finding::passed("the cluster's default class");
    };
    let advice = match names.as_slice() {
        [] => "Install a controller: `minikube addons enable ingress`.".to_owned(),
        names => format!("Install with `ingress.ingressClassName={}`.", names.join("` or `")),
    };
    let measured = match class {
        plan::INGRESS_CLASS => class.to_owned(),
        other => format!("{other} instead of {}", plan::INGRESS_CLASS),
    };
    if names.contains(&class) {
        Finding::passed(measured)
    } else {
        Finding::failed(format!("nobody serves the class {class}"), advice)
    }
}

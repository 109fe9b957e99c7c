//! What the plan promises, number by number: in the rendering of its values, and its labels in every rendering.

use std::collections::BTreeSet;

use anyhow::Result;
use serde_json::{Value, json};

use super::scene::Scene;
use crate::{chart::Object, findings::Findings};

/// The objects of the ten files, and nothing else.
const OBJECTS: [&str; 10] = [
    "ConfigMap/todo-config",
    "Deployment/backend",
    "Deployment/frontend",
    "Deployment/mcp",
    "Ingress/todo-ingress",
    "Namespace/todo-app",
    "Secret/todo-secrets",
    "Service/backend-service",
    "Service/frontend-service",
    "Service/mcp-service",
];

/// A service of the plan.
struct Workload {
    name: &'static str,
    port: u16,
    replicas: u8,
    memory: &'static str,
    cpu: &'static str,
    health: &'static str,
}

const WORKLOADS: [Workload; 3] = [
    Workload {
        name: "frontend",
        port: 3000,
        replicas: 2,
        memory: "256Mi",
        cpu: "0.5",
        health: "/_next/health",
    },
    Workload {
        name: "backend",
        port: 8000,
        replicas: 2,
        memory: "512Mi",
        cpu: "1",
        health: "/health",
    },
    Workload {
        name: "mcp",
        port: 8001,
        replicas: 1,
        memory: "256Mi",
        cpu: "0.5",
        health: "/health",
    },
];

/// Seconds that a pod gets to end, of which its hook sleeps the first ten.
const GRACE: u8 = 40;

/// Looks at the plan's values, then at the labels everywhere.
pub(super) fn look(scene: &Scene<'_>) -> Result<Findings> {
    let objects: Vec<&Object> =
        scene.rendering("bare")?.installed().flat_map(|(_, file)| &file.objects).collect();
    let mut found = inventory(&objects);
    for workload in &WORKLOADS {
        for (title, pointer, wanted) in promises(workload) {
            found.extend(broken(&objects, &title, &pointer, &wanted));
        }
    }
    let ingress = [
        ("/spec/ingressClassName", json!("nginx")),
        ("/spec/rules/0/host", json!("todo.local")),
        ("/metadata/namespace", json!("todo-app")),
    ];
    for (pointer, wanted) in ingress {
        found.extend(broken(&objects, "Ingress/todo-ingress", pointer, &wanted));
    }
    found.extend(broken(
        &objects,
        "Deployment/backend",
        "/spec/template/spec/initContainers/0/args",
        &json!(["migrate"]),
    ));

    for (case, rendered) in &scene.all {
        let misplaced = rendered.objects().filter(|object| wears_the_label_wrongly(object));
        found.extend(
            misplaced.map(|object| format!("{}: {} has the label app", case.name, object.title())),
        );
    }
    Ok(found)
}

fn inventory(objects: &[&Object]) -> Findings {
    let there: BTreeSet<String> = objects.iter().map(|object| object.title()).collect();
    let wanted = BTreeSet::from(OBJECTS.map(str::to_owned));

    let missing = wanted.difference(&there).map(|title| format!("{title} is not rendered"));
    let extra = there.difference(&wanted).map(|title| format!("{title} is not in the plan"));
    missing.chain(extra).collect()
}

/// Where in which object, and what must stand there.
fn promises(workload: &Workload) -> Vec<(String, String, Value)> {
    let Workload { name, port, replicas, memory, cpu, health } = *workload;
    let deployment = |at: &str, value| (format!("Deployment/{name}"), at.to_owned(), value);
    let service = |at: &str, value| (format!("Service/{name}-service"), at.to_owned(), value);
    let container =
        |at: &str, value| deployment(&format!("/spec/template/spec/containers/0{at}"), value);
    let size = json!({ "memory": memory, "cpu": cpu });

    vec![
        deployment("/metadata/namespace", json!("todo-app")),
        deployment("/spec/replicas", json!(replicas)),
        deployment("/spec/strategy/rollingUpdate", json!({ "maxSurge": 1, "maxUnavailable": 0 })),
        deployment("/spec/template/metadata/labels/app", json!("todo-chatbot")),
        deployment("/spec/template/metadata/labels/component", json!(name)),
        deployment("/spec/template/spec/terminationGracePeriodSeconds", json!(GRACE)),
        deployment("/spec/template/spec/securityContext/runAsUser", json!(1000)),
        container("/name", json!(name)),
        container("/image", json!(format!("{name}:latest"))),
        container("/imagePullPolicy", json!("Never")),
        container("/resources/requests", size.clone()),
        container("/resources/limits", size),
        container("/ports/0/containerPort", json!(port)),
        container("/livenessProbe/httpGet/path", json!(health)),
        container("/readinessProbe/httpGet/path", json!(format!("{health}/ready"))),
        container(
            "/lifecycle/preStop/exec/command",
            json!([format!("/usr/local/bin/{name}"), "pause", "10"]),
        ),
        service("/spec/type", json!("ClusterIP")),
        service("/spec/ports/0/port", json!(port)),
    ]
}

fn broken(objects: &[&Object], title: &str, pointer: &str, wanted: &Value) -> Option<String> {
    // A missing object is a finding of its own.
    let object = objects.iter().find(|object| object.is(title))?;
    let there = object.at(pointer).unwrap_or(&Value::Null);
    (there != wanted).then(|| format!("{title}: {pointer} is {there} and should be {wanted}"))
}

/// `kubectl wait -l app=todo-chatbot` must not meet what never becomes ready.
fn wears_the_label_wrongly(object: &Object) -> bool {
    let own = object.at("/metadata/labels/app") == Some(&json!("todo-chatbot"));
    let pods = object.pod().is_some_and(|pod| pod.label("app") == Some("todo-chatbot"));
    let rightly = WORKLOADS.iter().any(|one| object.is(&format!("Deployment/{}", one.name)));
    (own || pods) && !rightly
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_with_the_plans_label_is_found_and_a_workload_of_the_plan_is_not() {
        let object = |kind: &str, name: &str| {
            Object(json!({
                "kind": kind,
                "metadata": { "name": name },
                "spec": { "template": { "metadata": { "labels": { "app": "todo-chatbot" } } } }
            }))
        };

        assert!(wears_the_label_wrongly(&object("Job", "backend")));
        assert!(!wears_the_label_wrongly(&object("Deployment", "backend")));
    }

    #[test]
    fn a_number_that_differs_is_found_with_both_values() {
        let object = Object(json!({
            "kind": "Deployment",
            "metadata": { "name": "mcp" },
            "spec": { "replicas": 2 }
        }));

        let found = broken(&[&object], "Deployment/mcp", "/spec/replicas", &json!(1)).unwrap();

        assert_eq!(found, "Deployment/mcp: /spec/replicas is 2 and should be 1");
    }

    #[test]
    fn objects_that_are_missing_or_too_many_are_named() {
        let job = Object(json!({ "kind": "Job", "metadata": { "name": "x" } }));

        let found = inventory(&[&job]);

        assert_eq!(found.len(), OBJECTS.len() + 1);
        assert_eq!(found.last().unwrap(), "Job/x is not in the plan");
    }
}

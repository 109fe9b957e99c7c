//! Judgements over the objects of a real cluster: as they were recorded, and with one thing broken each.

use serde_json::{Value, json};

use super::all;
use crate::{
    cluster::{object::Object, snapshot::Snapshot, trouble},
    session::Target,
    verify::report::{Line, Outcome},
};

/// Recorded seven minutes after the first installation, two after an upgrade; with the development values.
const OBJECTS: &str = include_str!("../../../tests/verify/fixtures/objects.json");
const INGRESS_CLASSES: &str = include_str!("../../../tests/verify/fixtures/ingress-classes.json");
const NOW: &str = "2026-11-21T15:50:00Z";

/// The lines over the recorded objects after `change`.
fn lines(change: impl FnOnce(&mut Vec<Value>)) -> Vec<Line> {
    let mut list: Value = serde_json::from_str(OBJECTS).expect("the fixture is JSON");
    let Some(Value::Array(items)) = list.get_mut("items") else { panic!("no items") };
    change(items);

    let mut snapshot = Snapshot { now: NOW.parse().expect("a time"), ..Snapshot::default() };
    for item in items {
        let object: Object = serde_json::from_value(item.clone()).expect("an object");
        snapshot.take_in(object);
    }
    let classes: Value = serde_json::from_str(INGRESS_CLASSES).expect("the fixture is JSON");
    snapshot.ingress_classes =
        Some(serde_json::from_value(classes["items"].clone()).expect("ingress classes"));
    let keys = ["todo-secrets", "todo-postgres"].map(|name| (name.to_owned(), [].into()));
    snapshot.secrets = Some(keys.into());
    let troubles = snapshot.pods.iter().filter_map(|pod| trouble::any_of(pod, snapshot.now));
    snapshot.troubles = troubles.collect();

    let target =
        Target { context: None, namespace: "todo-app".to_owned(), host: "todo.local".to_owned() };
    all(&snapshot, &target)
}

/// One object of the recorded ones.
fn find<'a>(items: &'a mut [Value], kind: &str, name: &str) -> &'a mut Value {
    let is = |item: &&mut Value| item["kind"] == kind && item["metadata"]["name"] == name;
    items.iter_mut().find(is).expect("it was recorded")
}

/// The container of a deployment.
fn container<'a>(items: &'a mut [Value], deployment: &str) -> &'a mut Value {
    &mut find(items, "Deployment", deployment)["spec"]["template"]["spec"]["containers"][0]
}

/// Takes an object away.
fn remove(items: &mut Vec<Value>, kind: &str, name: &str) {
    items.retain(|item| item["kind"] != kind || item["metadata"]["name"] != name);
}

/// Asserts that the change fails exactly these checks, and answers what the first of them measured and advises.
#[track_caller]
fn broken(change: impl FnOnce(&mut Vec<Value>), ids: &[&str]) -> (String, String) {
    let lines = lines(change);
    let failed: Vec<&Line> =
        lines.iter().filter(|line| line.finding.outcome == Outcome::Failed).collect();
    let found: Vec<&str> = failed.iter().map(|line| line.check.id).collect();
    assert_eq!(found, ids);
    let first = &failed[0].finding;
    (first.measured.clone(), first.advice.clone().expect("a failure has advice"))
}

#[test]
fn a_healthy_installation_passes_or_says_why_not() {
    let shown: Vec<String> = lines(|_| {})
        .iter()
        .map(|line| {
            let finding = &line.finding;
            format!("{:<18} {:<7} {}", line.check.id, finding.outcome.word(), finding.measured)
        })
        .collect();

    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn a_backend_that_was_scaled_to_nothing() {
    let (measured, advice) = broken(
        |items| {
            let backend = find(items, "Deployment", "backend");
            backend["spec"]["replicas"] = json!(0);
            backend["status"]["readyReplicas"] = json!(0);
            items.retain(|item| {
                item["kind"] != "Pod" || item["metadata"]["labels"]["component"] != "backend"
            });
        },
        &["migrations", "backend-replicas"],
    );

    assert_eq!(measured, "no backend pod");
    assert!(advice.contains("todoctl status"));
}

#[test]
fn an_image_that_is_not_in_the_cluster() {
    let (measured, advice) = broken(
        |items| {
            let pod = find(items, "Pod", "mcp-7f59bbc56-n9dtt");
            pod["status"]["conditions"] = json!([{ "type": "Ready", "status": "False" }]);
            pod["status"]["containerStatuses"][0]["state"] =
                json!({ "waiting": { "reason": "ErrImageNeverPull", "message": "…" } });
            find(items, "Deployment", "mcp")["status"]["readyReplicas"] = json!(0);
        },
        &["images-in-cluster", "pods-running", "pods-stable", "mcp-replicas"],
    );

    assert_eq!(measured, "mcp-7f59bbc56-n9dtt has no image");
    assert!(advice.contains("minikube image load"));
}

#[test]
fn a_pod_that_was_restarted() {
    let (measured, advice) = broken(
        |items| {
            let pod = find(items, "Pod", "mcp-7f59bbc56-n9dtt");
            let status = &mut pod["status"]["containerStatuses"][0];
            status["restartCount"] = json!(2);
            status["lastState"] = json!({ "terminated": {
                "exitCode": 137, "reason": "OOMKilled", "finishedAt": "2026-11-21T15:47:00Z" } });
        },
        &["pods-running", "pods-stable"],
    );

    assert_eq!(
        measured,
        "5 of 5 Ready, 2 restarts; mcp-7f59bbc56-n9dtt: mcp ran out of memory, restarted 2 times"
    );
    assert!(advice.contains("more memory"));
}

#[test]
fn an_ingress_that_is_gone() {
    let (measured, _) =
        broken(|items| remove(items, "Ingress", "todo-ingress"), &["namespace", "ingress"]);

    assert_eq!(measured, "missing: Ingress todo-ingress");
}

#[test]
fn an_ingress_for_another_host_or_a_class_that_nobody_serves() {
    let (measured, advice) = broken(
        |items| {
            find(items, "Ingress", "todo-ingress")["spec"]["rules"][0]["host"] =
                json!("other.local");
        },
        &["ingress"],
    );
    assert_eq!(measured, "other.local (nginx)");
    assert!(advice.contains("--host other.local"), "{advice}");

    let (measured, advice) = broken(
        |items| {
            find(items, "Ingress", "todo-ingress")["spec"]["ingressClassName"] = json!("haproxy");
        },
        &["ingress-class"],
    );
    assert_eq!(measured, "nobody serves the class haproxy");
    assert!(advice.contains("ingressClassName=nginx"), "{advice}");
}

#[test]
fn a_service_that_is_open_to_the_outside() {
    let (measured, advice) = broken(
        |items| find(items, "Service", "mcp-service")["spec"]["type"] = json!("NodePort"),
        &["mcp-service"],
    );

    assert_eq!(measured, "mcp-service NodePort :8001");
    assert!(advice.contains("ClusterIP service mcp-service at port 8001"), "{advice}");
}

#[test]
fn a_secret_in_the_config_map_is_named_and_its_value_is_not() {
    let (measured, advice) = broken(
        |items| {
            let data = &mut find(items, "ConfigMap", "todo-config")["data"];
            data["UPSTREAM"] = json!("postgresql://todo:hunter2@db/todo");
        },
        &["no-plain-secrets"],
    );

    assert_eq!(measured, "UPSTREAM in ConfigMap todo-config");
    assert!(!advice.contains("hunter2"));
}

#[test]
fn a_key_that_a_program_does_not_need() {
    let (measured, _) = broken(
        |items| {
            container(items, "frontend")["env"] = json!([{ "name": "DATABASE_URL",
                "valueFrom": { "secretKeyRef": { "name": "todo-secrets", "key": "DATABASE_URL" } } }]);
        },
        &["secret-keys"],
    );
    assert_eq!(measured, "DATABASE_URL in frontend");

    let (measured, _) = broken(
        |items| {
            container(items, "mcp")["envFrom"] =
                json!([{ "secretRef": { "name": "todo-secrets" } }]);
        },
        &["secret-keys"],
    );
    assert_eq!(measured, "all of todo-secrets in mcp");
}

#[test]
fn liveness_that_depends_on_the_database() {
    let (measured, advice) = broken(
        |items| {
            container(items, "backend")["livenessProbe"]["httpGet"]["path"] =
                json!("/health/ready");
        },
        &["probe-paths"],
    );

    assert_eq!(measured, "backend: liveness asks /health/ready");
    assert!(advice.contains("must not depend on the database"));
}

#[test]
fn limits_that_are_not_the_plans() {
    let (measured, _) = broken(
        |items| container(items, "mcp")["resources"]["limits"]["memory"] = json!("1Gi"),
        &["resources"],
    );

    assert!(measured.ends_with("mcp 64Mi/50m of 1Gi/0.5"), "{measured}");
}

#[test]
fn the_plans_own_requests_pass() {
    let lines = lines(|items| {
        for name in ["frontend", "backend", "mcp"] {
            let resources = &mut container(items, name)["resources"];
            resources["requests"] = resources["limits"].clone();
        }
    });

    let resources = lines.iter().find(|line| line.check.id == "resources").expect("a line");
    assert_eq!(resources.finding.outcome, Outcome::Passed);
    assert_eq!(resources.finding.measured, "frontend 256Mi/0.5, backend 512Mi/1, mcp 256Mi/0.5");
}

#[test]
fn migrations_that_failed() {
    let (measured, advice) = broken(
        |items| {
            let pod = find(items, "Pod", "backend-69fcc5cf86-gs5zp");
            pod["status"]["phase"] = json!("Pending");
            pod["status"]["conditions"] = json!([{ "type": "Ready", "status": "False" }]);
            pod["status"]["initContainerStatuses"][0]["state"] =
                json!({ "waiting": { "reason": "CrashLoopBackOff" } });
            pod["status"]["initContainerStatuses"][0]["lastState"] =
                json!({ "terminated": { "exitCode": 1, "reason": "Error" } });
            find(items, "Deployment", "backend")["status"]["readyReplicas"] = json!(1);
        },
        &["migrations", "pods-running", "pods-stable", "backend-replicas"],
    );

    assert_eq!(measured, "backend-69fcc5cf86-gs5zp: Init:CrashLoopBackOff");
    assert!(advice.contains("-c migrate"), "{advice}");
}

#[test]
fn a_roll_out_that_is_not_complete() {
    let (measured, _) = broken(
        |items| {
            let backend = find(items, "Deployment", "backend");
            backend["status"]["conditions"] = json!([{ "type": "Progressing", "status": "True",
                "reason": "ReplicaSetUpdated" }]);
        },
        &["deployment-time"],
    );

    assert_eq!(measured, "backend is not rolled out yet");
}

#[test]
fn deployments_that_were_rolled_out_apart_are_not_one_roll_out() {
    let lines = lines(|items| {
        let later = json!("2026-11-21T15:48:00Z");
        let set = find(items, "ReplicaSet", "mcp-7f59bbc56");
        set["metadata"]["creationTimestamp"] = later;
        let conditions = &mut find(items, "Deployment", "mcp")["status"]["conditions"];
        for condition in conditions.as_array_mut().expect("conditions") {
            condition["lastUpdateTime"] = json!("2026-11-21T15:48:03Z");
        }
    });

    let time = lines.iter().find(|line| line.check.id == "deployment-time").expect("a line");
    assert!(time.finding.measured.starts_with("3.0 s (last roll-out, of mcp"), "{time:?}");
}

use serde_json::{Value, json};

use super::*;

fn now() -> Timestamp {
    "2026-11-21T15:10:00Z".parse().expect("a time")
}

fn backend(status: &Value) -> Option<Trouble> {
    let pod = json!({
        "metadata": { "name": "backend-1", "namespace": "todo-app", "creationTimestamp": "2026-11-21T15:00:00Z" },
        "spec": {
            "nodeName": "node1",
            "initContainers": [{ "name": "migrate", "image": "backend:latest" }],
            "containers": [{ "name": "backend", "image": "backend:latest" }],
        },
        "status": status,
    });
    any_of(&serde_json::from_value(pod).expect("a pod"), now())
}

fn waiting(reason: &str, message: &str) -> Value {
    json!({ "containerStatuses": [
        { "name": "backend", "state": { "waiting": { "reason": reason, "message": message } } }] })
}

#[test]
fn a_ready_pod_is_in_no_trouble() {
    let ready = json!({ "conditions": [{ "type": "Ready", "status": "True" }] });

    assert_eq!(backend(&ready), None);
}

#[test]
fn a_missing_image_is_named_with_the_ways_to_load_it() {
    let trouble = backend(&waiting("ErrImageNeverPull", "…")).expect("trouble");

    assert_eq!(trouble.what, "backend-1: the image backend:latest is not on the node node1");
    assert!(trouble.advice.contains("minikube image load backend:latest"));
}

#[test]
fn a_missing_secret_is_repeated_as_kubernetes_says_it() {
    let trouble =
        backend(&waiting("CreateContainerConfigError", "secret \"todo-secrets\" not found"))
            .expect("trouble");

    assert!(trouble.what.ends_with("secret \"todo-secrets\" not found"), "{}", trouble.what);
}

#[test]
fn a_program_that_ran_out_of_memory_is_told_from_one_that_failed() {
    let crash = |reason: &str, code: i32| {
        let state = json!({ "waiting": { "reason": "CrashLoopBackOff" } });
        let last = json!({ "terminated": { "reason": reason, "exitCode": code } });
        let status =
            json!({ "name": "backend", "state": state, "lastState": last, "restartCount": 3 });
        backend(&json!({ "containerStatuses": [status] })).expect("trouble")
    };

    assert_eq!(
        crash("OOMKilled", 137).what,
        "backend-1: backend ran out of memory, restarted 3 times"
    );
    let failed = crash("Error", 1);
    assert_eq!(failed.what, "backend-1: backend ended with status 1, restarted 3 times");
    assert!(failed.advice.contains("-c backend`"), "{}", failed.advice);
}

#[test]
fn a_pod_that_no_node_takes_says_what_is_insufficient() {
    let trouble = backend(&json!({ "conditions": [{
        "type": "PodScheduled", "status": "False",
        "message": "0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available." }] }))
    .expect("trouble");

    assert!(trouble.what.ends_with("available: 1 Insufficient cpu"), "{}", trouble.what);
    assert!(trouble.advice.contains("values-dev.yaml"));
}

#[test]
fn migrations_that_take_long_say_why_in_their_log() {
    let running = json!({ "initContainerStatuses": [
        { "name": "migrate", "state": { "running": {} } }] });

    let trouble = backend(&running).expect("trouble");

    assert_eq!(trouble.what, "backend-1: migrate has not finished");
    let log = trouble.log.expect("a log");
    assert_eq!((log.container.as_str(), log.of), ("migrate", Life::Present));
}

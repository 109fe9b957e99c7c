//! Each rule finds the pod that breaks it, and only that.

use serde_json::{Value, json};

use super::violations;
use crate::chart::Object;

/// A pod that keeps every rule.
fn good() -> Value {
    json!({
        "kind": "Pod",
        "metadata": { "name": "good" },
        "spec": {
            "automountServiceAccountToken": false,
            "securityContext": {
                "runAsNonRoot": true,
                "runAsUser": 1000,
                "seccompProfile": { "type": "RuntimeDefault" }
            },
            "initContainers": [container("first")],
            "containers": [container("main")],
            "volumes": [{ "name": "scratch", "emptyDir": {} }]
        }
    })
}

fn container(name: &str) -> Value {
    json!({
        "name": name,
        "ports": [{ "containerPort": 8000 }],
        "livenessProbe": { "httpGet": { "path": "/health", "port": 8000 } },
        "securityContext": {
            "allowPrivilegeEscalation": false,
            "readOnlyRootFilesystem": true,
            "capabilities": { "drop": ["ALL"] }
        }
    })
}

/// What is found when the value at `pointer` is another one; `null` takes it away.
fn found_with(pointer: &str, value: Value) -> Vec<String> {
    let mut pod = good();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    pod.pointer_mut(parent).unwrap()[key] = value;
    violations(Object(pod).pod().unwrap())
}

#[test]
fn a_pod_that_keeps_every_rule_passes() {
    assert!(violations(Object(good()).pod().unwrap()).is_empty());
}

#[test]
fn each_broken_rule_is_found_once() {
    let main = "/spec/containers/0";
    let cases = [
        ("/spec/hostNetwork".to_owned(), json!(true), "hostNetwork"),
        ("/spec/hostPID".to_owned(), json!(true), "hostPID"),
        ("/spec/volumes".to_owned(), json!([{"name": "x", "hostPath": {}}]), "hostPath"),
        ("/spec/automountServiceAccountToken".to_owned(), json!(null), "token"),
        ("/spec/securityContext/sysctls".to_owned(), json!([{"name": "kernel.msgmax"}]), "msgmax"),
        ("/spec/securityContext/runAsNonRoot".to_owned(), json!(false), "runAsNonRoot"),
        ("/spec/securityContext/runAsUser".to_owned(), json!(0), "user 0"),
        (format!("{main}/securityContext/runAsUser"), json!(0), "user 0"),
        (format!("{main}/securityContext/privileged"), json!(true), "privileged"),
        (format!("{main}/securityContext/allowPrivilegeEscalation"), json!(null), "privileges"),
        (format!("{main}/securityContext/readOnlyRootFilesystem"), json!(null), "root file"),
        (format!("{main}/securityContext/capabilities"), json!({"drop": ["NET_RAW"]}), "drop: ALL"),
        (
            format!("{main}/securityContext/capabilities"),
            json!({"drop": ["ALL"], "add": ["NET_BIND_SERVICE", "SYS_TIME"]}),
            "SYS_TIME",
        ),
        (format!("{main}/securityContext/procMount"), json!("Unmasked"), "/proc"),
        (
            format!("{main}/securityContext/seccompProfile"),
            json!({"type": "Unconfined"}),
            "seccomp",
        ),
        (format!("{main}/securityContext/seLinuxOptions"), json!({"type": "spc_t"}), "spc_t"),
        (format!("{main}/securityContext/seLinuxOptions"), json!({"role": "r"}), "role"),
        (
            format!("{main}/securityContext/appArmorProfile"),
            json!({"type": "Unconfined"}),
            "AppArmor",
        ),
        (
            format!("{main}/securityContext/windowsOptions"),
            json!({"hostProcess": true}),
            "host process",
        ),
        (format!("{main}/ports/0/hostPort"), json!(80), "port 80"),
        (format!("{main}/livenessProbe/httpGet/host"), json!("10.0.0.1"), "10.0.0.1"),
    ];

    for (pointer, value, word) in cases {
        let found = found_with(&pointer, value);

        // A rule that holds the pod to account names both of its containers.
        assert!(!found.is_empty() && found.len() <= 2, "{pointer}: {found:?}");
        assert!(found.iter().all(|one| one.contains(word)), "{pointer}: {found:?}");
    }
}

#[test]
fn a_container_without_a_profile_of_its_own_takes_that_of_the_pod() {
    let found = found_with("/spec/securityContext/seccompProfile", json!(null));

    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("container first"), "{found:?}");
}

#[test]
fn pods_are_found_in_workloads_of_every_kind() {
    let pod = good();
    let inside = json!({ "metadata": {}, "spec": pod["spec"] });
    let workloads = [
        json!({ "kind": "Deployment", "spec": { "template": inside } }),
        json!({ "kind": "StatefulSet", "spec": { "template": inside } }),
        json!({ "kind": "Job", "spec": { "template": inside } }),
        json!({ "kind": "CronJob", "spec": { "jobTemplate": { "spec": { "template": inside } } } }),
    ];

    for workload in workloads {
        let object = Object(workload);
        assert_eq!(object.pod().unwrap().containers().count(), 2, "{}", object.kind());
    }
    assert!(Object(json!({ "kind": "Service" })).pod().is_none());
}

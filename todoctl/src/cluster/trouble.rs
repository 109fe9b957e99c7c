//! Why a pod does not work, and what to do about it.

use std::time::Duration;

use jiff::Timestamp;

use super::{
    object::{ContainerStatus, Pod, Terminated},
    pod::between,
};

/// How long a pod may take before that alone is worth a word. Migrations wait two minutes for a database.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long a restart is news.
const RECENT: Duration = Duration::from_hours(1);

/// The exit status of a program that the kernel killed (128 + SIGKILL).
const KILLED: i32 = 137;

/// Something that is wrong with a pod.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// What happens, in one line.
    pub(crate) what: String,
    /// What to do.
    pub(crate) advice: String,
}

/// What is wrong with `pod`; nothing when it is ready, or young and on its way.
pub(crate) fn of(pod: &Pod, now: Timestamp) -> Option<Trouble> {
    if pod.is_leaving() || pod.is_done() {
        return None;
    }
    let name = &pod.metadata.name;
    let spoken = pod.all_statuses().find_map(|status| of_container(pod, status));
    let trouble = spoken.or_else(|| of_schedule(pod)).or_else(|| of_readiness(pod, now))?;
    Some(Trouble { what: format!("{name}: {}", trouble.what), ..trouble })
}

/// A pod that works and was restarted within the last hour; nothing for older stories.
pub(crate) fn restarted(pod: &Pod, now: Timestamp) -> Option<Trouble> {
    let recent = |ended: &Terminated| {
        let age = between(ended.finished_at?, now)?;
        (age < RECENT).then_some(())
    };
    let status = pod.all_statuses().find(|status| {
        status.restart_count > 0 && status.last_state.terminated.as_ref().and_then(recent).is_some()
    })?;
    let ended = status.last_state.terminated.as_ref();
    let trouble = crashed(pod, &status.name, ended, status.restart_count);
    Some(Trouble { what: format!("{}: {}", pod.metadata.name, trouble.what), ..trouble })
}

fn of_container(pod: &Pod, status: &ContainerStatus) -> Option<Trouble> {
    let container = &status.name;
    if let Some(waiting) = &status.state.waiting {
        let said = one_line(&waiting.message);
        let image = image_of(pod, container);
        return match waiting.reason.as_str() {
            "ErrImageNeverPull" => Some(Trouble {
                what: format!("the image {image} is not on the node {}", pod.spec.node_name),
                advice: format!(
                    "Load it: `minikube image load {image}`, `kind load docker-image {image}`, or `todoctl up`."
                ),
            }),
            "ErrImagePull" | "ImagePullBackOff" | "InvalidImageName" => Some(Trouble {
                what: format!("the image {image} cannot be pulled: {said}"),
                advice: "Correct its name, or load it into the cluster and set the pull policy to Never."
                    .to_owned(),
            }),
            "CreateContainerConfigError" => Some(Trouble {
                what: format!("{container} is not configured: {said}"),
                advice: "Create what is missing (`todoctl up` asks for the secrets), then wait half a minute."
                    .to_owned(),
            }),
            "CrashLoopBackOff" => {
                let ended = status.last_state.terminated.as_ref();
                Some(crashed(pod, container, ended, status.restart_count))
            }
            "ContainerCreating" | "PodInitializing" | "" => None,
            reason => Some(Trouble {
                what: format!("{container}: {reason} {said}").trim_end().to_owned(),
                advice: describe(pod),
            }),
        };
    }
    let ended = status.state.terminated.as_ref().filter(|ended| ended.exit_code != 0)?;
    Some(crashed(pod, container, Some(ended), status.restart_count))
}

fn crashed(pod: &Pod, container: &str, ended: Option<&Terminated>, restarts: u32) -> Trouble {
    let how = match ended {
        Some(ended) if ended.reason == "OOMKilled" => "ran out of memory".to_owned(),
        Some(ended) if ended.exit_code == KILLED => "was killed".to_owned(),
        Some(ended) => format!("ended with status {}", ended.exit_code),
        None => "ended".to_owned(),
    };
    let namespace = &pod.metadata.namespace;
    let advice = match ended {
        Some(ended) if ended.reason == "OOMKilled" => {
            "Give it more memory (`resources` in the values), and say so: the plan's limits should do."
                .to_owned()
        }
        _ => format!(
            "Read its last words: `kubectl logs -n {namespace} {} -c {container} --previous`.",
            pod.metadata.name
        ),
    };
    Trouble { what: format!("{container} {how}, {}", times(restarts)), advice }
}

fn of_schedule(pod: &Pod) -> Option<Trouble> {
    let scheduled = pod.status.conditions.iter().find(|one| one.kind == "PodScheduled")?;
    if scheduled.status != "False" {
        return None;
    }
    let advice = if scheduled.message.contains("Insufficient") {
        "Install with the smaller requests of `helm/todo-app/values-dev.yaml`, or give the cluster more."
            .to_owned()
    } else {
        describe(pod)
    };
    Some(Trouble { what: format!("no node takes it: {}", one_line(&scheduled.message)), advice })
}

/// Everything runs, and still it is not ready, or an init container takes long.
fn of_readiness(pod: &Pod, now: Timestamp) -> Option<Trouble> {
    if pod.is_ready() || pod.age(now) < PATIENCE {
        return None;
    }
    let namespace = &pod.metadata.namespace;
    let name = &pod.metadata.name;
    let migrating = pod
        .status
        .init_container_statuses
        .iter()
        .any(|status| status.state.running.is_some() && status.name == "migrate");
    if migrating {
        return Some(Trouble {
            what: "migrations wait for the database".to_owned(),
            advice: format!(
                "See what they say: `kubectl logs -n {namespace} {name} -c migrate`; then correct DATABASE_URL, or start the database."
            ),
        });
    }
    Some(Trouble {
        what: "it runs and is not ready".to_owned(),
        advice: "Mostly the database is away: `todoctl logs` says which check fails (`not ready`)."
            .to_owned(),
    })
}

fn image_of<'a>(pod: &'a Pod, container: &str) -> &'a str {
    let mut all = pod.spec.init_containers.iter().chain(&pod.spec.containers);
    all.find(|one| one.name == container).map_or("", |one| one.image.as_str())
}

fn describe(pod: &Pod) -> String {
    let (namespace, name) = (&pod.metadata.namespace, &pod.metadata.name);
    format!("See its events: `kubectl describe pod -n {namespace} {name}`.")
}

fn times(restarts: u32) -> String {
    match restarts {
        0 => "and is started again".to_owned(),
        1 => "restarted once".to_owned(),
        many => format!("restarted {many} times"),
    }
}

/// Kubernetes' messages may have several lines.
fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
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
        of(&serde_json::from_value(pod).expect("a pod"), now())
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
        assert!(failed.advice.contains("-c backend --previous"), "{}", failed.advice);
    }

    #[test]
    fn a_pod_that_no_node_takes_says_what_is_insufficient() {
        let trouble = backend(&json!({ "conditions": [{
            "type": "PodScheduled", "status": "False",
            "message": "0/1 nodes are available: 1 Insufficient cpu." }] }))
        .expect("trouble");

        assert!(trouble.what.contains("1 Insufficient cpu"));
        assert!(trouble.advice.contains("values-dev.yaml"));
    }

    #[test]
    fn migrations_that_take_long_wait_for_the_database() {
        let running = json!({ "initContainerStatuses": [
            { "name": "migrate", "state": { "running": {} } }] });

        let trouble = backend(&running).expect("trouble");

        assert_eq!(trouble.what, "backend-1: migrations wait for the database");
    }
}

//! What a pod does, as a person would put it, and whether it can get better by itself.

use std::{fmt, time::Duration};

use crate::cluster::object::{ContainerStatus, Pod};

/// What a pod does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum State {
    Ready,
    /// On its way.
    Coming(String),
    /// An init container runs; `saying` is the last line of its log.
    Initialising {
        container: String,
        saying: String,
    },
    /// It does not get better by itself, or not within `patience`.
    Blocked {
        what: String,
        advice: String,
        patience: Duration,
    },
    /// A container ended when it should not have.
    Crashed {
        container: String,
        how: String,
    },
}

impl State {
    /// Whether the pod is still at the same thing.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ready => f.write_str("ready"),
            Self::Coming(what) | Self::Blocked { what, .. } => f.write_str(what),
            Self::Initialising { container, saying } if saying.is_empty() => {
                write!(f, "{container} runs")
            }
            Self::Initialising { container, saying } => write!(f, "{container}: {saying}"),
            Self::Crashed { container, how } => write!(f, "{container} {how}"),
        }
    }
}

/// The state of a pod.
pub(super) fn of(pod: &Pod) -> State {
    if pod.is_ready() {
        return State::Ready;
    }
    if let Some(blocked) = unscheduled(pod) {
        return blocked;
    }
    let status = &pod.status;
    if let Some(init) = status.init_container_statuses.iter().find(|one| !is_done(one)) {
        return of_container(pod, init).unwrap_or_else(|| match init.state.running {
            Some(_) => State::Initialising { container: init.name.clone(), saying: String::new() },
            None => State::Coming(format!("{} starts", init.name)),
        });
    }
    let wrong = status.container_statuses.iter().find_map(|one| of_container(pod, one));
    wrong.unwrap_or_else(|| {
        let running = status.container_statuses.iter().any(|one| one.state.running.is_some());
        State::Coming(if running { "runs, not ready yet" } else { "starting" }.to_owned())
    })
}

/// Whether the cluster tries it only from time to time by now.
pub(super) fn has_given_up(pod: &Pod) -> bool {
    const GIVEN_UP: [&str; 4] =
        ["CrashLoopBackOff", "ImagePullBackOff", "ErrImageNeverPull", "CreateContainerConfigError"];

    pod.all_statuses()
        .filter_map(|status| status.state.waiting.as_ref())
        .any(|waiting| GIVEN_UP.contains(&waiting.reason.as_str()))
}

fn is_done(init: &ContainerStatus) -> bool {
    init.state.terminated.as_ref().is_some_and(|ended| ended.exit_code == 0)
}

/// No node has taken it.
fn unscheduled(pod: &Pod) -> Option<State> {
    let scheduled = pod.status.conditions.iter().find(|one| one.kind == "PodScheduled")?;
    if scheduled.status != "False" {
        return None;
    }
    let why = scheduled.message.split_whitespace().collect::<Vec<_>>().join(" ");
    let short = why.split(". ").next().unwrap_or_default().trim_end_matches('.');
    let what = format!("Pending: {short}");
    if why.contains("Insufficient") {
        return Some(State::Blocked {
            what,
            advice:
                "Give the cluster more, or install with small requests: todoctl up --requests small"
                    .to_owned(),
            // A pod that is leaving makes room within its grace period.
            patience: Duration::from_secs(45),
        });
    }
    // A volume or a node that comes up needs its time.
    Some(State::Coming(what))
}

/// What is wrong with a container; nothing while it runs or is on its way.
fn of_container(pod: &Pod, status: &ContainerStatus) -> Option<State> {
    let container = status.name.clone();
    if let Some(ended) = status.state.terminated.as_ref().filter(|ended| ended.exit_code != 0) {
        let how = format!("ended with status {}", ended.exit_code);
        return Some(State::Crashed { container, how });
    }
    let waiting = status.state.waiting.as_ref()?;
    let said = waiting.message.split_whitespace().collect::<Vec<_>>().join(" ");
    let image = image(pod, &container);
    let blocked = |what: String, advice: &str, seconds| State::Blocked {
        what,
        advice: advice.to_owned(),
        patience: Duration::from_secs(seconds),
    };
    match waiting.reason.as_str() {
        "CrashLoopBackOff" => Some(State::Crashed { container, how: ended(status) }),
        "ErrImageNeverPull" => Some(blocked(
            format!("ErrImageNeverPull: the image {image} is not on the node"),
            "Load it (`minikube image load`, `kind load docker-image`, --load-command), then run `todoctl up` again, without --images-present.",
            4,
        )),
        "InvalidImageName" => Some(blocked(
            format!("InvalidImageName: {image}"),
            "Correct the image's name in the values.",
            0,
        )),
        "ErrImagePull" | "ImagePullBackOff" => Some(blocked(
            format!("{}: {image} cannot be pulled: {said}", waiting.reason),
            "Check the image's name and the way to its registry, or load the image into the cluster.",
            45,
        )),
        "CreateContainerConfigError" => Some(blocked(
            format!("CreateContainerConfigError: {said}"),
            "Run `todoctl up` again: it stores the secrets that are missing.",
            10,
        )),
        "" | "PodInitializing" | "ContainerCreating" => None,
        reason => Some(blocked(
            format!("{reason}: {said}"),
            "`kubectl describe pod` shows the pod's events.",
            30,
        )),
    }
}

/// How its last run ended.
fn ended(status: &ContainerStatus) -> String {
    let times = match status.restart_count {
        0 | 1 => String::new(),
        many => format!(" {many} times"),
    };
    match &status.last_state.terminated {
        Some(ended) if ended.reason == "OOMKilled" => format!("ran out of memory{times}"),
        Some(ended) => format!("ended{times} with status {}", ended.exit_code),
        None => format!("ended{times}"),
    }
}

fn image(pod: &Pod, container: &str) -> String {
    let mut all = pod.spec.init_containers.iter().chain(&pod.spec.containers);
    all.find(|one| one.name == container).map(|one| one.image.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn pod(status: &Value) -> Pod {
        serde_json::from_value(json!({
            "metadata": { "name": "backend-1" },
            "spec": {
                "initContainers": [{ "name": "migrate", "image": "backend:latest" }],
                "containers": [{ "name": "backend", "image": "backend:latest" }],
            },
            "status": status,
        }))
        .unwrap()
    }

    fn init(state: &Value) -> State {
        of(&pod(&json!({ "initContainerStatuses": [{ "name": "migrate", "state": state }] })))
    }

    #[test]
    fn a_pod_that_no_node_takes_says_what_is_insufficient() {
        let state = of(&pod(&json!({ "conditions": [{ "type": "PodScheduled", "status": "False",
            "message": "0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available." }] })));

        assert_eq!(state.to_string(), "Pending: 0/1 nodes are available: 1 Insufficient cpu");
        assert!(
            matches!(state, State::Blocked { advice, .. } if advice.contains("--requests small"))
        );
    }

    #[test]
    fn a_missing_image_is_told_at_once() {
        let state = init(&json!({ "waiting": { "reason": "ErrImageNeverPull" } }));

        assert!(matches!(&state, State::Blocked { patience, .. } if patience.as_secs() < 10));
        assert!(state.to_string().contains("backend:latest is not on the node"), "{state}");
    }

    #[test]
    fn migrations_that_run_are_no_failure_and_migrations_that_ended_badly_are() {
        assert!(matches!(init(&json!({ "running": {} })), State::Initialising { .. }));
        let ended = init(&json!({ "terminated": { "exitCode": 1, "reason": "Error" } }));
        assert_eq!(ended.to_string(), "migrate ended with status 1");
    }

    #[test]
    fn a_container_that_ran_out_of_memory_says_so() {
        let state = of(&pod(&json!({
            "initContainerStatuses": [{ "name": "migrate", "state": { "terminated": { "exitCode": 0 } } }],
            "containerStatuses": [{ "name": "backend", "restartCount": 3,
                "state": { "waiting": { "reason": "CrashLoopBackOff" } },
                "lastState": { "terminated": { "exitCode": 137, "reason": "OOMKilled" } } }] })));

        assert_eq!(state.to_string(), "backend ran out of memory 3 times");
    }

    #[test]
    fn a_pod_on_its_way_is_on_its_way() {
        assert_eq!(of(&pod(&json!({ "phase": "Pending" }))).to_string(), "starting");
        let running = json!({
            "initContainerStatuses": [{ "name": "migrate", "state": { "terminated": { "exitCode": 0 } } }],
            "containerStatuses": [{ "name": "backend", "state": { "running": {} } }] });
        assert_eq!(of(&pod(&running)).to_string(), "runs, not ready yet");
    }
}

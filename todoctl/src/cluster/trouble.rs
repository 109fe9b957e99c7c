//! Why a pod does not work, and what to do about it.

#[cfg(test)]
mod tests;

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
    /// The pod's name.
    pub(crate) pod: String,
    /// What happens, in one line that begins with the pod's name.
    pub(crate) what: String,
    /// What to do.
    pub(crate) advice: String,
    /// Where the reason is written.
    pub(crate) log: Option<Log>,
}

/// The log of a container that is in trouble.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Log {
    pub(crate) container: String,
    pub(crate) of: Life,
}

/// Which life of a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Life {
    /// It runs, and complains.
    Present,
    /// It has ended.
    Last,
    /// It has ended, and was started again since.
    Previous,
}

/// What is wrong, before it is known of which pod.
struct Wrong {
    what: String,
    advice: String,
    log: Option<Log>,
}

impl Wrong {
    /// What the objects say themselves.
    fn new(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { what: what.into(), advice: advice.into(), log: None }
    }

    /// The same, where a log says more.
    fn logged(self, container: &str, of: Life) -> Self {
        Self { log: Some(Log { container: container.to_owned(), of }), ..self }
    }
}

/// What is wrong with `pod`; nothing when it is ready and was not restarted lately, or young and on its way.
pub(crate) fn any_of(pod: &Pod, now: Timestamp) -> Option<Trouble> {
    if pod.is_leaving() || pod.is_done() {
        return None;
    }
    let wrong = pod
        .all_statuses()
        .find_map(|status| of_container(pod, status))
        .or_else(|| of_schedule(pod))
        .or_else(|| of_readiness(pod, now))
        .or_else(|| restarted(pod, now))?;
    let name = pod.metadata.name.clone();
    Some(Trouble {
        what: format!("{name}: {}", wrong.what),
        pod: name,
        advice: wrong.advice,
        log: wrong.log,
    })
}

/// A pod that works and was restarted within the last hour; nothing for older stories.
fn restarted(pod: &Pod, now: Timestamp) -> Option<Wrong> {
    let recent = |ended: &Terminated| {
        let age = between(ended.finished_at?, now)?;
        (age < RECENT).then_some(())
    };
    let status = pod.all_statuses().find(|status| {
        status.restart_count > 0 && status.last_state.terminated.as_ref().and_then(recent).is_some()
    })?;
    Some(crashed(pod, status, status.last_state.terminated.as_ref()))
}

fn of_container(pod: &Pod, status: &ContainerStatus) -> Option<Wrong> {
    let container = &status.name;
    let Some(waiting) = &status.state.waiting else {
        let ended = status.state.terminated.as_ref().filter(|ended| ended.exit_code != 0)?;
        return Some(crashed(pod, status, Some(ended)));
    };
    let said = one_line(&waiting.message);
    let image = image_of(pod, container);
    match waiting.reason.as_str() {
        "ContainerCreating" | "PodInitializing" | "" => None,
        "CrashLoopBackOff" => Some(crashed(pod, status, status.last_state.terminated.as_ref())),
        "ErrImageNeverPull" => Some(Wrong::new(
            format!("the image {image} is not on the node {}", pod.spec.node_name),
            format!(
                "Load it: `minikube image load {image}`, `kind load docker-image {image}`, or `todoctl up`."
            ),
        )),
        "ErrImagePull" | "ImagePullBackOff" | "InvalidImageName" => Some(Wrong::new(
            format!("the image {image} cannot be pulled: {said}"),
            "Correct its name, or load it into the cluster and set the pull policy to Never.",
        )),
        "CreateContainerConfigError" => Some(Wrong::new(
            format!("{container} is not configured: {said}"),
            "Create what is missing (`todoctl up` asks for the secrets), then wait half a minute.",
        )),
        reason => {
            Some(Wrong::new(format!("{container}: {reason} {said}").trim_end(), describe(pod)))
        }
    }
}

fn crashed(pod: &Pod, status: &ContainerStatus, ended: Option<&Terminated>) -> Wrong {
    let (container, namespace) = (&status.name, &pod.metadata.namespace);
    let of = if status.state.running.is_some() { Life::Previous } else { Life::Last };
    let out_of_memory = ended.is_some_and(|ended| ended.reason == "OOMKilled");
    let how = match ended {
        _ if out_of_memory => "ran out of memory".to_owned(),
        Some(ended) if ended.exit_code == KILLED => "was killed".to_owned(),
        Some(ended) => format!("ended with status {}", ended.exit_code),
        None => "ended".to_owned(),
    };
    let advice = if out_of_memory {
        "Give it more memory (`resources` in the values), and say so: the plan's limits should do."
            .to_owned()
    } else {
        let previous = if of == Life::Previous { " --previous" } else { "" };
        let name = &pod.metadata.name;
        format!("Its whole log: `kubectl logs -n {namespace} {name} -c {container}{previous}`.")
    };
    Wrong::new(format!("{container} {how}, {}", times(status.restart_count)), advice)
        .logged(container, of)
}

fn of_schedule(pod: &Pod) -> Option<Wrong> {
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
    // What follows the first sentence is about making room by removing others' pods.
    let said = one_line(&scheduled.message);
    let said = said.split(". ").next().unwrap_or_default().trim_end_matches('.');
    Some(Wrong::new(format!("no node takes it: {said}"), advice))
}

/// Everything runs, and still it is not ready, or an init container takes long.
fn of_readiness(pod: &Pod, now: Timestamp) -> Option<Wrong> {
    if pod.is_ready() || pod.age(now) < PATIENCE {
        return None;
    }
    let namespace = &pod.metadata.namespace;
    let name = &pod.metadata.name;
    let waiting = pod.status.init_container_statuses.iter().find(|one| one.state.running.is_some());
    if let Some(status) = waiting {
        let container = &status.name;
        let advice = format!(
            "Correct DATABASE_URL, or start the database; see `kubectl logs -n {namespace} {name} -c {container}`."
        );
        let what = format!("{container} has not finished");
        return Some(Wrong::new(what, advice).logged(container, Life::Present));
    }
    let container = pod.main_container().map_or("", |container| container.name.as_str());
    let advice =
        "Mostly the database is away, or DATABASE_URL is wrong: `todoctl logs --level warn`.";
    Some(Wrong::new("it runs and is not ready", advice).logged(container, Life::Present))
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

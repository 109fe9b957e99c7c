//! What a pod is doing, in the words of `kubectl get pods`, and its times.

use std::time::Duration;

use jiff::Timestamp;

use super::object::{Container, ContainerStatus, Pod};

/// The label that makes a pod one of ours, and its value.
const OURS: (&str, &str) = ("app", "todo-chatbot");

/// The label that says which program a pod is for.
pub(crate) const COMPONENT: &str = "component";

impl Pod {
    /// `frontend`, `backend` or `mcp`; `None` for pods that are not one of the three programs (a database, a test).
    pub(crate) fn component(&self) -> Option<&str> {
        let labels = &self.metadata.labels;
        let ours = labels.get(OURS.0).is_some_and(|value| value == OURS.1);
        ours.then(|| labels.get(COMPONENT).map(String::as_str)).flatten()
    }

    /// Whether it gets requests.
    pub(crate) fn is_ready(&self) -> bool {
        self.condition("Ready").is_some_and(|(is_true, _)| is_true)
    }

    /// Whether it was told to go.
    pub(crate) fn is_leaving(&self) -> bool {
        self.metadata.deletion_timestamp.is_some()
    }

    /// Whether it has done its work: a job's pod.
    pub(crate) fn is_done(&self) -> bool {
        self.status.phase == "Succeeded"
    }

    /// How often its containers were started again.
    pub(crate) fn restarts(&self) -> u32 {
        self.all_statuses().map(|status| status.restart_count).sum()
    }

    /// Since when it has been ready, if it is.
    pub(crate) fn ready_since(&self) -> Option<Timestamp> {
        self.condition("Ready").and_then(|(is_true, since)| is_true.then_some(since)?)
    }

    /// How long it has existed; nothing when clocks disagree.
    pub(crate) fn age(&self, now: Timestamp) -> Duration {
        let made = self.metadata.creation_timestamp.unwrap_or(now);
        between(made, now).unwrap_or_default()
    }

    /// From its creation until it was ready.
    pub(crate) fn time_to_ready(&self) -> Option<Duration> {
        between(self.metadata.creation_timestamp?, self.ready_since()?)
    }

    /// The container that is named like its component, or the only one.
    pub(crate) fn main_container(&self) -> Option<&Container> {
        let component = self.component().unwrap_or_default();
        let containers = &self.spec.containers;
        containers.iter().find(|one| one.name == component).or_else(|| containers.first())
    }

    /// Whether its main container runs at this moment.
    pub(crate) fn runs(&self) -> bool {
        let status = self.main_container().and_then(|container| self.status_of(&container.name));
        status.is_some_and(|status| status.state.running.is_some())
    }

    /// The name without the part that all pods of its replica set share: `backend-x7k2p`.
    pub(crate) fn short_name(&self) -> String {
        let name = self.metadata.name.as_str();
        match (name.split('-').next(), name.rsplit('-').next()) {
            (Some(first), Some(last)) if first != last => format!("{first}-{last}"),
            _ => name.to_owned(),
        }
    }

    /// What the node says of a container.
    pub(crate) fn status_of(&self, container: &str) -> Option<&ContainerStatus> {
        self.all_statuses().find(|status| status.name == container)
    }

    /// Init containers first, as they run.
    pub(crate) fn all_statuses(&self) -> impl Iterator<Item = &ContainerStatus> {
        self.status.init_container_statuses.iter().chain(&self.status.container_statuses)
    }

    /// How many containers are ready, of how many.
    pub(crate) fn ready_containers(&self) -> (usize, usize) {
        let ready = self.status.container_statuses.iter().filter(|status| status.ready).count();
        (ready, self.spec.containers.len())
    }

    /// What it is doing, in a word: `Running`, `CrashLoopBackOff`, `Init:migrate`.
    pub(crate) fn word(&self) -> String {
        if self.is_leaving() {
            return "Terminating".to_owned();
        }
        let init = self.status.init_container_statuses.iter().find_map(init_word);
        let main = || self.status.container_statuses.iter().find_map(main_word);
        init.or_else(main).unwrap_or_else(|| match self.status.reason.as_str() {
            "" if self.status.phase == "Running" && !self.is_ready() => "Not ready".to_owned(),
            "" => self.status.phase.clone(),
            reason => reason.to_owned(),
        })
    }

    fn condition(&self, kind: &str) -> Option<(bool, Option<Timestamp>)> {
        let condition = self.status.conditions.iter().find(|condition| condition.kind == kind)?;
        Some((condition.status == "True", condition.last_transition_time))
    }
}

/// From one moment to a later one.
pub(crate) fn between(earlier: Timestamp, later: Timestamp) -> Option<Duration> {
    Duration::try_from(later.duration_since(earlier)).ok()
}

/// The word for an init container that has not done its work.
fn init_word(status: &ContainerStatus) -> Option<String> {
    let state = &status.state;
    match (&state.waiting, &state.terminated) {
        (_, Some(ended)) if ended.exit_code == 0 => None,
        (_, Some(ended)) => Some(format!("Init:{}", ended.reason)),
        (Some(waiting), _) if waiting.reason != "PodInitializing" => {
            Some(format!("Init:{}", waiting.reason))
        }
        _ => Some(format!("Init:{}", status.name)),
    }
}

/// The word for a container that does not run.
fn main_word(status: &ContainerStatus) -> Option<String> {
    let state = &status.state;
    let waiting = state.waiting.as_ref().map(|waiting| waiting.reason.clone());
    let ended = || state.terminated.as_ref().map(|ended| ended.reason.clone());
    waiting.or_else(ended).filter(|reason| reason != "Completed")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn pod(status: &Value) -> Pod {
        let spec = json!({ "containers": [{ "name": "backend" }] });
        serde_json::from_value(json!({ "metadata": {}, "spec": spec, "status": status }))
            .expect("a pod")
    }

    #[test]
    fn a_pod_is_called_what_its_first_unfinished_container_does() {
        let done = json!({ "name": "migrate", "state": { "terminated": { "exitCode": 0, "reason": "Completed" } } });
        let cases = [
            (json!({ "phase": "Pending" }), "Pending"),
            (
                json!({ "phase": "Pending", "initContainerStatuses": [{ "name": "migrate", "state": { "running": {} } }] }),
                "Init:migrate",
            ),
            (
                json!({ "phase": "Pending", "initContainerStatuses": [
                    { "name": "migrate", "state": { "waiting": { "reason": "CrashLoopBackOff" } } }] }),
                "Init:CrashLoopBackOff",
            ),
            (
                json!({ "phase": "Pending", "initContainerStatuses": [done], "containerStatuses": [
                    { "name": "backend", "state": { "waiting": { "reason": "ErrImageNeverPull" } } }] }),
                "ErrImageNeverPull",
            ),
            (
                json!({ "phase": "Running", "initContainerStatuses": [done], "containerStatuses": [
                    { "name": "backend", "state": { "running": {} } }] }),
                "Not ready",
            ),
            (
                json!({ "phase": "Running", "conditions": [{ "type": "Ready", "status": "True" }] }),
                "Running",
            ),
            (json!({ "phase": "Failed", "reason": "Evicted" }), "Evicted"),
        ];

        for (status, word) in cases {
            assert_eq!(pod(&status).word(), word, "{status}");
        }
    }

    #[test]
    fn the_time_to_ready_ends_when_it_got_ready() {
        let mut pod = pod(&json!({ "conditions": [
            { "type": "Ready", "status": "True", "lastTransitionTime": "2026-11-21T15:00:07Z" }] }));
        pod.metadata.creation_timestamp = Some("2026-11-21T15:00:00Z".parse().expect("a time"));

        assert_eq!(pod.time_to_ready(), Some(Duration::from_secs(7)));
    }

    #[test]
    fn pods_without_our_label_have_no_component() {
        let mut pod = Pod::default();
        pod.metadata.labels.insert(COMPONENT.to_owned(), "frontend".to_owned());
        assert_eq!(pod.component(), None);

        pod.metadata.labels.insert("app".to_owned(), "todo-chatbot".to_owned());
        assert_eq!(pod.component(), Some("frontend"));
    }
}

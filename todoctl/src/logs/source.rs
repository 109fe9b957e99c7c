//! A container that logs.

use std::fmt;

use crate::cluster::object::{Container, Pod};

/// The label of pods that are not one of the three programs.
const COMPONENT: &str = "app.kubernetes.io/component";

/// One container of one pod, in one of its lives.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Source {
    pub(super) component: String,
    pub(super) pod: String,
    pub(super) container: String,
    /// A container that was started again is another source.
    pub(super) restarts: u32,
}

impl Source {
    /// The containers of a pod that have begun, init containers first.
    pub(super) fn of(pod: &Pod) -> Vec<Self> {
        let labels = &pod.metadata.labels;
        let component = pod.component().or_else(|| labels.get(COMPONENT).map(String::as_str));
        let begun = |container: &&Container| {
            pod.status_of(&container.name).is_some_and(|status| {
                let state = &status.state;
                state.running.is_some()
                    || state.terminated.is_some()
                    || status.last_state.terminated.is_some()
            })
        };
        let all = pod.spec.init_containers.iter().chain(&pod.spec.containers);
        all.filter(begun)
            .map(|container| Self {
                component: component.unwrap_or(&container.name).to_owned(),
                pod: pod.metadata.name.clone(),
                container: container.name.clone(),
                restarts: pod.status_of(&container.name).map_or(0, |status| status.restart_count),
            })
            .collect()
    }
}

/// Short enough to stand before every line: `backend-x7k2p`, `backend-x7k2p/migrate`, `postgres-0`.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.pod.rsplit('-').next().unwrap_or(&self.pod);
        write!(f, "{}-{last}", self.component)?;
        if self.container != self.component {
            write!(f, "/{}", self.container)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn containers_that_have_begun_are_sources_with_short_names() {
        let pod: Pod = serde_json::from_value(json!({
            "metadata": { "name": "backend-5d9c7b9f4-x7k2p",
                "labels": { "app": "todo-chatbot", "component": "backend" } },
            "spec": { "initContainers": [{ "name": "migrate" }], "containers": [{ "name": "backend" }] },
            "status": {
                "initContainerStatuses": [{ "name": "migrate", "state": { "terminated": { "exitCode": 0 } } }],
                "containerStatuses": [{ "name": "backend", "state": { "running": {} }, "restartCount": 2 }],
            },
        }))
        .expect("a pod");

        let names: Vec<String> = Source::of(&pod).iter().map(ToString::to_string).collect();

        assert_eq!(names, ["backend-x7k2p/migrate", "backend-x7k2p"]);
    }

    #[test]
    fn a_container_that_waits_for_its_image_logs_nothing() {
        let pod: Pod = serde_json::from_value(json!({
            "metadata": { "name": "mcp-1" },
            "spec": { "containers": [{ "name": "mcp" }] },
            "status": { "containerStatuses": [
                { "name": "mcp", "state": { "waiting": { "reason": "ErrImageNeverPull" } } }] },
        }))
        .expect("a pod");

        assert!(Source::of(&pod).is_empty());
    }
}

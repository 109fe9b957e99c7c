//! The few fields of Kubernetes objects that we look at. Everything may be missing: an object is read while the
//! cluster is still filling it in.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Name, place and marks of any object.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Metadata {
    pub(crate) name: String,
    pub(crate) namespace: String,
    pub(crate) labels: BTreeMap<String, String>,
    pub(crate) annotations: BTreeMap<String, String>,
    /// RFC 3339.
    pub(crate) creation_timestamp: String,
    /// Set while the object is being deleted.
    pub(crate) deletion_timestamp: Option<String>,
}

/// A pod.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Pod {
    pub(crate) metadata: Metadata,
    pub(crate) spec: PodSpec,
    pub(crate) status: PodStatus,
}

/// What a pod is to be.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct PodSpec {
    pub(crate) node_name: Option<String>,
    pub(crate) init_containers: Vec<Container>,
    pub(crate) containers: Vec<Container>,
}

/// A container of a pod.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Container {
    pub(crate) name: String,
    pub(crate) image: String,
    pub(crate) image_pull_policy: String,
    pub(crate) resources: Resources,
}

/// What a container asks for and what it may use, by resource (`cpu`, `memory`).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Resources {
    pub(crate) requests: BTreeMap<String, String>,
    pub(crate) limits: BTreeMap<String, String>,
}

/// What a pod is.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct PodStatus {
    /// `Pending`, `Running`, `Succeeded`, `Failed` or `Unknown`.
    pub(crate) phase: String,
    pub(crate) reason: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) init_container_statuses: Vec<ContainerStatus>,
    pub(crate) container_statuses: Vec<ContainerStatus>,
}

/// One yes or no about an object.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Condition {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// `True`, `False` or `Unknown`.
    pub(crate) status: String,
    pub(crate) reason: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) last_transition_time: Option<String>,
}

/// How a container is.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct ContainerStatus {
    pub(crate) name: String,
    pub(crate) ready: bool,
    pub(crate) restart_count: u32,
    #[serde(rename = "imageID")]
    pub(crate) image_id: String,
    pub(crate) state: ContainerState,
    pub(crate) last_state: ContainerState,
}

/// At most one of these is there.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ContainerState {
    pub(crate) waiting: Option<Waiting>,
    pub(crate) running: Option<RunningState>,
    pub(crate) terminated: Option<Terminated>,
}

/// A container that does not run yet.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Waiting {
    /// One word: `ErrImageNeverPull`, `CrashLoopBackOff`, `PodInitializing`.
    pub(crate) reason: String,
    pub(crate) message: Option<String>,
}

/// A container that runs.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct RunningState {
    /// RFC 3339.
    pub(crate) started_at: String,
}

/// A container that has ended.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Terminated {
    pub(crate) exit_code: i32,
    pub(crate) reason: String,
    pub(crate) message: Option<String>,
}

impl Pod {
    /// Whether the condition `kind` is true.
    pub(crate) fn is(&self, kind: &str) -> bool {
        self.condition(kind).is_some_and(|condition| condition.status == "True")
    }

    /// The condition `kind`, when the cluster has written it.
    pub(crate) fn condition(&self, kind: &str) -> Option<&Condition> {
        self.status.conditions.iter().find(|condition| condition.kind == kind)
    }

    /// Whether it serves: its readiness probes succeed and it is not being deleted.
    pub(crate) fn is_ready(&self) -> bool {
        self.is("Ready") && self.metadata.deletion_timestamp.is_none()
    }

    /// `frontend`, `backend` or `mcp`; the pod's name where the label is missing.
    pub(crate) fn component(&self) -> &str {
        self.metadata.labels.get("component").map_or(&self.metadata.name, String::as_str)
    }

    /// How often its containers were started again.
    pub(crate) fn restarts(&self) -> u32 {
        let statuses = self.status.init_container_statuses.iter();
        statuses.chain(&self.status.container_statuses).map(|status| status.restart_count).sum()
    }
}

//! Objects of Kubernetes, as far as the checks look into them.

use serde::Deserialize;
use serde_json::{Map, Value};

/// An object as it was rendered.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(transparent)]
pub(crate) struct Object(pub(crate) Value);

/// The pod that an object is or makes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pod<'a> {
    pub(crate) owner: &'a Object,
    /// Labels and annotations of the pod itself.
    pub(crate) metadata: &'a Value,
    pub(crate) spec: &'a Value,
}

impl Object {
    pub(crate) fn kind(&self) -> &str {
        self.0["kind"].as_str().unwrap_or_default()
    }

    pub(crate) fn name(&self) -> &str {
        self.0["metadata"]["name"].as_str().unwrap_or_default()
    }

    /// `Deployment/backend`, for messages.
    pub(crate) fn title(&self) -> String {
        format!("{}/{}", self.kind(), self.name())
    }

    /// Whether it is this one: `Deployment/backend`.
    pub(crate) fn is(&self, title: &str) -> bool {
        title.split_once('/') == Some((self.kind(), self.name()))
    }

    /// A value by its JSON pointer.
    pub(crate) fn at(&self, pointer: &str) -> Option<&Value> {
        self.0.pointer(pointer)
    }

    /// The pod in it, if it is a kind of workload.
    pub(crate) fn pod(&self) -> Option<Pod<'_>> {
        let holder = match self.kind() {
            "Pod" => &self.0,
            "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" | "Job" => {
                &self.0["spec"]["template"]
            }
            "CronJob" => &self.0["spec"]["jobTemplate"]["spec"]["template"],
            "PodTemplate" => &self.0["template"],
            _ => return None,
        };
        Some(Pod { owner: self, metadata: &holder["metadata"], spec: &holder["spec"] })
    }
}

impl<'a> Pod<'a> {
    /// Its containers of every sort, each with its name.
    pub(crate) fn containers(&self) -> impl Iterator<Item = (&'a str, &'a Value)> + use<'a> {
        let spec = self.spec;
        ["initContainers", "containers", "ephemeralContainers"]
            .into_iter()
            .flat_map(move |sort| spec[sort].as_array().into_iter().flatten())
            .map(|container| (container["name"].as_str().unwrap_or_default(), container))
    }

    /// One of its labels.
    pub(crate) fn label(&self, key: &str) -> Option<&'a str> {
        self.metadata["labels"].get(key).and_then(Value::as_str)
    }

    /// Its annotations, if it has any.
    pub(crate) fn annotations(&self) -> Option<&'a Map<String, Value>> {
        self.metadata["annotations"].as_object()
    }
}

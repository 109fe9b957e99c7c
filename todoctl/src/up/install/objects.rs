//! The plain manifests, with what differs from the plan's values on this cluster.

use serde_json::{Value, json};

use super::Values;
use crate::{session::Session, up::images::Images};

/// Marks the pods with the revision of the Secret that they were started with.
const SECRETS_REVISION: &str = "secrets-revision";

/// `objects` for this namespace, host and Ingress class, their pods marked with the images and secrets that they use,
/// so that new ones replace them and unchanged ones do not.
pub(super) fn adapted(
    mut objects: Vec<Value>,
    session: &Session,
    values: &Values,
    images: &Images,
    secrets: &str,
) -> Vec<Value> {
    let namespace = &session.target.namespace;
    // The namespace first: what is inside it needs it.
    objects.sort_by_key(|object| object["kind"] != "Namespace");
    for object in &mut objects {
        let kind = object["kind"].as_str().unwrap_or_default().to_owned();
        match kind.as_str() {
            "Namespace" => object["metadata"]["name"] = json!(namespace),
            "Ingress" => {
                object["spec"]["ingressClassName"] =
                    json!(values.text_at(["ingress", "ingressClassName"]));
                object["spec"]["rules"][0]["host"] = json!(session.target.host);
            }
            "Deployment" => {
                let name = object["metadata"]["name"].as_str().unwrap_or_default().to_owned();
                let marks = &mut object["spec"]["template"]["metadata"]["annotations"];
                if let Some((_, id)) = images.marks().find(|(component, _)| *component == name) {
                    marks[Images::MARK] = json!(id);
                }
                if name != "frontend" {
                    marks[SECRETS_REVISION] = json!(secrets);
                }
            }
            _ => {}
        }
        if kind != "Namespace" {
            object["metadata"]["namespace"] = json!(namespace);
        }
    }
    objects
}

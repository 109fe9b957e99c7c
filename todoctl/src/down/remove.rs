//! The removal, step by step; each step may be repeated.

use std::time::Duration;

use anyhow::Result;

use super::inventory::{Inventory, KINDS, LABEL};
use crate::{
    cluster::object::{List, Named},
    session::Session,
    tools::{helm::Helm, kubectl::Kubectl},
};

/// Pods serve for 10 s after they were told to go, and may take 40 s in all.
const PODS: Duration = Duration::from_mins(3);

/// The labels that tell releases, and parts of one, apart.
const INSTANCE: &str = "app.kubernetes.io/instance";
const COMPONENT: &str = "app.kubernetes.io/component";

/// Namespaces that belong to the cluster.
const THE_CLUSTERS: [&str; 4] = ["default", "kube-system", "kube-public", "kube-node-lease"];

/// Removes what was found; with its data when `with_data`.
pub(super) async fn all(
    session: &Session,
    kubectl: &Kubectl,
    found: &Inventory,
    with_data: bool,
) -> Result<()> {
    if let Some((name, namespace)) = &found.release {
        let mut step = session.screen.step("Helm");
        step.tick("waiting for the pods to finish what they do");
        let helm = Helm::new(&session.tools, session.target.context.as_deref(), namespace);
        let program = helm.program("uninstall the release").limit(PODS + Duration::from_mins(1));
        let timeout = format!("--timeout={}s", PODS.as_secs());
        let args = ["uninstall", name, "--ignore-not-found", "--wait", &timeout];
        program.args(args).output().await?;
        // Helm leaves the pods of tests that failed. They are beside the release, which may be in another namespace.
        let tests = format!("{LABEL},{INSTANCE}={name},{COMPONENT}=test");
        let program = kubectl.program_anywhere("delete the pods of helm test").limit(PODS);
        let args = ["delete", "pods", "--namespace", namespace, &tests, "--ignore-not-found"];
        program.args(args).output().await?;
        step.done(format_args!("release {name} uninstalled"));
    }

    if found.is_installed() {
        // What Helm does not know: plain manifests.
        let mut step = session.screen.step("Objects");
        step.tick("waiting for the pods to finish what they do");
        let program = kubectl.program("delete the objects").limit(PODS);
        let args = ["delete", KINDS, LABEL, "--ignore-not-found", "--wait=true"];
        program.args(args).output().await?;
        step.done("gone");
    }

    if with_data {
        data(session, kubectl, found).await?;
    }
    Ok(())
}

async fn data(session: &Session, kubectl: &Kubectl, found: &Inventory) -> Result<()> {
    let step = session.screen.step("Data");
    let volumes = found.volumes.iter().map(|name| format!("persistentvolumeclaim/{name}"));
    let secrets = found.secrets.iter().map(|name| format!("secret/{name}"));
    let names: Vec<String> = volumes.chain(secrets).collect();
    if !names.is_empty() {
        let program = kubectl.program("delete the data").limit(PODS);
        program.arg("delete").args(names).arg("--ignore-not-found").output().await?;
    }
    step.done("gone");

    let namespace = session.target.namespace.as_str();
    if THE_CLUSTERS.contains(&namespace) {
        return Ok(());
    }
    let mut step = session.screen.step("Namespace");
    if let Some(other) = somebody_elses(kubectl).await? {
        step.skipped(format_args!("{namespace} stays, {other} is in it"));
        return Ok(());
    }
    step.tick("waiting until it is empty");
    let program = kubectl.program("delete the namespace").limit(PODS);
    program.args(["delete", "namespace", namespace, "--ignore-not-found"]).output().await?;
    step.done(format_args!("{namespace} is gone"));
    Ok(())
}

/// Something in the namespace that is not the app's and not there by itself.
async fn somebody_elses(kubectl: &Kubectl) -> Result<Option<String>> {
    let kinds = format!("{KINDS},daemonsets,cronjobs,persistentvolumeclaims,secrets");
    let program = kubectl.program("look what else is in the namespace");
    let left: List<Named> = program.args(["get", &kinds, "--output=json"]).json().await?;
    Ok(left
        .items
        .iter()
        .find(|object| !comes_by_itself(object))
        .map(|object| format!("{} {}", object.kind, object.metadata.name)))
}

/// Every namespace has these, or they go with what they belong to.
fn comes_by_itself(object: &Named) -> bool {
    let name = object.metadata.name.as_str();
    matches!((object.kind.as_str(), name), ("ConfigMap", "kube-root-ca.crt"))
        || object.metadata.deletion_timestamp.is_some()
        || !object.metadata.owner_references.is_empty()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn named(object: Value) -> Named {
        serde_json::from_value(object).expect("an object")
    }

    #[test]
    fn a_foreign_object_keeps_the_namespace() {
        let certificate =
            json!({ "kind": "ConfigMap", "metadata": { "name": "kube-root-ca.crt" } });
        let foreign = json!({ "kind": "Secret", "metadata": { "name": "somebody-elses" } });

        assert!(comes_by_itself(&named(certificate)));
        assert!(!comes_by_itself(&named(foreign)));
    }
}

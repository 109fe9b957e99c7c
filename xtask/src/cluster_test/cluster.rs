//! The cluster of the current context, through `kubectl` and `helm`.

use std::{
    process::Command,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::process;

/// Where the app goes.
pub(super) const NAMESPACE: &str = "todo-app";
/// Where the plan's bare `helm install` records its release.
pub(super) const BARE_NAMESPACE: &str = "default";
/// Where the database of the tests goes. It also says that what is in `todo-app` is ours.
pub(super) const OURS: &str = "todo-cluster-test";
/// The plan's label of the three services.
pub(super) const APP: &str = "app=todo-chatbot";

/// The pods of `helm test`.
const TESTS: &str = "app.kubernetes.io/instance=todo-app,app.kubernetes.io/component=test";

/// How long anything may take to become ready or to go away.
pub(super) const PATIENCE: Duration = Duration::from_secs(300);

/// A cluster that answers.
pub(super) struct Cluster {
    context: String,
    version: String,
}

impl Cluster {
    /// Asks the cluster of the current context who it is.
    ///
    /// # Errors
    /// When kubectl or Helm is missing, or no cluster answers.
    pub(super) fn connect() -> Result<Self> {
        for program in ["kubectl", "helm"] {
            ensure!(process::installed(program), "{program} is not on the search path: install it");
        }
        let context = process::output(&mut kubectl(&["config", "current-context"]))
            .context("kubectl knows no cluster: set KUBECONFIG")?;
        let version =
            process::output(&mut kubectl(&["version", "-o=json", "--request-timeout=10s"]))
                .with_context(|| format!("the cluster {} does not answer", context.trim()))?;
        let version: Value = serde_json::from_str(&version)?;
        let version =
            version["serverVersion"]["gitVersion"].as_str().unwrap_or("of an unknown version");
        Ok(Self { context: context.trim().to_owned(), version: version.to_owned() })
    }

    /// The name of the context.
    pub(super) fn context(&self) -> &str {
        &self.context
    }

    /// `kind-kind, Kubernetes v1.36.3`.
    pub(super) fn title(&self) -> String {
        format!("{}, Kubernetes {}", self.context, self.version)
    }

    /// Nothing of what is going to be made is there.
    ///
    /// # Errors
    /// When it is.
    pub(super) fn must_be_free(&self) -> Result<()> {
        ensure!(
            !exists(OURS)?,
            "an earlier run was interrupted: `cargo xtask cluster-test --clean` removes what it left"
        );
        ensure!(
            !exists(NAMESPACE)?,
            "the namespace {NAMESPACE} is somebody's: the tests would remove it. Use another cluster, or remove it \
             yourself: kubectl delete namespace {NAMESPACE}"
        );
        ensure!(
            !has_release(BARE_NAMESPACE)?,
            "there is a Helm release todo-app in the namespace default: the tests would replace it"
        );
        Ok(())
    }

    /// Removes the release and both namespaces; what is not there is no reason to fail.
    ///
    /// # Errors
    /// When `todo-app` is somebody else's, or something does not go away.
    pub(super) fn remove_everything(&self) -> Result<()> {
        if !exists(OURS)? {
            return Ok(());
        }
        self.remove_releases()?;
        self.remove_namespace(NAMESPACE)?;
        self.remove_namespace(OURS)
    }

    /// Removes the release wherever it is recorded, and the pods of failed tests, which Helm leaves there.
    ///
    /// # Errors
    /// When something does not go away.
    pub(super) fn remove_releases(&self) -> Result<()> {
        for namespace in [BARE_NAMESPACE, NAMESPACE] {
            let uninstall = ["uninstall", "todo-app", "--ignore-not-found", "--wait"];
            process::output(helm(&uninstall).args(["-n", namespace]))?;
            let delete = ["delete", "pods", "-l", TESTS, "--ignore-not-found"];
            process::output(kubectl(&delete).args(["-n", namespace]))?;
        }
        Ok(())
    }

    /// Nothing of the app is left: no namespace and no release.
    ///
    /// # Errors
    /// When there is something.
    pub(super) fn must_be_empty(&self) -> Result<()> {
        ensure!(!exists(NAMESPACE)?, "the namespace {NAMESPACE} is still there");
        for namespace in [BARE_NAMESPACE, NAMESPACE] {
            ensure!(!has_release(namespace)?, "the release is still recorded in {namespace}");
        }
        Ok(())
    }

    /// Removes a namespace and waits until it is gone.
    ///
    /// # Errors
    /// When it does not go away.
    pub(super) fn remove_namespace(&self, name: &str) -> Result<()> {
        let mut delete = kubectl(&["delete", "namespace", name, "--ignore-not-found", "--wait"]);
        process::output(delete.arg(format!("--timeout={}s", PATIENCE.as_secs()))).map(drop)
    }

    /// The plan's own command: waits until every pod of the app is ready.
    ///
    /// # Errors
    /// When one does not become ready; with what the pods say.
    pub(super) fn wait_until_ready(&self) -> Result<()> {
        let started = Instant::now();
        loop {
            let mut wait =
                kubectl(&["wait", "--for=condition=ready", "pod", "-l", APP, "-n", NAMESPACE]);
            let Err(error) =
                process::output(wait.arg(format!("--timeout={}s", PATIENCE.as_secs())))
            else {
                return Ok(());
            };
            // Right after an installation there may be no pods yet, and in a rollout one may leave while it is waited for.
            let passing = ["no matching resources found", "not found"];
            let said = error.to_string();
            if started.elapsed() > PATIENCE || !passing.iter().any(|words| said.contains(words)) {
                let pods = process::output(&mut kubectl(&["get", "pods", "-n", NAMESPACE]));
                bail!("{said}\n{}{}", pods.unwrap_or_default(), unscheduled()?.unwrap_or_default());
            }
            thread::sleep(Duration::from_millis(200));
        }
    }

    /// Waits until all three services run nothing but their newest pods.
    ///
    /// # Errors
    /// When one does not get there.
    pub(super) fn wait_for_rollout(&self) -> Result<()> {
        for name in ["frontend", "backend", "mcp"] {
            let mut status =
                kubectl(&["rollout", "status", "-n", NAMESPACE, &format!("deployment/{name}")]);
            process::output(status.arg(format!("--timeout={}s", PATIENCE.as_secs())))?;
        }
        Ok(())
    }

    /// Names of the app's pods that are not about to leave.
    ///
    /// # Errors
    /// When the cluster does not answer.
    pub(super) fn pods(&self) -> Result<Vec<String>> {
        let list = get(&["pods", "-l", APP, "-n", NAMESPACE])?;
        let pods = list["items"].as_array().into_iter().flatten();
        Ok(pods
            .filter(|pod| pod["metadata"]["deletionTimestamp"].is_null())
            .filter_map(|pod| pod["metadata"]["name"].as_str().map(str::to_owned))
            .collect())
    }

    /// Waits until nothing of the app runs any more.
    ///
    /// # Errors
    /// When something stays.
    pub(super) fn wait_until_gone(&self) -> Result<()> {
        let kinds = "deployments,statefulsets,services,ingresses,configmaps,pods";
        let started = Instant::now();
        loop {
            let list = get(&[kinds, "-n", NAMESPACE, "-l", "app.kubernetes.io/name=todo-app"])?;
            let left = list["items"].as_array().map_or(0, Vec::len);
            if left == 0 {
                return Ok(());
            }
            ensure!(started.elapsed() < PATIENCE, "{left} objects are still there: {list}");
            thread::sleep(Duration::from_millis(500));
        }
    }
}

/// `kubectl` with these arguments.
pub(super) fn kubectl(arguments: &[&str]) -> Command {
    let mut kubectl = process::program("kubectl");
    kubectl.args(arguments);
    kubectl
}

/// `helm` with these arguments.
pub(super) fn helm(arguments: &[&str]) -> Command {
    let mut helm = process::program("helm");
    helm.args(arguments);
    helm
}

/// What `kubectl get … -o json` finds.
///
/// # Errors
/// When it is not there.
pub(super) fn get(arguments: &[&str]) -> Result<Value> {
    let mut get = kubectl(&["get", "-o=json"]);
    Ok(serde_json::from_str(&process::output(get.args(arguments))?)?)
}

/// Why a pod finds no place on any node, and what to do about it.
fn unscheduled() -> Result<Option<String>> {
    let list = get(&["pods", "-n", NAMESPACE])?;
    let pods = list["items"].as_array().into_iter().flatten();
    let mut conditions =
        pods.flat_map(|pod| pod["status"]["conditions"].as_array().into_iter().flatten());
    let reason = conditions.find(|condition| condition["reason"] == "Unschedulable");
    Ok(reason.map(|condition| {
        format!("{}: `--values` with a file of smaller requests needs less", condition["message"])
    }))
}

fn exists(namespace: &str) -> Result<bool> {
    let mut get = kubectl(&["get", "namespace", namespace, "--ignore-not-found", "-o=name"]);
    Ok(!process::output(&mut get)?.trim().is_empty())
}

fn has_release(namespace: &str) -> Result<bool> {
    let mut list = helm(&["list", "--short", "--filter=^todo-app$", "-n", namespace]);
    Ok(!process::output(&mut list)?.trim().is_empty())
}

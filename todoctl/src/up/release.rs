//! What is installed already: a Helm release (wherever it is recorded), plain manifests, or nothing. A release that an
//! interruption left half done is mended here, before anything else touches it.

use std::time::Duration;

use anyhow::{Result, bail};
use serde_json::Value;

use super::{UpArgs, standing::Standing};
use crate::{
    cluster::object::Named,
    session::Session,
    tools::{helm::Helm, helm::Revision, kubectl::Kubectl},
};

/// The name of the release.
pub(crate) const RELEASE: &str = "todo-app";

/// Where `helm install todo-app ./helm/todo-app`, the plan's bare form, records the release.
const BARE: &str = "default";

/// How long another Helm may need to finish what it does at this moment.
const ANOTHER_HELM: Duration = Duration::from_secs(5);

/// What is installed.
#[derive(Debug, Clone)]
pub(crate) struct Release {
    /// The namespace in which the release is, or will be, recorded.
    pub(crate) namespace: String,
    /// What somebody chose for it, the chart's defaults aside; nothing is null.
    pub(crate) values: Value,
    /// Whether there is a release at all.
    pub(crate) exists: bool,
}

impl Release {
    /// Whether its database is the one inside the cluster.
    pub(crate) fn has_own_database(&self) -> bool {
        self.values["postgresql"]["enabled"] == true
    }
}

/// Finds what is installed, and mends it when it is stuck.
pub(crate) async fn find(
    session: &Session,
    args: &UpArgs,
    standing: &mut Standing,
) -> Result<Release> {
    let target = &session.target;
    let none = Release { namespace: target.namespace.clone(), values: Value::Null, exists: false };
    let installed_as = installed_as(session).await?;
    if let Some(By::Other { name, recorded }) = &installed_as {
        bail!(
            "the app in the namespace {namespace} belongs to the Helm release {name} (recorded in the namespace {recorded}), and this command installs only {RELEASE}: upgrade {name} with Helm itself, take it down first (`helm uninstall {name} --namespace {recorded}`), or choose another --namespace and --host",
            namespace = target.namespace
        );
    }
    if args.manifests {
        let helm = installed_as == Some(By::Helm);
        if helm {
            bail!(
                "the app in the namespace {} was installed with Helm: leave out --manifests, or take it down first (`todoctl down`)",
                target.namespace
            );
        }
        return Ok(none);
    }
    if installed_as == Some(By::Manifests) {
        bail!(
            "the app in the namespace {} was installed from the plain manifests: add --manifests, or take it down first (`todoctl down`)",
            target.namespace
        );
    }

    for namespace in [target.namespace.as_str(), BARE] {
        let helm = Helm::new(&session.tools, target.context.as_deref(), namespace);
        let history = helm.history(RELEASE).await?;
        let Some(newest) = history.last() else { continue };
        let values = helm.values(RELEASE).await?;
        let place = values["namespace"].as_str().unwrap_or("todo-app");
        if namespace == BARE && place != target.namespace {
            // It is somebody's installation in another namespace.
            continue;
        }
        standing.release(namespace);
        if is_pending(newest) {
            standing.mending();
        }
        let exists = mend(session, &helm, newest, &history).await?;
        return Ok(Release { namespace: namespace.to_owned(), values, exists });
    }
    Ok(none)
}

/// How the objects in the namespace came there.
#[derive(Debug, PartialEq, Eq)]
enum By {
    /// Our release.
    Helm,
    /// Somebody's release of another name; `recorded` is its own namespace.
    Other {
        name: String,
        recorded: String,
    },
    Manifests,
}

async fn installed_as(session: &Session) -> Result<Option<By>> {
    let kubectl = Kubectl::new(&session.tools, &session.target);
    let deployment: Option<Named> = kubectl.get("deployment", "frontend").await?;
    Ok(deployment.map(|found| match found.metadata.release() {
        Some((RELEASE, _)) => By::Helm,
        Some((name, recorded)) => {
            By::Other { name: name.to_owned(), recorded: recorded.to_owned() }
        }
        None => By::Manifests,
    }))
}

/// Brings a release that is in the middle of something back to where it can be upgraded. Answers whether it still
/// exists then.
async fn mend(
    session: &Session,
    helm: &Helm,
    newest: &Revision,
    history: &[Revision],
) -> Result<bool> {
    if !is_pending(newest) {
        return Ok(true);
    }
    let mut step = session.screen.step("Helm release");
    step.news(&format!("it is in the state {}; another helm may be at work", newest.status));
    session.tools.interrupt.sleep(ANOTHER_HELM).await?;
    let again = helm.history(RELEASE).await?;
    let Some(newest) = again.last().filter(|newest| is_pending(newest)) else {
        step.done("another helm has finished it");
        return Ok(!again.is_empty());
    };

    let good =
        history.iter().rev().find(|one| matches!(one.status.as_str(), "deployed" | "superseded"));
    if let Some(good) = good {
        let number = good.revision.to_string();
        let program = helm.program("roll the interrupted upgrade back");
        program.args(["rollback", RELEASE, &number]).limit(Duration::from_mins(5)).output().await?;
        step.warned(format_args!(
            "an upgrade was interrupted ({}); rolled back to revision {number}, and it is upgraded now",
            newest.status
        ));
        return Ok(true);
    }
    let program = helm.program("remove the interrupted installation");
    program.args(["uninstall", RELEASE]).limit(Duration::from_mins(5)).output().await?;
    step.warned(format_args!(
        "an installation was interrupted ({}); its rest is removed, and it is installed anew",
        newest.status
    ));
    Ok(false)
}

fn is_pending(revision: &Revision) -> bool {
    revision.status.starts_with("pending") || revision.status == "uninstalling"
}

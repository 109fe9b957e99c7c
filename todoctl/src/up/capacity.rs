//! Whether what the pods ask for fits what the cluster has left, and smaller requests when it does not.

mod fit;

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Job, Requests,
    install::{self, Values},
};
use crate::{
    cluster::{
        object::{Container, Meta, Pod, PodSpec},
        quantity::Quantity,
    },
    session::Session,
    tools::kubectl::Kubectl,
};
use fit::{Amount, Need};

/// The label of every pod of the app, its database included.
const NAME: (&str, &str) = ("app.kubernetes.io/name", "todo-app");

/// What the pods are to ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// What the values say so far.
    AsItIs,
    /// What the plan says, whatever was chosen before.
    Plan,
    /// What `values-dev.yaml` says.
    Small,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Node {
    spec: NodeSpec,
    status: NodeStatus,
    metadata: Meta,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct NodeSpec {
    unschedulable: bool,
    taints: Vec<Taint>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Taint {
    effect: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct NodeStatus {
    allocatable: BTreeMap<String, Quantity>,
}

/// A workload as it is rendered.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Workload {
    kind: String,
    spec: WorkloadSpec,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct WorkloadSpec {
    replicas: Option<usize>,
    template: Template,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Template {
    spec: PodSpec,
}

/// Compares, and asks when the plan's requests do not fit.
pub(crate) async fn choose(job: &Job<'_>, values: &Values) -> Result<Size> {
    let Job { session, args, release, .. } = *job;
    let wanted = match args.settings.requests {
        Some(Requests::Plan) => Size::Plan,
        Some(Requests::Small) if args.manifests => {
            bail!("--requests small needs the Helm chart: leave out --manifests")
        }
        Some(Requests::Small) => Size::Small,
        None => Size::AsItIs,
    };
    let step = session.screen.step("Capacity");
    let sized = values.sized(wanted);
    let (need, free) = tokio::try_join!(need(job, &sized), free(session))?;
    let total = need.total();
    if need.fits(&free) {
        step.done(format_args!(
            "the pods ask for {total}, the cluster has {} left",
            Amount::sum(&free)
        ));
        return Ok(wanted);
    }

    let left = Amount::sum(&free);
    step.warned(format_args!(
        "the pods ask for {total} (one successor included), and {left} are left"
    ));
    let stays = args.settings.requests.is_some() || args.manifests;
    if stays || release.exists && release.values["resources"] != Value::Null {
        return go_on_anyway(session, wanted).await;
    }
    if !self::need(job, &values.sized(Size::Small)).await?.fits(&free) {
        session.screen.say("  Not even the small requests of values-dev.yaml fit.");
        return go_on_anyway(session, wanted).await;
    }
    let choices = [
        "small requests (values-dev.yaml); limits stay the plan's",
        "the plan's requests all the same: some pods may stay Pending",
        "stop here",
    ];
    let flag = "add --requests small, or --requests plan to try all the same";
    match session.screen.choose("What shall the pods ask for?", &choices, flag).await? {
        0 => Ok(Size::Small),
        1 => Ok(Size::Plan),
        _ => bail!("the cluster is too small for the plan's requests, and nothing was installed"),
    }
}

async fn go_on_anyway(session: &Session, size: Size) -> Result<Size> {
    let flag = "add --yes to try all the same, or make the cluster bigger";
    if session.screen.confirm("Some pods may stay Pending. Go on?", flag).await? {
        return Ok(size);
    }
    bail!("the cluster is too small, and nothing was installed")
}

/// What the rendered objects ask for.
async fn need(job: &Job<'_>, values: &Values) -> Result<Need> {
    let objects = if job.args.manifests {
        install::manifests(job).await?
    } else {
        install::rendered(job, values).await?
    };
    let mut pods = Vec::new();
    for object in objects {
        if !matches!(object["kind"].as_str(), Some("Deployment" | "StatefulSet")) {
            continue;
        }
        let workload: Workload = serde_json::from_value(object)?;
        let each = asks(&workload.spec.template.spec);
        let rolls = workload.kind == "Deployment";
        pods.push((each, workload.spec.replicas.unwrap_or(1), rolls));
    }
    Ok(Need::new(&pods))
}

/// What each node has left beside everybody else's pods. Ours are replaced by what we install.
async fn free(session: &Session) -> Result<Vec<Amount>> {
    let kubectl = Kubectl::new(&session.tools, &session.target);
    let (nodes, pods) = tokio::try_join!(
        kubectl.list::<Node>("nodes", None),
        kubectl.list_everywhere::<Pod>("pods"),
    )?;
    let ours = |pod: &Pod| {
        pod.metadata.namespace == session.target.namespace
            && pod.metadata.labels.get(NAME.0).is_some_and(|name| name == NAME.1)
    };
    let takes_pods = |node: &&Node| {
        let closed = |taint: &Taint| matches!(taint.effect.as_str(), "NoSchedule" | "NoExecute");
        !node.spec.unschedulable && !node.spec.taints.iter().any(closed)
    };
    Ok(nodes
        .iter()
        .filter(takes_pods)
        .map(|node| {
            let here = pods.iter().filter(|pod| {
                pod.spec.node_name == node.metadata.name
                    && !matches!(pod.status.phase.as_str(), "Succeeded" | "Failed")
                    && !ours(pod)
            });
            let taken =
                here.map(|pod| asks(&pod.spec)).fold(Amount::default(), |sum, one| sum + one);
            Amount::of(&node.status.allocatable).less(taken)
        })
        .collect())
}

/// What one pod asks for: its containers together, or its hungriest init container.
fn asks(pod: &PodSpec) -> Amount {
    let of = |container: &Container| Amount::of(&container.resources.requests);
    let together = pod.containers.iter().map(of).fold(Amount::default(), |sum, one| sum + one);
    pod.init_containers.iter().map(of).fold(together, Amount::or_more)
}

/// Values under which the chart renders without a cluster to look at.
pub(super) fn without_cluster() -> Value {
    json!({ "postgresql": { "password": "not-used-anywhere" } })
}

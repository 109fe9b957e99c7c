//! Putting it into the cluster: the Helm chart, or the plain manifests.

mod objects;
mod values;

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{
    Job, capacity, images::Images, release::RELEASE, settings::Settings, standing::Standing,
};
use crate::{
    cluster::object::Named,
    screen::Step,
    session::Session,
    tools::{helm::Helm, kubectl::Kubectl},
};
pub(crate) use values::Values;

/// Helm does not wait for pods here; this is for its own requests.
const HELM: Duration = Duration::from_mins(5);

/// How long a namespace may take to go; its pods have 40 seconds for their last answers.
const LEAVING: Duration = Duration::from_mins(2);

/// Installs, or brings up to date.
pub(crate) async fn run(
    job: &Job<'_>,
    settings: &Settings,
    values: &Values,
    images: &Images,
    standing: &mut Standing,
) -> Result<()> {
    let Job { session, args, source, release } = *job;
    standing.installing();
    let mut step = session.screen.step(if args.manifests { "Manifests" } else { "Helm" });
    ensure_namespace(session, &mut step).await?;
    let revision = settings.store(session).await?;
    if args.manifests {
        let objects = manifests(job).await?;
        let objects = objects::adapted(objects, session, values, images, &revision);
        let list = json!({ "apiVersion": "v1", "kind": "List", "items": objects });
        let kubectl = Kubectl::new(&session.tools, &session.target);
        kubectl.apply(&list.to_string(), "apply k8s/").await?;
        step.done(format_args!("k8s/ is applied in the namespace {}", session.target.namespace));
        return Ok(());
    }

    let helm = Helm::new(&session.tools, session.target.context.as_deref(), &release.namespace);
    let program = helm.program("install the chart").limit(HELM);
    let program = program.args(["upgrade", "--install", RELEASE, &source.chart()]);
    let program = values
        .files(source)
        .into_iter()
        .fold(program, |program, file| program.args(["--values", file.as_str()]));
    // The values travel through a pipe: none of them is a secret, and no shell could misread them.
    program.args(["--values", "-"]).stdin(values.text()).output().await?;
    let place = if release.namespace == session.target.namespace {
        String::new()
    } else {
        format!(", recorded in the namespace {}", release.namespace)
    };
    step.done(format_args!("release {RELEASE}{place}"));
    Ok(())
}

/// The objects of the chart with these values, rendered without a cluster.
pub(crate) async fn rendered(job: &Job<'_>, values: &Values) -> Result<Vec<Value>> {
    let Job { session, source, .. } = *job;
    let helm = Helm::new(&session.tools, None, &session.target.namespace);
    let program = helm.program("render the chart").args(["template", RELEASE, &source.chart()]);
    let program = values
        .files(source)
        .into_iter()
        .fold(program, |program, file| program.args(["--values", file.as_str()]));
    let values = values.clone().over(&capacity::without_cluster());
    let text = program.args(["--values", "-"]).stdin(values.text()).text().await?;
    as_json(session, Objects::Text(text)).await
}

/// The objects in k8s/.
pub(crate) async fn manifests(job: &Job<'_>) -> Result<Vec<Value>> {
    let Job { session, source, .. } = *job;
    let folder = source.manifests().display().to_string();
    let mut objects = as_json(session, Objects::Folder(folder)).await?;
    // The secrets are ours to bring, even where somebody has filled the template in.
    objects.retain(|object| object["kind"] != "Secret");
    Ok(objects)
}

enum Objects {
    Text(String),
    Folder(String),
}

/// YAML as JSON, by the program that knows both.
async fn as_json(session: &Session, objects: Objects) -> Result<Vec<Value>> {
    let kubectl = Kubectl::new(&session.tools, &session.target);
    let program = kubectl.program_anywhere("read the objects");
    let args = ["create", "--dry-run=client", "--validate=false", "--output=json"];
    let program = program.args(args);
    let program = match objects {
        Objects::Text(text) => program.arg("--filename=-").stdin(text),
        Objects::Folder(folder) => program.arg(format!("--filename={folder}")),
    };
    let text = program.text().await?;
    let mut items = Vec::new();
    // Several objects are one List, or one document after the other, depending on the version.
    for document in serde_json::Deserializer::from_str(&text).into_iter::<Value>() {
        let document = document.context("kubectl did not print JSON")?;
        match document["items"].as_array() {
            Some(list) => items.extend(list.iter().cloned()),
            None => items.push(document),
        }
    }
    Ok(items)
}

/// The namespace must be there before the Secret. One that exists is left as it is; one that is going away is waited for.
async fn ensure_namespace(session: &Session, step: &mut Step) -> Result<()> {
    let kubectl = Kubectl::new(&session.tools, &session.target);
    let name = &session.target.namespace;
    let started = Instant::now();
    while let Some(found) = kubectl.get::<Named>("namespace", name).await? {
        if found.metadata.deletion_timestamp.is_none() {
            return Ok(());
        }
        if started.elapsed() > LEAVING {
            bail!(
                "the namespace {name} is still being deleted: `kubectl describe namespace {name}` says on what it waits"
            );
        }
        step.news(&format!("the namespace {name} is still being deleted"));
        session.tools.interrupt.sleep(Duration::from_secs(1)).await?;
    }
    let namespace = json!({
        "apiVersion": "v1",
        "kind": "Namespace",
        "metadata": {
            "name": name,
            "labels": {
                "app.kubernetes.io/part-of": "todo-chatbot",
                "app.kubernetes.io/managed-by": "todoctl",
                "pod-security.kubernetes.io/enforce": "restricted",
                "pod-security.kubernetes.io/warn": "restricted",
            },
        },
    });
    Ok(kubectl.apply(&namespace.to_string(), "create the namespace").await?)
}

//! The ways of installing, each from an empty cluster to an empty cluster.

use std::{fs, process::Command, time::Instant};

use anyhow::{Context, Result};

use super::{
    Options,
    acts::{self, Release},
    cluster::{BARE_NAMESPACE, Cluster, NAMESPACE, helm, kubectl},
    database::Database,
    outage,
    progress::Progress,
    up,
};
use crate::{manifests, process, terminal::Took, tree};

/// A way of installing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Form {
    /// `helm install todo-app ./helm/todo-app`, which makes the namespace.
    Bare,
    /// The same with `-n todo-app --create-namespace`, and the auth secret made by the chart.
    Named,
    /// `values-dev.yaml`, with the database in the cluster.
    Dev,
    /// `kubectl apply -f k8s/`.
    Manual,
    /// `todoctl up`, with the database in the cluster.
    Up,
}

pub(super) const ALL: [Form; 5] = [Form::Bare, Form::Named, Form::Dev, Form::Manual, Form::Up];

/// The ways in which a person calls `helm install`; each is what the [`Form`] of its name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HelmForm {
    Bare,
    Named,
    Dev,
}

impl HelmForm {
    /// The namespace of the release, which is not always that of the objects.
    fn release_namespace(self) -> &'static str {
        match self {
            Self::Bare => BARE_NAMESPACE,
            Self::Named | Self::Dev => NAMESPACE,
        }
    }
}

/// Known to everyone who reads this: it signs sessions of people who do not exist.
const AUTH_SECRET: &str = "only-for-the-cluster-test-0123456789";

/// Installs in this way, tries everything, and removes it again.
///
/// # Errors
/// When something went wrong, which was said.
pub(super) fn try_out(
    form: Form,
    cluster: &Cluster,
    database: &Database,
    options: &Options,
    progress: &mut Progress,
) -> Result<()> {
    let outcome = match form {
        Form::Bare => with_helm(HelmForm::Bare, cluster, database, options, progress),
        Form::Named => with_helm(HelmForm::Named, cluster, database, options, progress),
        Form::Dev => with_helm(HelmForm::Dev, cluster, database, options, progress),
        Form::Manual => manual(cluster, database, options, progress),
        Form::Up => up::try_out(cluster, progress),
    };
    let removed = progress.step("remove the namespace", || {
        if outcome.is_err() {
            acts::keep_logs(form)?;
            cluster.remove_releases()?;
        }
        cluster.remove_namespace(NAMESPACE).map(|()| String::new())
    });
    outcome.and(removed)
}

/// Twice in a row: the first time with everything that may happen to a release, the second time to see that it can be
/// installed where it was before.
fn with_helm(
    form: HelmForm,
    cluster: &Cluster,
    database: &Database,
    options: &Options,
    progress: &mut Progress,
) -> Result<()> {
    let (shown, arguments, data) = command_line(form, database)?;
    let release = Release { cluster, namespace: form.release_namespace() };
    progress.begin(&shown);

    // A database that starts together with the app would count in its cold start: then it is verified later.
    let database_is_there = form != HelmForm::Dev;

    install(&arguments, cluster, options, progress)?;
    release.helm_test(progress)?;
    if database_is_there {
        acts::verify(progress)?;
    }
    acts::browser(options, progress)?;
    if let Some(name) = data {
        progress.step("what was said is in the database", || {
            Ok(format!(
                "{} tasks in PostgreSQL",
                acts::at_least_one(database.count(name, "tasks")?)?
            ))
        })?;
    }
    release.upgrade(progress)?;
    release.roll_back(progress)?;
    release.helm_test(progress)?;
    if !database_is_there {
        acts::verify(progress)?;
        outage::try_out(cluster, progress)?;
    }
    release.uninstall(progress)?;

    install(&arguments, cluster, options, progress)?;
    if database_is_there {
        acts::verify(progress)?;
    } else {
        release.helm_test(progress)?;
    }
    release.uninstall(progress)
}

/// What a person types, the arguments in full, and the database that it uses if it is ours.
fn command_line(
    form: HelmForm,
    database: &Database,
) -> Result<(String, Vec<String>, Option<&'static str>)> {
    let set = |key: &str, value: &str| ["--set".to_owned(), format!("secrets.{key}={value}")];
    let mut arguments = vec!["install".into(), "todo-app".into(), "./helm/todo-app".into()];
    let (shown, data) = match form {
        HelmForm::Bare => {
            arguments.extend(set("databaseUrl", &database.create("bare")?));
            arguments.extend(set("betterAuthSecret", AUTH_SECRET));
            arguments.extend(set("openaiApiKey", ""));
            (
                "--set secrets.databaseUrl=… --set secrets.betterAuthSecret=… --set secrets.openaiApiKey=",
                Some("bare"),
            )
        }
        HelmForm::Named => {
            arguments.extend(["-n".into(), NAMESPACE.into(), "--create-namespace".into()]);
            arguments.extend(set("databaseUrl", &database.create("named")?));
            ("-n todo-app --create-namespace --set secrets.databaseUrl=…", Some("named"))
        }
        HelmForm::Dev => {
            arguments.extend(["-n".into(), NAMESPACE.into(), "--create-namespace".into()]);
            arguments.extend(["-f".into(), "helm/todo-app/values-dev.yaml".into()]);
            ("-n todo-app --create-namespace -f helm/todo-app/values-dev.yaml", None)
        }
    };
    Ok((format!("helm install todo-app ./helm/todo-app {shown}"), arguments, data))
}

fn install(
    arguments: &[String],
    cluster: &Cluster,
    options: &Options,
    progress: &mut Progress,
) -> Result<()> {
    let started = Instant::now();
    progress.step("helm install", || {
        let mut install = helm(&[]);
        install.args(arguments);
        for file in &options.values {
            install
                .arg("-f")
                .arg(fs::canonicalize(file).with_context(|| file.display().to_string())?);
        }
        process::output(&mut install).map(|_| String::new())
    })?;
    ready(cluster, started, progress)
}

fn ready(cluster: &Cluster, started: Instant, progress: &mut Progress) -> Result<()> {
    progress.step("kubectl wait, all pods ready", || {
        cluster.wait_until_ready()?;
        let count = cluster.pods()?.len();
        Ok(format!("{count} pods, {} after the first command", Took(started.elapsed())))
    })
}

/// The plan's steps 4 to 8, in a copy of `k8s/`, so that a person's own `k8s/secrets.yaml` is left alone.
fn manual(
    cluster: &Cluster,
    database: &Database,
    options: &Options,
    progress: &mut Progress,
) -> Result<()> {
    progress.begin("kubectl apply -f k8s/");
    let copy = tree::workshop().join("k8s");
    fill_in(&copy, &database.create("manual")?)?;
    let in_copy = |arguments: &[&str]| -> Command {
        let mut command = kubectl(arguments);
        command.current_dir(copy.parent().expect("it is a folder in the workshop"));
        command
    };

    let started = Instant::now();
    for path in ["k8s/namespace.yaml", "k8s/secrets.yaml", "k8s/"] {
        progress.step(&format!("kubectl apply -f {path}"), || {
            process::output(&mut in_copy(&["apply", "-f", path])).map(|_| String::new())
        })?;
    }
    ready(cluster, started, progress)?;
    acts::verify(progress)?;
    acts::browser(options, progress)?;
    progress.step("what was said is in the database", || {
        Ok(format!(
            "{} tasks in PostgreSQL",
            acts::at_least_one(database.count("manual", "tasks")?)?
        ))
    })?;

    progress.step("apply again changes no pod", || {
        let before = cluster.pods()?;
        process::output(&mut in_copy(&["apply", "-f", "k8s/"]))?;
        cluster.wait_for_rollout()?;
        acts::same_pods(&before, &cluster.pods()?)
    })?;
    progress.step("kubectl delete -f k8s/", || {
        process::output(&mut in_copy(&["delete", "-f", "k8s/", "--wait"])).map(|_| String::new())
    })
}

/// A copy of `k8s/` with a filled-in Secret, as the template says.
fn fill_in(copy: &std::path::Path, database: &str) -> Result<()> {
    if copy.exists() {
        fs::remove_dir_all(copy)?;
    }
    fs::create_dir_all(copy)?;
    let folder = tree::root().join("k8s");
    for entry in fs::read_dir(&folder)? {
        let entry = entry?;
        // The person's own file stays where it is.
        if entry.file_name() != "secrets.yaml" {
            fs::copy(entry.path(), copy.join(entry.file_name()))?;
        }
    }
    let mut secrets = fs::read_to_string(copy.join("secrets.yaml.template"))?;
    for (key, placeholder) in manifests::placeholders() {
        let value = if key == "DATABASE_URL" { database } else { AUTH_SECRET };
        secrets = secrets.replace(placeholder, value);
    }
    fs::write(copy.join("secrets.yaml"), secrets)?;
    Ok(())
}

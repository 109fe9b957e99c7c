//! `cargo xtask cluster-test`: the plan's ways of installing, tried on the cluster of the current context.
//!
//! It makes the namespaces `todo-app` and `todo-cluster-test`, and removes them at the end. Where `todo-app` exists
//! already it does nothing, because that is somebody's.

mod acts;
mod cluster;
mod database;
mod forms;
mod outage;
mod progress;
mod up;

use std::{path::PathBuf, time::Instant};

use anyhow::{Context, Result};

use self::{cluster::Cluster, database::Database, forms::Form, progress::Progress};
use crate::{
    process,
    terminal::{self, Took},
};

/// Options of `cargo xtask cluster-test`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only these ways of installing.
    #[arg(long, value_name = "WAY", num_args = 1..)]
    only: Vec<Form>,
    /// A program that brings images into the cluster; their names are appended. Without it they have to be there.
    #[arg(long, value_name = "COMMAND")]
    load_command: Option<String>,
    /// Values files for every `helm install`, for a cluster that cannot give what the plan requests.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    values: Vec<PathBuf>,
    /// Leaves the browser out.
    #[arg(long)]
    no_browser: bool,
    /// Removes what an interrupted run left behind, and ends.
    #[arg(long)]
    clean: bool,
}

/// The images of the app, and that of the database.
const IMAGES: [&str; 4] = ["frontend:latest", "backend:latest", "mcp:latest", database::IMAGE];

/// Tries each way; true when all went well.
///
/// # Errors
/// When there is no cluster to be used.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let started = Instant::now();
    let cluster = Cluster::connect()?;
    if options.clean {
        cluster.remove_everything()?;
        terminal::say(format_args!("cluster-test: nothing of it is left in {}", cluster.title()));
        return Ok(true);
    }
    cluster.must_be_free()?;
    terminal::say(format_args!("cluster: {}", cluster.title()));
    terminal::say(format_args!("values:  {}", values_in_words(&options.values)));

    let mut progress = Progress::default();
    let outcome = prepare(options, &mut progress).map(|database| {
        for form in forms::ALL {
            if options.only.is_empty() || options.only.contains(&form) {
                // What went wrong was said; the next way begins on a clean cluster.
                let _ = forms::try_out(form, &cluster, &database, options, &mut progress);
            }
        }
    });
    let cleaned = progress.step("leave the cluster as it was", || {
        cluster.remove_everything().map(|()| String::new())
    });
    if outcome.is_ok() && cleaned.is_err() {
        terminal::say(format_args!("`cargo xtask cluster-test --clean` tries that again"));
    }

    terminal::say(format_args!(""));
    terminal::say(format_args!("took {}", Took(started.elapsed())));
    terminal::say(format_args!("{} passed, {} failed", progress.passed, progress.failed));
    Ok(progress.failed == 0)
}

/// Images, programs and the database that all ways use.
fn prepare(options: &Options, progress: &mut Progress) -> Result<Database> {
    if let Some(command) = &options.load_command {
        progress.step("load the images", || {
            let words = shell_words::split(command)
                .with_context(|| format!("--load-command cannot be read: {command}"))?;
            let (name, arguments) = words.split_first().context("--load-command is empty")?;
            let mut loader = process::program(name);
            process::output(loader.args(arguments).args(IMAGES)).map(|_| IMAGES.join(" "))
        })?;
    }
    progress.step("build todoctl", || {
        let mut cargo = process::program("cargo");
        process::output(cargo.args(["build", "--quiet", "--package", "todoctl"]))
    })?;
    let mut database = None;
    progress.step("a database of our own", || {
        database = Some(Database::start()?);
        Ok(database::IMAGE.to_owned())
    })?;
    Ok(database.expect("made in the step before"))
}

fn values_in_words(files: &[PathBuf]) -> String {
    if files.is_empty() {
        return "the plan's".to_owned();
    }
    let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    format!("the plan's with {} (k8s/ has the plan's alone)", names.join(" and "))
}

//! `todoctl up` and `down`: the one command, as often as somebody likes.

use anyhow::Result;

use super::{
    acts::{same_pods, todoctl},
    cluster::{Cluster, NAMESPACE, PATIENCE},
    progress::Progress,
};
use crate::{process, tree};

/// What `up` would use if the person who runs the tests had set it.
const SETTINGS: [&str; 5] = [
    "DATABASE_URL",
    "DATABASE_DIRECT_URL",
    "BETTER_AUTH_SECRET",
    "BETTER_AUTH_URL",
    "OPENAI_API_KEY",
];

/// Up to a green verification, up again over what runs, and down to nothing.
///
/// # Errors
/// When something went wrong, which was said.
pub(super) fn try_out(cluster: &Cluster, progress: &mut Progress) -> Result<()> {
    let flags = ["--images-present", "--dev-database", "--requests", "small", "--yes"];
    progress.begin(&format!("todoctl up {}", flags.join(" ")));
    let run = |command: &str, flags: &[&str]| {
        let mut todoctl = todoctl(&[command, "--context", cluster.context()]);
        SETTINGS.iter().for_each(|name| {
            todoctl.env_remove(name);
        });
        // What it tells a person and the table of the verification are two outputs: a failure needs both.
        let log = tree::workshop().join(format!("logs/cluster-todoctl-{command}.log"));
        process::logged(todoctl.args(flags), &log, PATIENCE * 2)
    };

    progress.step("todoctl up, verified", || {
        run("up", &flags)?;
        Ok(format!("{} pods", cluster.pods()?.len()))
    })?;
    progress.step("todoctl up again changes no pod", || {
        let before = cluster.pods()?;
        run("up", &flags)?;
        same_pods(&before, &cluster.pods()?)
    })?;
    progress.step("todoctl down --remove-data", || {
        run("down", &["--yes", "--remove-data"])?;
        cluster.must_be_empty()?;
        Ok(format!("no namespace {NAMESPACE}, no release"))
    })
}

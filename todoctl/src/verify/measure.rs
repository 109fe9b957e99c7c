//! What only an experiment shows: each file asks the running system one kind of question and judges the answers.
//!
//! Every experiment has its own time limits and turns whatever goes wrong into a finding, so none stops another.

mod checkout;
mod health;
mod images;
mod ingress;
mod life;
mod logs;
mod manifests;
mod memory;
mod release;
mod sandbox;

use std::time::Duration;

use ingress::Door;
pub(crate) use ingress::find as find_door;
pub(crate) use release::describe as release;
use tokio::join;

use super::{
    VerifyArgs,
    report::{Check, Finding, Line},
};
use crate::{
    cluster::snapshot::Snapshot,
    session::Target,
    tools::{Tools, kubectl::Kubectl},
};

/// How many programs one experiment runs at a time.
const AT_ONCE: usize = 4;

/// How long one question to the cluster may take.
const LIMIT: Duration = Duration::from_secs(12);

/// What an experiment works with.
#[derive(Debug)]
pub(super) struct Bench<'a> {
    pub(super) tools: &'a Tools,
    pub(super) kubectl: &'a Kubectl,
    pub(super) target: &'a Target,
    pub(super) snapshot: &'a Snapshot,
    pub(super) args: &'a VerifyArgs,
}

/// What all experiments found, and the door they came in by.
pub(super) struct Measured {
    pub(super) lines: Vec<Line>,
    pub(super) address: Option<String>,
    pub(super) release: Option<String>,
}

/// Makes all experiments, at the same time where they do not disturb each other.
pub(super) async fn all(bench: &Bench<'_>) -> Measured {
    // Memory is asked for while nothing else goes on in the pods: it is the idle one that counts.
    let memory = memory::measure(bench).await;
    let (sandbox, health, logs, images, checkout, (release, release_name), (door, outside)) = join!(
        sandbox::measure(bench),
        health::measure(bench),
        logs::measure(bench),
        images::measure(bench),
        checkout::measure(bench),
        release::measure(bench),
        through_the_door(bench),
    );
    let lines =
        [vec![memory], sandbox, health, logs, images, checkout, vec![release], outside].concat();
    Measured { lines, address: door, release: release_name }
}

/// Everything that comes from outside, through the Ingress.
async fn through_the_door(bench: &Bench<'_>) -> (Option<String>, Vec<Line>) {
    let (door, mut lines) = ingress::measure(bench).await;
    lines.extend(life::measure(bench, door.as_ref()).await);
    (door.map(|door| door.address().to_string()), lines)
}

/// All of `checks` were not measured, for one reason.
fn skipped(checks: &[&'static Check], reason: &str) -> Vec<Line> {
    checks.iter().map(|check| Finding::skipped(reason).on(check)).collect()
}

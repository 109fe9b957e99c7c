//! What can be said from the objects alone: pure functions from a snapshot to findings.

mod config;
mod deployment;
mod pods;
mod secrets;
mod shape;

#[cfg(test)]
mod tests;

use super::{
    catalogue as check, plan,
    report::{Line, Outcome},
};
use crate::{cluster::snapshot::Snapshot, session::Target};

/// Every line that the objects alone decide.
pub(super) fn all(snapshot: &Snapshot, target: &Target) -> Vec<Line> {
    let namespace = target.namespace.as_str();
    let mut lines = vec![
        shape::namespace(snapshot, namespace).on(&check::NAMESPACE),
        secrets::plain(snapshot).on(&check::PLAIN_CONFIG),
        secrets::keys(snapshot).on(&check::SECRET_KEYS),
        shape::ingress(snapshot, &target.host).on(&check::INGRESS),
        shape::ingress_class(snapshot).on(&check::INGRESS_CLASS),
        config::resources(snapshot).on(&check::RESOURCES),
        config::probe_paths(snapshot).on(&check::PROBE_PATHS),
        config::pull_policy(snapshot).on(&check::PULL_POLICY),
        config::limits_fit(snapshot).on(&check::LIMITS_FIT),
        pods::migrations(snapshot, namespace).on(&check::MIGRATIONS),
        pods::running(snapshot).on(&check::PODS_RUNNING),
        pods::stable(snapshot).on(&check::PODS_STABLE),
        deployment::time(snapshot).on(&check::DEPLOYMENT_TIME),
    ];
    for (part, replicas, service) in [
        (&plan::FRONTEND, &check::FRONTEND_REPLICAS, &check::FRONTEND_SERVICE),
        (&plan::BACKEND, &check::BACKEND_REPLICAS, &check::BACKEND_SERVICE),
        (&plan::MCP, &check::MCP_REPLICAS, &check::MCP_SERVICE),
    ] {
        lines.push(shape::replicas(snapshot, part, namespace).on(replicas));
        lines.push(shape::service(snapshot, part).on(service));
    }
    lines
}

/// Lines on objects that are missing or wrong; those on replicas only if `with_replicas`: when pods are in trouble, they
/// say it again.
pub(crate) fn wrong_objects(
    snapshot: &Snapshot,
    target: &Target,
    with_replicas: bool,
) -> Vec<Line> {
    let shape = [
        &check::NAMESPACE,
        &check::FRONTEND_SERVICE,
        &check::BACKEND_SERVICE,
        &check::MCP_SERVICE,
        &check::INGRESS,
        &check::INGRESS_CLASS,
    ];
    let replicas = [&check::FRONTEND_REPLICAS, &check::BACKEND_REPLICAS, &check::MCP_REPLICAS];
    let wanted = |line: &Line| {
        shape.contains(&line.check) || (with_replicas && replicas.contains(&line.check))
    };
    let failed = |line: &Line| line.finding.outcome == Outcome::Failed;
    let mut lines: Vec<Line> =
        all(snapshot, target).into_iter().filter(|line| wanted(line) && failed(line)).collect();
    if lines.iter().any(|line| line.check == &check::NAMESPACE) {
        // What is missing is named there; the lines on each object would say it again.
        lines.retain(|line| line.check == &check::NAMESPACE);
    }
    lines
}

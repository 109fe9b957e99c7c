//! How large the images are that the pods run.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Bench, LIMIT};
use crate::{
    cluster::object::Pod,
    verify::{
        catalogue as check,
        plan::{self, IMAGE_AIM, Part},
        report::{Finding, Line},
    },
};

/// What we read of `docker image inspect`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Inspected {
    id: String,
    size: u64,
}

pub(super) async fn measure(bench: &Bench<'_>) -> Vec<Line> {
    let asked = plan::PARTS.map(|part| async move { (part.name, inspect(bench, part).await) });
    let local: BTreeMap<&str, Option<Inspected>> =
        futures::future::join_all(asked).await.into_iter().collect();
    let of = |part: &Part| judge(bench, part, local.get(part.name).and_then(Option::as_ref));
    vec![
        of(&plan::FRONTEND).on(&check::FRONTEND_IMAGE),
        of(&plan::BACKEND).on(&check::BACKEND_IMAGE),
        of(&plan::MCP).on(&check::MCP_IMAGE),
    ]
}

/// The image as the engine of this machine knows it, if there is one and it does.
async fn inspect(bench: &Bench<'_>, part: &Part) -> Option<Inspected> {
    let image = image(bench, part)?.0;
    let asked = bench.tools.program("docker", "look at the images");
    let found = asked.args(["image", "inspect", image.as_str()]).limit(LIMIT).json().await;
    found.ok().and_then(|all: Vec<Inspected>| all.into_iter().next())
}

/// The name of the image that runs, and what the node calls it.
fn image(bench: &Bench<'_>, part: &Part) -> Option<(String, String)> {
    let pod: &Pod = bench.snapshot.pods_of(part.name).next()?;
    let container = pod.main_container()?;
    let id = pod.status_of(&container.name).map(|status| status.image_id.clone());
    Some((container.image.clone(), id.unwrap_or_default()))
}

/// The engine's number when it has the very image that runs, otherwise the node's.
fn judge(bench: &Bench<'_>, part: &Part, local: Option<&Inspected>) -> Finding {
    let Some((name, id)) = image(bench, part) else {
        return Finding::failed("no pod runs it", "See the pods: `todoctl status`.");
    };
    let same = |local: &&Inspected| id.ends_with(local.id.as_str());
    if let Some(local) = local.filter(same) {
        return size(part, local.size, "uncompressed, by docker");
    }
    let nodes = bench.snapshot.nodes.iter().flatten().flat_map(|node| &node.status.images);
    let called = |known: &String| known == &id || short(known) == short(&name);
    match nodes.into_iter().find(|image| image.names.iter().any(called)) {
        Some(image) => size(part, image.size_bytes, "on the node"),
        None => {
            Finding::skipped(format!("neither docker here nor the node tells the size of {name}"))
        }
    }
}

fn size(part: &Part, bytes: u64, source: &str) -> Finding {
    Finding::judged(
        bytes < part.image,
        format!("{:.1} MB ({source})", bytes as f64 / 1e6),
        "See what is in it: `docker history`; only the last stage of the Dockerfile should be there.",
    )
    .aim(bytes < IMAGE_AIM)
}

/// Names without the registry that container runtimes put before them.
fn short(name: &str) -> &str {
    ["docker.io/library/", "docker.io/", "localhost/"]
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))
        .unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_calls_an_image_by_its_full_name() {
        assert_eq!(short("docker.io/library/backend:latest"), "backend:latest");
        assert_eq!(short("localhost/backend:latest"), "backend:latest");
        assert_eq!(short("ghcr.io/you/backend:1"), "ghcr.io/you/backend:1");
    }

    #[test]
    fn a_size_has_a_bound_and_an_aim() {
        let finding = size(&plan::FRONTEND, 61_000_000, "on the node");

        assert_eq!(finding.measured, "61.0 MB (on the node)");
        assert_eq!(finding.aim_met, Some(false));
        assert!(finding.advice.is_none());
    }
}

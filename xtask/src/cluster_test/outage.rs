//! The database is away for a minute: nobody is restarted, and nobody has to do anything afterwards.

use std::{
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, bail, ensure};
use serde_json::Value;

use super::{
    cluster::{APP, Cluster, NAMESPACE, PATIENCE, get, kubectl},
    progress::Progress,
};
use crate::{process, terminal::Took};

/// How long the database is away.
const OUTAGE: Duration = Duration::from_mins(1);
/// How soon after it began to stop the services have to say so.
const NOTICED: Duration = Duration::from_secs(15);
/// How soon after it is back they have to be ready.
const RECOVERED: Duration = Duration::from_secs(30);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(500);

/// One pod at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pod {
    name: String,
    /// The part of the app that it belongs to.
    component: String,
    ready: bool,
    restarts: u64,
}

/// Stops PostgreSQL, watches, starts it and watches again.
///
/// # Errors
/// When a pod was restarted or replaced, or was ready or unready when it should not be.
pub(super) fn try_out(cluster: &Cluster, progress: &mut Progress) -> Result<()> {
    progress.step("PostgreSQL away for a minute", || {
        let before = pods()?;
        let is_fresh = |pod: &Pod| pod.ready && pod.restarts == 0;
        ensure!(before.iter().all(is_fresh), "unready or restarted already: {before:?}");

        let stopped = Instant::now();
        scale(0)?;
        let noticed = until(stopped, NOTICED, &before, has_noticed)?;
        while stopped.elapsed() < OUTAGE {
            let now = untouched(&before)?;
            ensure!(has_noticed(&now), "this should not be without a database: {now:?}");
            thread::sleep(PAUSE);
        }

        scale(1)?;
        let mut status = kubectl(&["rollout", "status", "statefulset/postgres", "-n", NAMESPACE]);
        process::output(status.arg(format!("--timeout={}s", PATIENCE.as_secs())))?;
        let returned = Instant::now();
        let recovered =
            until(returned, RECOVERED, &before, |pods| pods.iter().all(|pod| pod.ready))?;
        cluster.wait_until_ready()?;
        Ok(format!(
            "unready after {}, ready {} after it was back; the same {} pods, 0 restarts",
            Took(noticed),
            Took(recovered),
            before.len()
        ))
    })
}

/// Waits until the pods are so; answers how long after `begin` that was.
fn until(
    begin: Instant,
    limit: Duration,
    before: &[Pod],
    is_so: impl Fn(&[Pod]) -> bool,
) -> Result<Duration> {
    loop {
        let now = untouched(before)?;
        let elapsed = begin.elapsed();
        ensure!(elapsed <= limit, "it takes longer than {}: {now:?}", Took(limit));
        if is_so(&now) {
            return Ok(elapsed);
        }
        thread::sleep(PAUSE);
    }
}

/// Who needs the database is unready, and who does not is ready: the frontend shows what has happened.
fn has_noticed(pods: &[Pod]) -> bool {
    pods.iter().all(|pod| pod.ready == (pod.component == "frontend"))
}

/// The pods, which have to be those from before, never restarted since.
fn untouched(before: &[Pod]) -> Result<Vec<Pod>> {
    let now = pods()?;
    let lives = |pods: &[Pod]| -> Vec<(String, u64)> {
        pods.iter().map(|pod| (pod.name.clone(), pod.restarts)).collect()
    };
    if lives(before) != lives(&now) {
        bail!("pods were replaced or restarted\nbefore: {before:?}\nnow: {now:?}");
    }
    Ok(now)
}

/// The pods of the three services, by name.
fn pods() -> Result<Vec<Pod>> {
    let list = get(&["pods", "-l", APP, "-n", NAMESPACE])?;
    let mut pods: Vec<Pod> =
        list["items"].as_array().into_iter().flatten().map(Pod::read).collect();
    pods.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(pods)
}

impl Pod {
    fn read(object: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let of_status = |key: &str| object["status"][key].as_array().into_iter().flatten();
        Self {
            name: text(&object["metadata"]["name"]),
            component: text(&object["metadata"]["labels"]["component"]),
            ready: of_status("conditions")
                .any(|condition| condition["type"] == "Ready" && condition["status"] == "True"),
            restarts: of_status("containerStatuses")
                .filter_map(|status| status["restartCount"].as_u64())
                .sum(),
        }
    }
}

fn scale(replicas: u32) -> Result<()> {
    let mut scale = kubectl(&["scale", "statefulset/postgres", "-n", NAMESPACE]);
    process::output(scale.arg(format!("--replicas={replicas}"))).map(drop)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn pod(component: &str, ready: &str) -> Pod {
        Pod::read(&json!({
            "metadata": { "name": format!("{component}-1"), "labels": { "component": component } },
            "status": {
                "conditions": [
                    { "type": "PodScheduled", "status": "True" },
                    { "type": "Ready", "status": ready },
                ],
                "containerStatuses": [{ "name": component, "restartCount": 2 }],
            },
        }))
    }

    #[test]
    fn a_pod_is_read_from_what_kubernetes_says() {
        let expected =
            Pod { name: "mcp-1".into(), component: "mcp".into(), ready: true, restarts: 2 };

        assert_eq!(pod("mcp", "True"), expected);
    }

    #[test]
    fn an_outage_is_noticed_by_all_but_the_frontend() {
        let seen = |frontend, backend, mcp| {
            has_noticed(&[pod("frontend", frontend), pod("backend", backend), pod("mcp", mcp)])
        };

        assert!(seen("True", "False", "False"));
        assert!(!seen("True", "False", "True"));
        assert!(!seen("False", "False", "False"));
    }
}

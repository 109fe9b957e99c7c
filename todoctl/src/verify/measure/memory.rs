//! How much memory the pods use, as the metrics API tells.

use serde::Deserialize;

use super::{Bench, LIMIT};
use crate::{
    cluster::{
        object::{List, Meta},
        quantity::Quantity,
    },
    verify::{
        catalogue as check,
        plan::{MEMORY_AIM, MINIKUBE_MEMORY},
        report::{Finding, Line},
    },
};

#[derive(Debug, Deserialize)]
struct PodMetrics {
    metadata: Meta,
    containers: Vec<ContainerMetrics>,
}

#[derive(Debug, Deserialize)]
struct ContainerMetrics {
    usage: Usage,
}

#[derive(Debug, Deserialize)]
struct Usage {
    memory: Quantity,
}

pub(super) async fn measure(bench: &Bench<'_>) -> Line {
    let url = format!("/apis/metrics.k8s.io/v1beta1/namespaces/{}/pods", bench.target.namespace);
    let asked = bench.kubectl.program("read the metrics of the pods");
    let metrics =
        asked.args(["get", "--raw", url.as_str()]).limit(LIMIT).json::<List<PodMetrics>>().await;
    let ours: Vec<&str> = bench.snapshot.our_pods().map(|pod| pod.metadata.name.as_str()).collect();

    let finding = match metrics {
        Ok(metrics) => judge(&metrics.items, &ours),
        Err(_) => Finding::skipped("the cluster has no metrics server")
            .advise("Add it: `minikube addons enable metrics-server`."),
    };
    finding.on(&check::MEMORY)
}

fn judge(metrics: &[PodMetrics], ours: &[&str]) -> Finding {
    let of_pod = |pod: &PodMetrics| -> u64 {
        pod.containers.iter().map(|container| container.usage.memory.whole()).sum()
    };
    let used: Vec<u64> = metrics
        .iter()
        .filter(|pod| ours.contains(&pod.metadata.name.as_str()))
        .map(of_pod)
        .collect();
    if used.len() < ours.len() {
        return Finding::skipped(format!(
            "the metrics server knows {} of {} pods so far",
            used.len(),
            ours.len()
        ))
        .advise("Verify again in half a minute.");
    }
    let sum: u64 = used.iter().sum();
    Finding::judged(
        sum < MINIKUBE_MEMORY,
        format!("{:.0} MB in {} pods", sum as f64 / 1e6, used.len()),
        "See which pod it is: `kubectl top pods`.",
    )
    .aim(sum < MEMORY_AIM)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::report::Outcome;

    fn metrics(json: &str) -> Vec<PodMetrics> {
        serde_json::from_str(json).expect("items of the metrics API")
    }

    #[test]
    fn memory_is_the_sum_over_our_pods_only() {
        let told = metrics(
            r#"[{"metadata":{"name":"mcp-1"},"containers":[{"usage":{"cpu":"512345n","memory":"12Mi"}}]},
                {"metadata":{"name":"postgres-0"},"containers":[{"usage":{"cpu":"1m","memory":"400Mi"}}]}]"#,
        );

        let finding = judge(&told, &["mcp-1"]);

        assert_eq!(finding.measured, "13 MB in 1 pods");
        assert_eq!(finding.aim_met, Some(true));
    }

    #[test]
    fn a_pod_without_metrics_yet_is_no_verdict() {
        assert_eq!(judge(&[], &["mcp-1"]).outcome, Outcome::Skipped);
    }
}

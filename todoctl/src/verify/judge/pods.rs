//! How the pods are.

use crate::{
    cluster::{object::Pod, snapshot::Snapshot},
    screen::Took,
    verify::{
        plan::{MIGRATE, STABLE_AFTER},
        report::Finding,
    },
};

/// Every pod is Ready and was never restarted.
pub(super) fn running(snapshot: &Snapshot) -> Finding {
    let pods: Vec<&Pod> = snapshot.our_pods().collect();
    let ready = pods.iter().filter(|pod| pod.is_ready()).count();
    let restarts: u32 = pods.iter().map(|pod| pod.restarts()).sum();
    let measured = format!("{ready} of {} Ready, {restarts} restarts", pods.len());

    if let Some(trouble) = snapshot.trouble(pods.iter().copied()) {
        return Finding::failed(format!("{measured}; {}", trouble.what), trouble.advice.as_str());
    }
    if let Some(pod) = pods.iter().find(|pod| pod.restarts() > 0) {
        let (name, namespace) = (&pod.metadata.name, &pod.metadata.namespace);
        let advice = format!(
            "See why {name} was restarted: `kubectl logs -n {namespace} {name} --all-containers --previous`."
        );
        return Finding::failed(measured, advice);
    }
    Finding::judged(
        !pods.is_empty() && ready == pods.len(),
        measured,
        "Wait a moment: `todoctl status` shows what each pod is doing.",
    )
}

/// The same when the youngest pod is five minutes old.
pub(super) fn stable(snapshot: &Snapshot) -> Finding {
    let Some(age) = snapshot.our_pods().map(|pod| pod.age(snapshot.now)).min() else {
        return Finding::failed("no pods", "Install it: `todoctl up`.");
    };
    let restarts: u32 = snapshot.our_pods().map(Pod::restarts).sum();
    let ready = snapshot.our_pods().all(Pod::is_ready);
    let measured = format!("{restarts} restarts, youngest pod {} old", Took(age));
    if restarts > 0 || (!ready && age >= STABLE_AFTER) {
        return Finding::failed(measured, "The line above says what is wrong.");
    }
    if age < STABLE_AFTER {
        let left = Took(STABLE_AFTER - age);
        return Finding::skipped(format!("youngest pod {} old", Took(age)))
            .advise(format!("Verify again in {left}, or with --wait-stable."));
    }
    Finding::passed(measured)
}

/// The init container of each backend pod ended well before the backend started.
pub(super) fn migrations(snapshot: &Snapshot, namespace: &str) -> Finding {
    let pods: Vec<&Pod> = snapshot.pods_of("backend").collect();
    let mut times = Vec::new();
    for pod in &pods {
        let name = &pod.metadata.name;
        let look = format!("See what it says: `kubectl logs -n {namespace} {name} -c {MIGRATE}`.");
        if !pod.spec.init_containers.iter().any(|container| container.name == MIGRATE) {
            return Finding::failed(
                format!("{name} has no init container {MIGRATE}"),
                "Install the chart or k8s/ as it is.",
            );
        }
        let status = pod.status_of(MIGRATE);
        let Some(ended) = status.and_then(|status| status.state.terminated.as_ref()) else {
            return Finding::failed(format!("{name}: {}", pod.word()), look);
        };
        let main = pod.status_of("backend").and_then(|status| status.state.running.as_ref());
        let started = main.and_then(|running| running.started_at);
        let in_order = match (ended.finished_at, started) {
            (Some(ended), Some(started)) => ended <= started,
            _ => true,
        };
        if ended.exit_code != 0 || !in_order {
            return Finding::failed(format!("{name}: status {}", ended.exit_code), look);
        }
        if let (Some(from), Some(to)) = (ended.started_at, ended.finished_at) {
            times.push(to.duration_since(from).as_secs());
        }
    }
    let Some(longest) = times.iter().max() else {
        return Finding::failed("no backend pod", "See the pods: `todoctl status`.");
    };
    Finding::passed(match longest {
        0 => format!("{} pods, each under 1 s", pods.len()),
        seconds => format!("{} pods, up to {seconds} s", pods.len()),
    })
}

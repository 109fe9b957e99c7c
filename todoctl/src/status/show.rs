//! The screen.

use std::time::Duration;

use console::style;

use super::Status;
use crate::{cluster::object::Pod, screen::Table};

/// Place, address and release; the pods; what is wrong.
pub(super) fn screen(status: &Status<'_>, namespace: &str) -> String {
    let mut out = vec![
        format!("{} on {}", style(namespace).bold(), status.context),
        format!("Release   {}", status.release),
        format!("Address   {}", status.address),
        String::new(),
        pods(status).to_string(),
        String::new(),
    ];
    match (status.troubles.is_empty(), status.starting) {
        (true, false) => out.push(format!("{} Nothing is wrong.", style("✓").green())),
        (true, true) => {
            out.push("… Not all pods are ready yet, and nothing is wrong so far.".to_owned());
        }
        _ => {}
    }
    for (what, advice) in &status.troubles {
        out.push(format!("{} {what}", style("✗").red()));
        out.push(format!("  → {advice}"));
    }
    out.join("\n")
}

fn pods(status: &Status<'_>) -> Table {
    let snapshot = status.snapshot;
    let mut table = Table::new(["POD", "STATE", "READY", "RESTARTS", "AGE", "NODE"]);
    let mut pods: Vec<&Pod> = snapshot.pods.iter().collect();
    pods.sort_by_key(|pod| {
        let place = ["frontend", "backend", "mcp"]
            .iter()
            .position(|name| Some(*name) == pod.component())
            .unwrap_or(usize::MAX);
        (place, &pod.metadata.name)
    });
    for pod in pods {
        let word = pod.word();
        let state = match word.as_str() {
            "Running" | "Succeeded" => style(word).green(),
            "Pending" | "Terminating" | "ContainerCreating" | "PodInitializing" => {
                style(word).dim()
            }
            "Init:migrate" | "Not ready" => style(word).yellow(),
            _ => style(word).red(),
        };
        let (ready, of) = pod.ready_containers();
        table.row([
            pod.metadata.name.clone(),
            state.to_string(),
            format!("{ready}/{of}"),
            pod.restarts().to_string(),
            age(pod.age(snapshot.now)),
            pod.spec.node_name.clone(),
        ]);
    }
    table
}

/// A time that need not be exact: `12 s`, `5 min`, `3 h`, `2 d`.
fn age(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..120 => format!("{seconds} s"),
        seconds @ 120..7200 => format!("{} min", seconds / 60),
        seconds @ 7200..172_800 => format!("{} h", seconds / 3600),
        seconds => format!("{} d", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_have_one_number() {
        let shown = |seconds| age(Duration::from_secs(seconds));

        assert_eq!(shown(12), "12 s");
        assert_eq!(shown(300), "5 min");
        assert_eq!(shown(10_000), "2 h");
        assert_eq!(shown(200_000), "2 d");
    }
}

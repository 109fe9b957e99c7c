//! What the pods' logs tell: how long each start took, and whether the database was ever missed.

use std::{fmt, time::Duration};

use futures::{StreamExt as _, stream};
use jiff::Timestamp;

use super::{AT_ONCE, Bench, LIMIT};
use crate::{
    cluster::{object::Pod, pod::between},
    logs::{Entry, Level},
    screen::Took,
    verify::{
        catalogue as check,
        plan::{COLD_START, COLD_START_AIM},
        report::{Finding, Line},
    },
};

/// The start of a log: the line `ready` is among the first.
const HEAD: &str = "--limit-bytes=262144";

/// How far back errors count. An outage that is long over is no reason to fail for ever.
const SINCE: &str = "--since=10m";

/// One pod's log.
struct Log {
    pod: String,
    /// How long it took from its creation until it said `ready`; whole seconds.
    to_ready: Option<Duration>,
    /// Nothing when the log does not reach back to it.
    start: Option<Start>,
    /// How many of its lines in the last minutes were looked at, and those about a missing database.
    lines: usize,
    errors: Vec<String>,
}

/// From the start of the process to `ready`.
struct Start {
    /// What the program took itself.
    own: Duration,
    /// How long it could have worked, had the database been there.
    waited: Duration,
}

pub(super) async fn measure(bench: &Bench<'_>) -> Vec<Line> {
    // Those that do not run say nothing; that they do not is another line's matter.
    let running = bench.snapshot.our_pods().filter(|pod| pod.runs());
    let logs: Vec<Result<Log, String>> =
        stream::iter(running).map(|pod| read(bench, pod)).buffered(AT_ONCE).collect().await;
    let problem = logs.iter().find_map(|log| log.as_ref().err());
    if let Some(problem) = problem {
        let advice = "May you read logs (`kubectl auth can-i get pods/log`)?";
        let failed = || Finding::failed(problem.as_str(), advice);
        return vec![failed().on(&check::COLD_START), failed().on(&check::DATABASE_ERRORS)];
    }
    let logs: Vec<Log> = logs.into_iter().flatten().collect();
    vec![cold_start(&logs).on(&check::COLD_START), errors(&logs).on(&check::DATABASE_ERRORS)]
}

async fn read(bench: &Bench<'_>, pod: &Pod) -> Result<Log, String> {
    let name = pod.metadata.name.as_str();
    let container = pod.main_container().map_or("", |container| container.name.as_str());
    let log = async |part: &str| {
        let asked = bench.kubectl.program(format!("read the log of the pod {name}"));
        let args = ["logs", name, "--container", container, part];
        let said = asked.args(args).limit(LIMIT).text().await;
        said.map_err(|error| error.to_string().replace('\n', " "))
    };
    let (head, recent) = (log(HEAD).await?, log(SINCE).await?);
    Ok(judge(pod, &head, &recent))
}

fn judge(pod: &Pod, head: &str, recent: &str) -> Log {
    let ready = head.lines().map(Entry::read).find(|entry| entry.message == "ready");
    let ready_at = ready.as_ref().and_then(|entry| entry.at);
    // Until the first `ready` a database may still be starting, too.
    let recent: Vec<Entry> = recent
        .lines()
        .map(Entry::read)
        .filter(|entry| ready_at.is_none_or(|ready| entry.at.is_none_or(|at| at >= ready)))
        .collect();
    let errors = recent.iter().filter(|entry| misses_the_database(entry));
    Log {
        pod: pod.short_name(),
        to_ready: seconds(pod.metadata.creation_timestamp, ready_at),
        start: ready.as_ref().and_then(Start::read),
        errors: errors.map(in_short).collect(),
        lines: recent.len(),
    }
}

impl Start {
    fn read(ready: &Entry) -> Option<Self> {
        let field = |name| ready.fields.get(name)?.as_u64().map(Duration::from_millis);
        let waited = field("waited_ms").unwrap_or_default();
        Some(Self { own: field("start_ms")?.saturating_sub(waited), waited })
    }
}

fn seconds(from: Option<Timestamp>, to: Option<Timestamp>) -> Option<Duration> {
    between(from?, to?)
}

/// What went wrong, without the request that noticed it.
fn in_short(entry: &Entry) -> String {
    let said = ["check", "error"].iter().filter_map(|name| entry.field(name));
    said.fold(entry.message.clone(), |text, value| format!("{text}, {value}"))
}

/// A warning or an error that says that the database could not be reached.
fn misses_the_database(entry: &Entry) -> bool {
    let text = || entry.to_string().to_ascii_lowercase();
    entry.level.is_some_and(|level| level >= Level::Warn)
        && (entry.field("check") == Some("database")
            || ["database", "connection refused", "pool timed out", "store"]
                .iter()
                .any(|word| text().contains(word)))
}

fn cold_start(logs: &[Log]) -> Finding {
    let known: Vec<(&Log, &Start)> =
        logs.iter().filter_map(|log| Some((log, log.start.as_ref()?))).collect();
    let Some(slowest) = known.iter().map(|(_, start)| start.own).max() else {
        return Finding::skipped("no log reaches back to the start, or none is at level info");
    };
    let each: Vec<String> =
        known.iter().map(|(log, start)| format!("{} {start}", log.pod)).collect();
    let alone = known.iter().filter(|(_, start)| start.waited.is_zero());
    let created = alone.filter_map(|(log, _)| log.to_ready).max();
    let since_creation = created
        .map_or_else(String::new, |time| format!("; from a pod's creation up to {}", Took(time)));
    Finding::judged(
        slowest < COLD_START,
        format!("{}{since_creation}", each.join(", ")),
        "See what the slow one did: `todoctl logs`. A limit of processors below the plan's slows a start down.",
    )
    .aim(slowest < COLD_START_AIM)
}

/// The program's own time, and how long it waited: `154 ms (+12 s without the database)`.
impl fmt::Display for Start {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ms", self.own.as_millis())?;
        if !self.waited.is_zero() {
            write!(f, " (+{} without the database)", Took(self.waited))?;
        }
        Ok(())
    }
}

fn errors(logs: &[Log]) -> Finding {
    let lines: usize = logs.iter().map(|log| log.lines).sum();
    let errors: usize = logs.iter().map(|log| log.errors.len()).sum();
    let measured = format!("{errors} of {lines} lines in 10 min");
    let Some(last) = logs.iter().find_map(|log| Some((&log.pod, log.errors.last()?))) else {
        return Finding::passed(measured);
    };
    Finding::failed(
        format!("{measured}; {}: {}", last.0, last.1),
        "Is the database there, and is DATABASE_URL right? `todoctl logs --level warn` shows all of them.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::report::Outcome;

    fn pod() -> Pod {
        serde_json::from_value(serde_json::json!({
            "metadata": { "name": "backend-5d9c7b9f4-x7k2p", "creationTimestamp": "2026-11-21T15:00:00Z" },
        }))
        .expect("a pod")
    }

    const READY: &str =
        r#"{"timestamp":"2026-11-21T15:00:04.5Z","level":"INFO","message":"ready","start_ms":87}"#;

    #[test]
    fn the_start_is_read_from_the_line_ready() {
        let log = judge(&pod(), &format!("booting\n{READY}\n"), READY);

        let finding = cold_start(&[log]);

        assert_eq!(finding.measured, "backend-x7k2p 87 ms; from a pod's creation up to 4.5 s");
        assert_eq!(finding.aim_met, Some(true));
    }

    #[test]
    fn waiting_for_the_database_is_not_a_programs_own_start() {
        let line = READY.replace("87}", r#"8130,"waited_ms":8000}"#);

        let finding = cold_start(&[judge(&pod(), &line, "")]);

        assert_eq!(finding.measured, "backend-x7k2p 130 ms (+8.0 s without the database)");
        assert_eq!(finding.outcome, Outcome::Passed);
    }

    #[test]
    fn only_what_was_logged_after_ready_counts_as_an_error() {
        let missing = |at: &str| {
            format!(
                r#"{{"timestamp":"2026-11-21T15:00:{at}Z","level":"WARN","message":"not ready","check":"database"}}"#
            )
        };
        let recent = [missing("01"), READY.to_owned(), missing("40")].join("\n");

        let finding = errors(&[judge(&pod(), READY, &recent)]);

        assert_eq!(finding.measured, "1 of 2 lines in 10 min; backend-x7k2p: not ready, database");
    }

    #[test]
    fn a_log_that_was_rotated_away_is_no_verdict() {
        let log = judge(&pod(), "", "");

        assert!(cold_start(&[log]).measured.contains("no log reaches back"));
    }
}

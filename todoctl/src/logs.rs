//! `todoctl logs`: the logs of all pods as one, in the order of time, readable.

mod entry;
mod follow;
mod show;
mod source;

use std::{process::ExitCode, time::Duration};

use anyhow::Result;
use clap::{Args, ValueEnum};
use futures::{StreamExt as _, stream};
use jiff::Timestamp;

pub(crate) use entry::{Entry, Level};
use show::Printer;
use source::Source;

use crate::{
    cluster::{object::Pod, unreachable::Unreachable},
    session::Session,
    tools::kubectl::Kubectl,
};

/// How many lines of each container are shown when nobody says how far back.
const TAIL: usize = 200;

/// How many logs are read at a time.
const AT_ONCE: usize = 6;

/// How long reading one log may take.
const LIMIT: Duration = Duration::from_mins(1);

/// Flags of `todoctl logs`.
#[derive(Debug, Args)]
pub(crate) struct LogsArgs {
    /// Only these; the backend includes its migrations (several: repeat it, or use commas)
    #[arg(long, short, value_enum, value_delimiter = ',')]
    component: Vec<Component>,
    /// Only lines of this level and above
    #[arg(long, value_enum, default_value = "trace", hide_default_value = true)]
    level: Level,
    /// Only what is younger: 30s, 10m, 2h
    #[arg(long, value_name = "TIME", value_parser = since)]
    since: Option<String>,
    /// How many of the last lines of each container, before filtering (default: 200, all with --since)
    #[arg(long, value_name = "LINES")]
    tail: Option<usize>,
    /// Goes on with what is logged from now on, also by pods that come later
    #[arg(long, short)]
    follow: bool,
    /// What a restarted container said before it ended
    #[arg(long, conflicts_with = "follow")]
    previous: bool,
}

/// What logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Component {
    Frontend,
    Backend,
    Mcp,
    Migrate,
    Postgres,
}

impl Component {
    fn covers(self, source: &Source) -> bool {
        match self {
            Self::Frontend => source.component == "frontend",
            Self::Backend => source.component == "backend",
            Self::Mcp => source.component == "mcp",
            Self::Migrate => source.container == "migrate",
            Self::Postgres => source.component == "postgres",
        }
    }
}

/// One line, with where and when it was logged.
#[derive(Debug, Clone)]
struct Logged {
    at: Option<Timestamp>,
    source: Source,
    entry: Entry,
}

impl LogsArgs {
    fn wants(&self, source: &Source) -> bool {
        self.component.is_empty() || self.component.iter().any(|one| one.covers(source))
    }

    /// The flags of `kubectl logs`.
    fn flags(&self) -> Vec<String> {
        let tail = match (self.tail, &self.since) {
            (Some(lines), _) => Some(lines),
            (None, Some(_)) => None,
            (None, None) => Some(TAIL),
        };
        // Kubernetes' own times order lines of programs that write none.
        let mut flags = vec!["--timestamps".to_owned()];
        flags.extend(tail.map(|lines| format!("--tail={lines}")));
        flags.extend(self.since.as_ref().map(|since| format!("--since={since}")));
        flags.extend(self.previous.then(|| "--previous".to_owned()));
        flags
    }
}

/// Runs the command.
pub(crate) async fn run(session: &Session, args: &LogsArgs) -> Result<ExitCode> {
    let kubectl = Kubectl::new(&session.tools, &session.target);
    let sources = wanted(session, &kubectl, args).await?;
    let mut printer = Printer::new(&session.screen, args.level);
    if args.follow {
        follow::run(session, &kubectl, args, sources, &mut printer).await?;
        return Ok(ExitCode::SUCCESS);
    }
    if sources.is_empty() {
        session.screen.say("There is no pod that logs anything: `todoctl status`.");
        return Ok(ExitCode::FAILURE);
    }
    printer.make_room_for(&sources);
    let mut lines: Vec<Logged> = stream::iter(sources)
        .map(|source| read(&kubectl, args, source))
        .buffered(AT_ONCE)
        .collect::<Vec<_>>()
        .await
        .concat();
    session.tools.interrupt.check()?;
    lines.sort_by_key(|line| line.at);
    lines.iter().for_each(|line| printer.print(line));
    Ok(ExitCode::SUCCESS)
}

/// Everything that logs and is asked for.
async fn wanted(session: &Session, kubectl: &Kubectl, args: &LogsArgs) -> Result<Vec<Source>> {
    let pods = kubectl.list::<Pod>("pods", None).await;
    let namespace = &session.target.namespace;
    let pods = pods.map_err(|error| Unreachable::from_error(&error, namespace))?;
    let all = pods.iter().flat_map(Source::of);
    Ok(all.filter(|source| args.wants(source)).collect())
}

/// What one container has logged; nothing when it has not begun.
async fn read(kubectl: &Kubectl, args: &LogsArgs, source: Source) -> Vec<Logged> {
    let asked = kubectl.program(format!("read the log of {source}"));
    let asked = asked.args(["logs", &source.pod, "--container", &source.container]);
    match asked.args(args.flags()).limit(LIMIT).finish().await {
        Ok(ended) if ended.status.success() => {
            ended.stdout.lines().map(|line| Logged::read(&source, line)).collect()
        }
        _ => Vec::new(),
    }
}

impl Logged {
    /// A line of `kubectl logs --timestamps`.
    fn read(source: &Source, line: &str) -> Self {
        let (at, text) = match line.split_once(' ') {
            Some((time, text)) => (time.parse().ok(), text),
            None => (None, line),
        };
        let text = if at.is_some() { text } else { line };
        let entry = Entry::read(text);
        Self { at: at.or(entry.at), source: source.clone(), entry }
    }
}

/// A time as kubectl takes it; refused here, because kubectl would say it once for each container.
fn since(text: &str) -> Result<String, String> {
    let good = text
        .strip_suffix(['s', 'm', 'h'])
        .is_some_and(|number| number.parse::<u32>().is_ok_and(|number| number > 0));
    if good { Ok(text.to_owned()) } else { Err("a time such as 30s, 10m or 2h".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(pod: &str, component: &str, container: &str) -> Source {
        Source {
            pod: pod.to_owned(),
            component: component.to_owned(),
            container: container.to_owned(),
            restarts: 0,
        }
    }

    #[test]
    fn lines_are_ordered_by_the_time_that_kubernetes_wrote() {
        let source = source("postgres-0", "postgres", "postgres");

        let line = Logged::read(&source, "2026-11-21T15:00:00.123456789Z LOG:  ready to accept");
        let plain = Logged::read(&source, "failed to create fsnotify watcher");

        assert_eq!(line.at, Some("2026-11-21T15:00:00.123456789Z".parse().expect("a time")));
        assert_eq!(line.entry.message, "LOG:  ready to accept");
        assert_eq!(
            (plain.at, plain.entry.message.as_str()),
            (None, "failed to create fsnotify watcher")
        );
    }

    #[test]
    fn the_backend_includes_its_migrations_and_migrations_can_be_had_alone() {
        let migrate = source("backend-1", "backend", "migrate");
        let backend = source("backend-1", "backend", "backend");

        assert!(Component::Backend.covers(&migrate) && Component::Backend.covers(&backend));
        assert!(Component::Migrate.covers(&migrate) && !Component::Migrate.covers(&backend));
    }

    #[test]
    fn times_without_a_unit_are_refused() {
        assert_eq!(since("10m"), Ok("10m".to_owned()));
        for wrong in ["10", "m", "-1m", "0s", "1d"] {
            assert!(since(wrong).is_err(), "{wrong}");
        }
    }
}

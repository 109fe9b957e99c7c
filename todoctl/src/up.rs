//! `todoctl up`: from nothing, or from whatever is there, to a stack that works.
//!
//! Every step looks first and acts only where something is to be done, so that running it again is safe and quick. All
//! questions are asked before the images are built.

mod address;
mod capacity;
mod images;
mod ingress;
mod install;
mod place;
mod prerequisites;
mod release;
mod settings;
mod source;
mod standing;
mod wait;

use std::{path::PathBuf, process::ExitCode, time::Duration};

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::{interrupt::Interrupted, session::Session};
use install::Values;
use release::Release;
use settings::Given;
use source::Source;
use standing::Standing;

/// Flags of `todoctl up`.
#[derive(Debug, Clone, Args)]
pub(crate) struct UpArgs {
    /// Checkout with the chart and the Dockerfiles (default: the one that the current folder is in)
    #[arg(long, value_name = "FOLDER")]
    source: Option<PathBuf>,
    #[command(flatten)]
    cluster: ClusterArgs,
    #[command(flatten)]
    images: ImageArgs,
    #[command(flatten)]
    settings: SettingsArgs,
    /// Apply k8s/ with kubectl instead of installing the Helm chart
    #[arg(long)]
    manifests: bool,
    /// How long the pods may take to become ready (90, 90s, 5m)
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = time)]
    timeout: Duration,
    /// Do not verify the stack at the end
    #[arg(long)]
    no_verify: bool,
}

/// Which cluster, when no --context names one, and how it is reached.
#[derive(Debug, Clone, Args)]
struct ClusterArgs {
    /// Kind of local cluster to look for, or to create
    #[arg(long, value_name = "KIND", conflicts_with = "context")]
    cluster: Option<Local>,
    /// Processors of a new Minikube cluster (default: up to 6 of what Docker has)
    #[arg(long, value_name = "COUNT")]
    cpus: Option<u32>,
    /// Memory of a new Minikube cluster in mebibytes (default: 4096, less where Docker has less)
    #[arg(long, value_name = "MIB")]
    memory: Option<u64>,
    /// Class of the Ingress (default: what the cluster has)
    #[arg(long, value_name = "NAME")]
    ingress_class: Option<String>,
    /// Where the Ingress controller answers (IP or IP:PORT), when the cluster does not tell
    #[arg(long, value_name = "ADDRESS")]
    address: Option<String>,
}

/// A cluster on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Local {
    Minikube,
    Kind,
}

impl ClusterArgs {
    fn wants_minikube(&self) -> bool {
        self.cluster == Some(Local::Minikube)
    }

    fn wants_kind(&self) -> bool {
        self.cluster == Some(Local::Kind)
    }

    /// Whether either will do.
    fn is_open(&self) -> bool {
        self.cluster.is_none()
    }
}

/// How the images get into the cluster.
#[derive(Debug, Clone, Args)]
struct ImageArgs {
    /// The cluster has the images already: nothing is built or loaded
    #[arg(long = "images-present", conflicts_with = "load_command")]
    present: bool,
    /// Command that puts local images into the cluster; their names are appended
    #[arg(long, value_name = "COMMAND")]
    load_command: Option<String>,
}

/// Where the database and the secrets come from. No flag takes a secret: other users can read command lines.
#[derive(Debug, Clone, Args)]
struct SettingsArgs {
    /// File of KEY=value lines with DATABASE_URL, BETTER_AUTH_SECRET, OPENAI_API_KEY; the environment wins
    #[arg(long, value_name = "FILE")]
    secrets_file: Option<PathBuf>,
    /// PostgreSQL inside the cluster, instead of a DATABASE_URL
    #[arg(long)]
    dev_database: bool,
    /// What the pods ask of the cluster: the plan's 3.5 processors, or little
    #[arg(long, value_name = "SIZE")]
    requests: Option<Requests>,
}

/// Sizes of what the pods ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Requests {
    Plan,
    Small,
}

/// What a run works on: where, as asked for by whom, from which checkout, over what is installed.
struct Job<'a> {
    session: &'a Session,
    args: &'a UpArgs,
    source: &'a Source,
    release: &'a Release,
}

/// Brings the stack up. Whatever stops it on the way, what is there by then is said.
pub(crate) async fn run(session: &Session, args: &UpArgs) -> Result<ExitCode> {
    let mut standing = Standing::new(session);
    let ended = bring_up(session, args, &mut standing).await;
    if let Err(error) = &ended {
        let interrupted = Interrupted::caused(error);
        if !interrupted {
            session.screen.error(error);
        }
        standing.tell(interrupted).await;
    }
    match ended {
        Err(error) if Interrupted::caused(&error) => Err(error),
        Err(_) => Ok(ExitCode::FAILURE),
        Ok(code) => Ok(code),
    }
}

async fn bring_up(session: &Session, args: &UpArgs, standing: &mut Standing) -> Result<ExitCode> {
    let source = Source::find(args.source.as_deref())?;
    let mut given = Given::read(session, args)?;
    let found = prerequisites::check(session, args).await?;
    let choice = place::choose(session, args, &found).await?;
    if choice.is_new() {
        // Making a cluster takes minutes, and this question would come after them.
        given.ask(session, args).await?;
    }
    let place = choice.ready(session, standing).await?;
    let session = &session.on(&place.context);
    let release = release::find(session, args, standing).await?;

    let job = Job { session, args, source: &source, release: &release };

    let settings = settings::gather(&job, given).await?;
    let values = Values::new(session, &settings, &release);
    let size = capacity::choose(&job, &values).await?;
    let way = ingress::choose(session, args, &place).await?;
    let values = values.sized(size).leading_in(session, &way);

    let images = images::provide(&job, &place, &found, standing).await?;
    install::run(&job, &settings, &values.marked(&images), &images, standing).await?;
    wait::until_ready(&job, &settings).await?;
    address::finish(&job, &way).await
}

/// Nobody waits longer for pods, in seconds; it also keeps sums of times from overflowing.
const LONGEST: u64 = 24 * 60 * 60;

/// A time as people write it: `90`, `90s`, `5m`.
fn time(text: &str) -> Result<Duration, String> {
    let (number, unit) = match text.strip_suffix('m') {
        Some(minutes) => (minutes, 60),
        None => (text.strip_suffix('s').unwrap_or(text), 1),
    };
    let seconds = number.parse::<u64>().ok().and_then(|number| number.checked_mul(unit));
    match seconds.filter(|seconds| (1..=LONGEST).contains(seconds)) {
        Some(seconds) => Ok(Duration::from_secs(seconds)),
        None => Err("a time such as 90, 90s or 5m, and at most a day".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_seconds_unless_they_say_minutes() {
        assert_eq!(time("90"), Ok(Duration::from_secs(90)));
        assert_eq!(time("90s"), Ok(Duration::from_secs(90)));
        assert_eq!(time("5m"), Ok(Duration::from_mins(5)));
        assert!(time("0").is_err());
        assert!(time("soon").is_err());
    }

    #[test]
    fn times_without_end_are_refused() {
        assert_eq!(time("1440m"), Ok(Duration::from_hours(24)));
        for text in
            ["1441m", "999999999999999999m", "18446744073709551615", "-1", "99999999999999999999"]
        {
            assert!(time(text).is_err(), "{text}");
        }
    }
}

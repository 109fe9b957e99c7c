//! Building the images. What the builder says goes to a file; the end of it is shown when it fails.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::Write as _,
    path::PathBuf,
    time::Duration,
};

use anyhow::{Context as _, Result};
use directories::ProjectDirs;

use super::{COMPONENTS, SHORT};
use crate::{
    screen::Step,
    session::Session,
    tools::{
        docker::Docker,
        program::{Line, Program, ProgramError},
    },
    up::{Job, prerequisites::Found},
};

/// A first build compiles several hundred crates.
pub(super) const LIMIT: Duration = Duration::from_hours(1);

/// Everything that the builder says in this run.
struct Log {
    path: PathBuf,
    file: File,
}

/// Builds all three, and answers their short ids.
pub(super) async fn run(
    job: &Job<'_>,
    docker: &Docker,
    found: &Found,
) -> Result<BTreeMap<&'static str, String>> {
    let Job { session, source, .. } = *job;
    let mut log = Log::open()?;
    let mut step = session.screen.step("Build the images");
    let before = ids(docker).await?;

    let programs = if found.buildx { vec![bake(docker)] } else { builds(docker) };
    for program in programs {
        let program = program.dir(&source.root).limit(LIMIT);
        if let Err(error) = program.lines(|line| log.take(line, &mut step)).await {
            return Err(failed(session, error, step, &log));
        }
    }

    let built = ids(docker).await?;
    let missing = COMPONENTS.iter().find(|component| !built.contains_key(*component));
    if let Some(component) = missing {
        anyhow::bail!(
            "the image {component}:latest is not there after building it: see {}",
            log.path.display()
        );
    }
    match built == before {
        true => step.done("unchanged"),
        false => step.done("frontend, backend, mcp"),
    }
    Ok(built)
}

/// All three from one compilation.
fn bake(docker: &Docker) -> Program {
    let program = docker.program("build the images");
    program.args(["buildx", "bake", "--load", "--progress=plain"])
}

/// One after the other, for a Docker without buildx that has BuildKit inside.
fn builds(docker: &Docker) -> Vec<Program> {
    let build = |component: &&str| {
        let (tag, file) = (format!("{component}:latest"), format!("{component}/Dockerfile"));
        let program = docker.program(format!("build the image {component}"));
        let program = program.env("DOCKER_BUILDKIT", "1");
        program.args(["build", "--progress=plain", "-t", &tag, "-f", &file, "."])
    };
    COMPONENTS.iter().map(build).collect()
}

/// The short ids of those images that exist.
async fn ids(docker: &Docker) -> Result<BTreeMap<&'static str, String>> {
    let mut ids = BTreeMap::new();
    for component in COMPONENTS {
        if let Some(id) = docker.image_id(&format!("{component}:latest")).await? {
            let short = id.trim_start_matches("sha256:").chars().take(SHORT).collect();
            ids.insert(component, short);
        }
    }
    Ok(ids)
}

fn failed(session: &Session, error: ProgramError, step: Step, log: &Log) -> anyhow::Error {
    if let ProgramError::Interrupted(stopped) = error {
        return stopped.into();
    }
    step.failed("the builder's last lines are below");
    let path = session.tools.secrets.clean(&log.path.display().to_string());
    anyhow::Error::new(error).context(format!("the images were not built; the whole log is {path}"))
}

impl Log {
    fn open() -> Result<Self> {
        let folders = ProjectDirs::from("", "", "todoctl");
        let folder = folders.context("this user has no folder for caches")?.cache_dir().to_owned();
        fs::create_dir_all(&folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
        let path = folder.join("build.log");
        let file =
            File::create(&path).with_context(|| format!("{} cannot be written", path.display()))?;
        Ok(Self { path, file })
    }

    /// Keeps a line, and shows what the builder is doing.
    fn take(&mut self, line: Line<'_>, step: &mut Step) {
        // A full disk stops the build itself soon enough.
        let _ = writeln!(self.file, "{}", line.text());
        if let Some(doing) = doing(line.text()) {
            step.tick(doing);
        }
    }
}

/// What a line of BuildKit's plain progress tells: `#12 34.5 Compiling tokio v1.54.1`.
fn doing(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('#')?.split_once(' ')?.1;
    let rest = match rest.split_once(' ') {
        Some((seconds, rest)) if seconds.parse::<f64>().is_ok() => rest,
        _ => rest,
    };
    let rest = rest.trim();
    (!rest.is_empty() && !rest.starts_with("DONE") && !rest.starts_with("sha256")).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_builder_does_is_read_from_its_progress() {
        assert_eq!(doing("#12 34.52    Compiling tokio v1.54.1"), Some("Compiling tokio v1.54.1"));
        assert_eq!(doing("#5 [build 3/6] RUN cargo build"), Some("[build 3/6] RUN cargo build"));
        assert_eq!(doing("#5 DONE 12.3s"), None);
        assert_eq!(doing("plain words"), None);
    }
}

//! `cargo xtask test`: everything that can be tested on this machine, set up on the way.

mod app;
mod chart;
mod images;
mod kit;
mod missing;
mod server;
mod setup;
mod steps;
mod summary;

use std::{
    fs,
    time::{Duration, Instant},
};

use anyhow::Result;

pub(crate) use self::app::App;
pub(crate) use self::setup::{browser, node, programs, python};
pub(crate) use self::summary::of as gist;
use self::{kit::Kit, missing::Missing, steps::Step};
use crate::terminal::{self, Took};

/// Options of `cargo xtask test`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// A missing prerequisite is a failure, not a skipped step; only a container engine may be missing.
    #[arg(long)]
    strict: bool,
    /// Only these steps: `browser` in both shapes, or `browser:one`.
    #[arg(long, value_name = "NAME", num_args = 1..)]
    only: Vec<String>,
    /// Lists the steps and ends.
    #[arg(long)]
    list: bool,
}

/// What came of a step.
enum Outcome {
    Passed,
    /// Something is wrong; said where it happened.
    Failed,
    /// It could not run here, and why.
    Skipped(String),
}

/// Runs the chosen steps; true when none failed.
///
/// # Errors
/// When a name given with `--only` is unknown.
pub(crate) fn run(options: &Options) -> Result<bool> {
    if options.list {
        for step in steps::ALL {
            terminal::say(format_args!("{:<20} {}", step.full_name(), step.about));
        }
        return Ok(true);
    }
    let wanted = choose(&options.only)?;
    let started = Instant::now();
    let kit = Kit::default();

    let mut outcomes: Vec<(String, Outcome)> = Vec::new();
    for step in wanted {
        outcomes.push((step.full_name(), carry_out(step, &kit, options.strict)));
    }
    drop(kit);

    Ok(conclude(&outcomes, started.elapsed()))
}

/// The steps that the names stand for, in the order of the table.
fn choose(names: &[String]) -> Result<Vec<&'static Step>> {
    if let Some(name) = names.iter().find(|name| !steps::ALL.iter().any(|step| step.is(name))) {
        anyhow::bail!("there is no step `{name}`; `cargo xtask test --list` names them");
    }
    let chosen = |step: &&Step| names.is_empty() || names.iter().any(|name| step.is(name));
    Ok(steps::ALL.iter().filter(chosen).collect())
}

/// Runs one step and says what came of it.
fn carry_out(step: &Step, kit: &Kit, strict: bool) -> Outcome {
    let name = step.full_name();
    terminal::say(format_args!("....  {name}"));
    let started = Instant::now();
    // That of an earlier run would tell of something else; mostly there is none.
    let _ = fs::remove_file(step.log());

    let outcome = match (step.run)(kit, step) {
        Ok(()) => Outcome::Passed,
        Err(error) => match error.downcast_ref::<Missing>() {
            Some(missing) if !strict || missing.excused => Outcome::Skipped(missing.to_string()),
            Some(missing) => {
                terminal::explain(&format!("{missing} (--strict: a failure)"));
                Outcome::Failed
            }
            None => {
                terminal::explain(&format!("{error:#}"));
                Outcome::Failed
            }
        },
    };
    let sign = match &outcome {
        Outcome::Passed => "ok",
        Outcome::Failed => "FAIL",
        Outcome::Skipped(_) => "skip",
    };
    let log =
        matches!(outcome, Outcome::Passed).then(|| fs::read_to_string(step.log()).ok()).flatten();
    let gist = log.and_then(|log| summary::of(&log)).unwrap_or_default();
    terminal::say(format_args!("{sign:>4}  {name:<20} {:<12} {gist}", Took(started.elapsed())));
    outcome
}

/// Says what was skipped and failed, and closes with one line of counts.
fn conclude(outcomes: &[(String, Outcome)], took: Duration) -> bool {
    let (mut passed, mut skipped, mut failed) = (0, 0, 0);
    terminal::say(format_args!(""));
    for (name, outcome) in outcomes {
        match outcome {
            Outcome::Passed => passed += 1,
            Outcome::Failed => {
                failed += 1;
                terminal::say(format_args!("failed:  {name}"));
            }
            Outcome::Skipped(why) => {
                skipped += 1;
                terminal::say(format_args!("skipped: {name}: {why}"));
            }
        }
    }
    terminal::say(format_args!("not run here: what needs a cluster (cargo xtask cluster-test)"));
    terminal::say(format_args!("took {}", Took(took)));
    terminal::say(format_args!("{passed} passed, {failed} failed, {skipped} skipped"));
    failed == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_without_a_shape_chooses_both() {
        let both: Vec<_> =
            choose(&["browser".to_owned()]).unwrap().iter().map(|step| step.full_name()).collect();
        let one = choose(&["browser:one".to_owned()]).unwrap();

        assert_eq!(both, ["browser:one", "browser:three"]);
        assert_eq!(one.len(), 1);
    }

    #[test]
    fn an_unknown_step_is_an_error_that_says_where_to_look() {
        let error = choose(&["browsre".to_owned()]).err().unwrap().to_string();

        assert!(error.contains("--list"), "{error}");
    }
}

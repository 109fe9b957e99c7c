//! `cargo xtask check`: what can be said about the sources without running them.

mod architecture;
mod arrows;
mod cargo;
mod dependencies;
mod file_size;
mod generated;
mod requirements;

use std::time::Instant;

use anyhow::Result;

use crate::{
    findings::{Findings, report},
    terminal::{self, Took},
};

/// Options of `cargo xtask check`.
#[derive(Default, clap::Args)]
pub(crate) struct Options {
    /// Only these checks.
    #[arg(long, value_name = "NAME", num_args = 1..)]
    only: Vec<String>,
    /// Lists the checks and ends.
    #[arg(long)]
    list: bool,
}

struct Check {
    name: &'static str,
    about: &'static str,
    look: fn() -> Result<Findings>,
}

/// The quick ones first: most mistakes show within a second.
const CHECKS: &[Check] = &[
    Check { name: "format", about: "rustfmt would change nothing", look: cargo::format },
    Check { name: "arrows", about: "crates use only what lies below them", look: arrows::look },
    Check {
        name: "dependencies",
        about: "licences and bans of deny.toml hold",
        look: dependencies::look,
    },
    Check {
        name: "architecture",
        about: "ARCHITECTURE.md names every crate and folder",
        look: architecture::look,
    },
    Check {
        name: "requirements",
        about: "docs/requirements.md has every id, and what it names exists",
        look: requirements::look,
    },
    Check { name: "file-size", about: "long files say why", look: file_size::look },
    Check { name: "clippy", about: "no lint of the workspace fires", look: cargo::clippy },
    Check {
        name: "rustdoc",
        about: "the documentation builds without a warning",
        look: cargo::rustdoc,
    },
    Check {
        name: "generated",
        about: "generated files are what their generators write",
        look: generated::look,
    },
];

/// Runs the checks; true when none found anything.
///
/// # Errors
/// When a name given with `--only` is unknown.
pub(crate) fn run(options: &Options) -> Result<bool> {
    if options.list {
        for check in CHECKS {
            terminal::say(format_args!("{:<14} {}", check.name, check.about));
        }
        return Ok(true);
    }
    if let Some(name) = options.only.iter().find(|name| CHECKS.iter().all(|c| c.name != **name)) {
        anyhow::bail!("there is no check `{name}`; `cargo xtask check --list` names them");
    }

    let started = Instant::now();
    let mut failed = Vec::new();
    let chosen = CHECKS
        .iter()
        .filter(|check| options.only.is_empty() || options.only.iter().any(|n| n == check.name));
    for check in chosen {
        if !report(check.name, check.look) {
            failed.push(check.name);
        }
    }

    if failed.is_empty() {
        terminal::say(format_args!("check: all good ({})", Took(started.elapsed())));
    } else {
        terminal::say(format_args!("check: {} failed", failed.join(", ")));
    }
    Ok(failed.is_empty())
}

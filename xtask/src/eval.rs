//! `cargo xtask eval`: how many sentences of a corpus the assistant understands.

use std::path::PathBuf;

use anyhow::Result;

use crate::{
    process, terminal,
    test::{App, programs},
};

/// Options of `cargo xtask eval`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Files of cases, one JSON object a line; without any, the sample in `e2e/eval/`.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Ask an app that runs already, instead of starting one.
    #[arg(long, value_name = "URL")]
    base: Option<String>,
    /// The share that must be understood.
    #[arg(long, default_value = "0.95")]
    need: String,
    /// Shows the sentences that were understood, too.
    #[arg(long, short)]
    verbose: bool,
}

/// Runs the corpus; true when enough was understood and nothing was written that must not be.
///
/// # Errors
/// When the app cannot be built or started.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let started = match options.base {
        Some(_) => None,
        None => {
            terminal::say(format_args!("building and starting the app"));
            Some(App::one(&programs::build()?)?)
        }
    };
    let base = options.base.clone().or(started.as_ref().map(App::url));

    let mut runner = process::program("python3");
    runner.args(["-B", "-u"]).arg(crate::tree::root().join("e2e/eval/run_eval.py"));
    // Paths of files are the caller's.
    runner.current_dir(std::env::current_dir()?);
    runner.args(["--base", &base.expect("given or just started"), "--need", &options.need]);
    if !options.files.is_empty() {
        runner.arg("--cases").args(&options.files);
    }
    if options.verbose {
        runner.arg("-v");
    }
    Ok(runner.status()?.success())
}

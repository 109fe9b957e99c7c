//! Checks, tests and generators of this repository: `cargo xtask help` lists them.

mod terminal;
mod tree;

mod findings;
mod process;

mod chart;
mod check;
mod cluster_test;
mod eval;
mod manifests;
mod quick_add;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The daily commands of this repository; continuous integration runs the same ones.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Quick checks of the sources: format, lints, documentation, arrows between crates, dependencies.
    Check(check::Options),
    /// Everything that can be tested here, with what the tests need set up in `target/`.
    Test(test::Options),
    /// What is generated from the chart: `k8s/`, its renderings, the contract of its values.
    Manifests(manifests::Options),
    /// The tables of `docs/quick-add.md`, from those of the tests.
    QuickAdd(quick_add::Options),
    /// The plan's ways of installing, on the cluster of the current context.
    ClusterTest(cluster_test::Options),
    /// How many sentences of a corpus the assistant understands.
    Eval(eval::Options),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Task::Check(options) => check::run(&options),
        Task::Test(options) => test::run(&options),
        Task::Manifests(options) => manifests::run(&options),
        Task::QuickAdd(options) => quick_add::run(&options),
        Task::ClusterTest(options) => cluster_test::run(&options),
        Task::Eval(options) => eval::run(&options),
    };

    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            terminal::say(format_args!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

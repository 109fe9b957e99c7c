//! The checks that cargo's own tools do.

use anyhow::Result;

use crate::{findings::Findings, process};

/// rustfmt would change nothing; names the files where it would.
pub(super) fn format() -> Result<Findings> {
    run(&["fmt", "--all", "--", "--check", "--files-with-diff"], &[])
}

/// No lint of the workspace fires, in tests and examples neither.
pub(super) fn clippy() -> Result<Findings> {
    run(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "--deny", "warnings"], &[])
}

/// The documentation builds without a warning, that of private items too.
pub(super) fn rustdoc() -> Result<Findings> {
    run(
        &["doc", "--quiet", "--workspace", "--no-deps", "--document-private-items"],
        &[("RUSTDOCFLAGS", "--deny warnings")],
    )
}

fn run(arguments: &[&str], environment: &[(&str, &str)]) -> Result<Findings> {
    let mut cargo = process::program("cargo");
    cargo.args(arguments).envs(environment.iter().copied());

    let done = cargo.output()?;
    if done.status.success() {
        return Ok(Vec::new());
    }
    let said = [done.stdout, done.stderr].concat();
    Ok(vec![String::from_utf8_lossy(&said).into_owned()])
}

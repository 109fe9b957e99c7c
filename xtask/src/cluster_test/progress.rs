//! One line for each thing that was done on the cluster, with its time.

use std::time::Instant;

use anyhow::Result;

use crate::terminal::{self, Took};

/// How many steps went well so far.
#[derive(Default)]
pub(super) struct Progress {
    pub(super) passed: usize,
    pub(super) failed: usize,
}

impl Progress {
    /// A line above the steps of one way.
    pub(super) fn begin(&self, title: &str) {
        terminal::say(format_args!("\n{title}"));
    }

    /// Does one thing and says what came of it; what `act` hands back is told behind the time.
    ///
    /// # Errors
    /// When it went wrong, which was said.
    pub(super) fn step(&mut self, name: &str, act: impl FnOnce() -> Result<String>) -> Result<()> {
        let started = Instant::now();
        let outcome = act();
        let took = Took(started.elapsed()).to_string();
        match outcome {
            Ok(detail) => {
                self.passed += 1;
                terminal::say(format_args!("  ok  {name:<33} {took:<10} {}", detail.trim()));
                Ok(())
            }
            Err(error) => {
                self.failed += 1;
                terminal::say(format_args!("FAIL  {name:<33} {took}"));
                terminal::explain(&format!("{error:#}"));
                Err(error)
            }
        }
    }
}

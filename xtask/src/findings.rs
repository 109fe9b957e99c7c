//! What a check finds, and the lines that tell of it.

use std::time::Instant;

use anyhow::Result;

use crate::terminal::{self, Took};

/// One entry for each thing to mend, none when all is well.
pub(crate) type Findings = Vec<String>;

/// Runs a check and says what came of it; true when it found nothing. A check that breaks has found that.
pub(crate) fn report(name: &str, look: impl FnOnce() -> Result<Findings>) -> bool {
    let started = Instant::now();
    let findings = look().unwrap_or_else(|error| vec![format!("{error:#}")]);

    let sign = if findings.is_empty() { "ok" } else { "FAIL" };
    terminal::say(format_args!("{sign:>4}  {name:<14} {}", Took(started.elapsed())));
    for finding in &findings {
        terminal::explain(finding);
    }
    findings.is_empty()
}

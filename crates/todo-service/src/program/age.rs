//! For how long this process has been there.

use std::{
    fs,
    sync::OnceLock,
    time::{Duration, Instant},
};

/// The kernel counts the start of processes in these, on every architecture that Linux runs on today.
const TICKS_PER_SECOND: u64 = 100;

/// A process that is older when its first line runs did not see its clock right: containers may be shown another one.
const PLAUSIBLE: Duration = Duration::from_secs(60);

/// When the process began, as far as can be told.
static BEGUN: OnceLock<(Instant, Duration)> = OnceLock::new();

/// Notes the time; the first line of a program calls it. What the system did before that (loading, linking) is counted
/// where the system tells it, to a hundredth of a second.
pub(super) fn remember() {
    BEGUN.get_or_init(|| {
        let before = told_by_the_kernel().filter(|age| *age < PLAUSIBLE).unwrap_or_default();
        (Instant::now(), before)
    });
}

/// The time since this process began; where nobody [noted](remember) the beginning, since the first call.
pub fn age() -> Duration {
    remember();
    BEGUN.get().map_or(Duration::ZERO, |(noted, before)| *before + noted.elapsed())
}

fn told_by_the_kernel() -> Option<Duration> {
    let started = started(&fs::read_to_string("/proc/self/stat").ok()?)?;
    let uptime: f64 = fs::read_to_string("/proc/uptime").ok()?.split(' ').next()?.parse().ok()?;
    Duration::try_from_secs_f64(uptime).ok()?.checked_sub(started)
}

/// From the machine's start to that of the process with this line.
fn started(stat: &str) -> Option<Duration> {
    // The program's name stands in parentheses and may hold spaces; the start is the 22nd field, the 20th behind it.
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks: u64 = fields.split_whitespace().nth(19)?.parse().ok()?;
    Some(Duration::from_millis(ticks * (1000 / TICKS_PER_SECOND)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_is_found_behind_a_name_with_spaces() {
        let stat = "7 (a (b) c) S 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 4 0 12345 9 8 7";

        assert_eq!(started(stat), Some(Duration::from_millis(123_450)));
    }

    #[test]
    fn an_age_grows() {
        let young = age();

        assert!(age() >= young);
    }
}

//! What these commands say: plain lines, one for each thing that was done, and a verdict at the end.

use std::{
    fmt,
    io::{self, Write},
    time::Duration,
};

/// Prints one line. A closed pipe (`cargo xtask test | head`) is no reason to fail.
pub(crate) fn say(line: fmt::Arguments<'_>) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

/// Prints `text` indented, below the line that it explains.
pub(crate) fn explain(text: &str) {
    for line in text.trim_end().lines() {
        say(format_args!("      {line}"));
    }
}

/// The last `count` lines of `text`: where a program that failed says why.
pub(crate) fn tail(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

/// A duration for people: `0.4 s`, `12 s`, `3 min 20 s`.
pub(crate) struct Took(pub(crate) Duration);

impl fmt::Display for Took {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        if seconds < 10 {
            write!(f, "{:.1} s", self.0.as_secs_f64())
        } else if seconds < 60 {
            write!(f, "{seconds} s")
        } else {
            write!(f, "{} min {} s", seconds / 60, seconds % 60)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_like_durations() {
        let shown = |ms| Took(Duration::from_millis(ms)).to_string();

        assert_eq!(shown(420), "0.4 s");
        assert_eq!(shown(12_900), "12 s");
        assert_eq!(shown(200_000), "3 min 20 s");
    }

    #[test]
    fn a_tail_is_the_end_of_a_text_and_all_of_a_short_one() {
        assert_eq!(tail("a\nb\nc\n", 2), "b\nc");
        assert_eq!(tail("a\n", 5), "a");
    }
}

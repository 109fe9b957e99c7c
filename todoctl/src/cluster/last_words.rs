//! What the log says about a pod's trouble: mostly the reason.

use super::trouble::{Life, Log, Trouble};
use crate::{
    logs::{Entry, Level},
    tools::kubectl::Kubectl,
};

/// A program that is not ready goes on and logs other things, too.
const LINES: usize = 40;

/// The trouble with the words of the container's log that explain it, if there are any and they can be read.
pub(super) async fn added(kubectl: &Kubectl, mut trouble: Trouble) -> Trouble {
    let Some(Log { container, of }) = &trouble.log else { return trouble };
    let log = match of {
        Life::Previous => kubectl.logs_before(&trouble.pod, container, LINES).await,
        Life::Present | Life::Last => kubectl.logs(&trouble.pod, container, LINES).await,
    };
    if let Some(words) = log.ok().and_then(|log| telling(&log, *of)) {
        trouble.what = format!("{}; it said: {words}", trouble.what);
    }
    trouble
}

/// The last line of a program that has ended; the last complaint of one that runs.
fn telling(log: &str, of: Life) -> Option<String> {
    let entries = || log.lines().filter(|line| !line.trim().is_empty()).map(Entry::read);
    let complains = |entry: &Entry| entry.level.is_some_and(|level| level >= Level::Warn);
    let entry = match of {
        Life::Present => entries().rfind(complains),
        Life::Last | Life::Previous => entries().next_back(),
    }?;
    Some(match entry.field("error") {
        Some(error) => format!("{}, {error}", entry.message),
        None => entry.message,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_of_a_program_that_ended_says_why() {
        let log = "waiting\nstopped: no such database\n\n";

        assert_eq!(telling(log, Life::Last).as_deref(), Some("stopped: no such database"));
        assert_eq!(telling("", Life::Last), None);
    }

    #[test]
    fn the_last_complaint_of_a_program_that_runs_says_why() {
        let log = [
            r#"{"level":"WARN","message":"not ready","check":"database","error":"refused"}"#,
            r#"{"level":"INFO","message":"answered","status":200}"#,
        ]
        .join("\n");

        assert_eq!(telling(&log, Life::Present).as_deref(), Some("not ready, refused"));
        assert_eq!(telling("just text", Life::Present), None);
    }
}

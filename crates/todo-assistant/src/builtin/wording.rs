//! What the assistant says. Everything that it says was done is rendered from what a tool answered.

mod day;
mod lists;

pub(crate) use day::Voice;
pub(super) use day::due;
pub(super) use lists::{line, noun};

use todo_api::tools::{Done, TaskResult, ToolTask};

/// Names more tasks than this are only counted.
const NAMED: usize = 8;

pub(super) const NOT_UNDERSTOOD: &str = "I did not understand that, and nothing changed. Try “add buy milk tomorrow” or “what is due today?”.";
pub(super) const TOO_LATE: &str = "That question is more than five minutes old, so nothing changed. Ask again if you still want it.";
/// Said to what is no answer to a plan.
pub(super) const NEITHER: &str =
    "That was neither a yes nor a no, so nothing changed. Ask again if you still want it.";
pub(super) const ALL_RIGHT: &str = "All right, nothing changed.";

/// A task as sentences name it: "Pay rent (task 3)".
pub(crate) fn name(task: &ToolTask) -> String {
    format!("{} (task {})", task.title, task.id)
}

/// "a, b and c"
pub(crate) fn joined(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The tasks of a kind of outcome, as a list in a sentence.
fn named(done: &Done, outcome: &str) -> Option<(usize, String)> {
    let results: Vec<&TaskResult> =
        done.results.iter().filter(|result| result.outcome == outcome).collect();
    let name = |result: &&TaskResult| {
        result.task.as_ref().map_or_else(|| format!("task {}", result.id), name)
    };
    let count = results.len();
    match count {
        0 => None,
        1..=NAMED => Some((count, joined(&results.iter().map(name).collect::<Vec<_>>()))),
        _ => {
            let first: Vec<String> = results.iter().take(NAMED - 1).map(name).collect();
            Some((
                count,
                format!("{} tasks: {} and {} more", count, first.join(", "), count - first.len()),
            ))
        }
    }
}

/// What was not done, and why.
fn rest(done: &Done, already: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some((count, names)) = named(done, "already") {
        let (be, them) = if count == 1 { ("was", "it") } else { ("were", "they") };
        sentences.push(format!("{names} {be} {already} before, so {them} stayed as {them} {be}."));
    }
    if let Some((count, _)) = named(done, "missing") {
        let numbers: Vec<String> = done
            .results
            .iter()
            .filter(|r| r.outcome == "missing")
            .map(|r| r.id.to_string())
            .collect();
        let noun = if count == 1 { "task" } else { "tasks" };
        sentences.push(format!("There is no {noun} {}.", joined(&numbers)));
    }
    if let Some((_, names)) = named(done, "stale") {
        sentences.push(format!("{names} changed in the meantime and was left alone."));
    }
    if done.results.iter().all(|result| result.outcome != "changed" && result.outcome != "removed")
    {
        sentences.insert(0, "Nothing changed.".to_owned());
    }
    sentences
}

fn sentences(first: Option<String>, rest: Vec<String>) -> String {
    first.into_iter().chain(rest).collect::<Vec<_>>().join(" ")
}

/// After deleting.
pub(crate) fn deleted(done: &Done) -> String {
    let first = named(done, "changed").map(|(_, names)| format!("Moved {names} to the trash."));
    sentences(first, rest(done, "deleted"))
}

/// After completing: those that are done, and those that come back.
pub(crate) fn completed(done: &Done, voice: &Voice) -> String {
    let returns = |result: &&TaskResult| result.task.as_ref().is_some_and(|task| !task.completed);
    let (back, gone): (Vec<TaskResult>, Vec<TaskResult>) = done
        .results
        .iter()
        .cloned()
        .partition(|result| result.outcome == "changed" && returns(&result));
    let finished = Done { results: gone, ..done.clone() };
    let mut parts = Vec::new();
    if let Some((_, names)) = named(&finished, "changed") {
        parts.push(format!("Completed {names}."));
    }
    for task in back.iter().filter_map(|result| result.task.as_ref()) {
        parts.push(format!("Completed {}; it returns {}.", name(task), voice.long(task)));
    }
    sentences(None, parts.into_iter().chain(rest(done, "completed")).collect())
}

/// After reopening.
pub(crate) fn reopened(done: &Done) -> String {
    let first = named(done, "changed").map(|(count, names)| {
        let be = if count == 1 { "is" } else { "are" };
        format!("{names} {be} open again.")
    });
    sentences(first, rest(done, "open"))
}

/// After taking out of the trash.
pub(crate) fn restored(done: &Done) -> String {
    let first = named(done, "changed").map(|(count, names)| {
        let be = if count == 1 { "is" } else { "are" };
        format!("{names} {be} back on your list.")
    });
    sentences(first, rest(done, "on your list"))
}

/// After changing fields, when there is no better way to say it.
pub(crate) fn changed(done: &Done) -> String {
    let first = named(done, "changed").map(|(_, names)| format!("Changed {names}."));
    sentences(first, rest(done, "so"))
}

/// After changing fields of tasks, where `what` says what they are now: "is now due tomorrow".
pub(crate) fn now(done: &Done, what: impl Fn(&ToolTask, bool) -> String) -> String {
    let tasks: Vec<&ToolTask> = done
        .results
        .iter()
        .filter(|r| r.outcome == "changed")
        .filter_map(|r| r.task.as_ref())
        .collect();
    let first = match tasks.as_slice() {
        [] => None,
        [task] => Some(format!("{} {}.", name(task), what(task, false))),
        [task, ..] => {
            named(done, "changed").map(|(_, names)| format!("{names} {}.", what(task, true)))
        }
    };
    sentences(first, rest(done, "so"))
}

/// After taking changes back.
pub(crate) fn undone(done: &Done) -> String {
    let mut parts = Vec::new();
    if let Some((count, names)) = named(done, "changed") {
        let be = if count == 1 { "is as it was" } else { "are as they were" };
        parts.push(format!("{names} {be}."));
    }
    if let Some((count, names)) = named(done, "removed") {
        let be = if count == 1 { "is" } else { "are" };
        parts.push(format!("{} {be} gone again.", sentence_case(&names)));
    }
    format!("Undone. {}", parts.join(" ")).trim_end().to_owned()
}

/// A text that begins a sentence.
pub(crate) fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// A tool refused. Its own words may say that nothing changed; once is enough.
pub(crate) fn refused(message: &str) -> String {
    let message = message.trim().trim_end_matches("Nothing changed.").trim().trim_end_matches('.');
    format!("Nothing changed: {message}.")
}

/// The start of something that somebody said, for a quotation.
pub(crate) fn quote(text: &str) -> String {
    const LONGEST: usize = 60;
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match folded.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("“{}…”", folded[..end].trim_end()),
        None => format!("“{folded}”"),
    }
}

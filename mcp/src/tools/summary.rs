//! What a write did, as a sentence.

use todo_api::tools::due_text;
use todo_core::{
    Task,
    tasks::{Item, ItemResult, Receipt, Verb},
};

/// "Completed 28 Pay rent.", with what could not be done behind it.
pub(super) fn of(receipt: &Receipt) -> String {
    let mut sentences = Vec::new();
    let changed: Vec<_> = receipt.items.iter().filter_map(name_of_changed).collect();
    if !changed.is_empty() {
        let verb = receipt.change.as_ref().map_or("Changed", |change| past(change.verb));
        sentences.push(format!("{verb} {}.", changed.join(", ")));
    }
    for item in &receipt.items {
        let number = item.number;
        match &item.result {
            ItemResult::Changed(_) | ItemResult::Removed => {}
            ItemResult::Already(task) => {
                sentences.push(format!("Nothing to do for {}.", name(task)));
            }
            ItemResult::Missing => sentences.push(format!("There is no task {number} here.")),
            ItemResult::Stale(_) => sentences.push(format!("Task {number} was changed meanwhile.")),
        }
    }
    sentences.join(" ")
}

fn name_of_changed(item: &Item) -> Option<String> {
    match &item.result {
        ItemResult::Changed(task) => Some(name(task)),
        ItemResult::Removed => Some(format!("{} (gone)", item.number)),
        _ => None,
    }
}

/// "28 Pay rent (Tuesday 1 December 2026)"
pub(super) fn name(task: &Task) -> String {
    match &task.due {
        Some(due) => format!("{} {} ({})", task.number, task.title, due_text(due)),
        None => format!("{} {}", task.number, task.title),
    }
}

fn past(verb: Verb) -> &'static str {
    match verb {
        Verb::Add => "Added",
        Verb::Update => "Changed",
        Verb::Complete => "Completed",
        Verb::Reopen => "Reopened",
        Verb::Delete => "Moved to the trash:",
        Verb::Restore => "Restored",
        Verb::Undo => "Undone; now:",
    }
}

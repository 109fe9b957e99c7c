//! Lists and kinds of tasks in words.

use todo_api::tools::ToolTask;

use super::{
    super::request::{Set, Which},
    day::Voice,
};

/// A task as a line of a list: "3 · Pay rent · Thu 26 Nov · high · #home".
pub(crate) fn line(task: &ToolTask, voice: &Voice) -> String {
    let mut parts = vec![task.id.to_string(), task.title.clone()];
    let when = voice.short(task);
    if !when.is_empty() {
        parts.push(if voice.is_late(task) && !task.completed {
            format!("{when} (overdue)")
        } else {
            when
        });
    }
    if !task.priority.is_empty() {
        parts.push(format!("{} priority", task.priority));
    }
    parts.extend(task.tags.iter().map(|tag| format!("#{tag}")));
    if task.completed {
        parts.push("completed".to_owned());
    }
    parts.join(" · ")
}

/// A kind of tasks as a noun: "3 open tasks tagged #work due this week".
pub(crate) fn noun(set: &Set, count: i64) -> String {
    let mut words: Vec<String> = Vec::new();
    match set.status {
        Which::Unsaid | Which::Open => words.push("open".into()),
        Which::Completed => words.push("completed".into()),
        Which::Trashed => words.push("deleted".into()),
        Which::All => {}
    }
    match set.priority.as_str() {
        "" => {}
        priority => words.push(format!("{priority}-priority")),
    }
    words.push(if count == 1 { "task".into() } else { "tasks".into() });
    if !set.tag.is_empty() {
        words.push(format!("tagged #{}", set.tag));
    }
    if !set.topic.is_empty() {
        words.push(format!("about {}", super::quote(&set.topic)));
    }
    match set.due.as_str() {
        "" => {}
        "overdue" => words.insert(0, "overdue".into()),
        _ => words.push(set.due_text.clone()),
    }
    if words[0] == "overdue" && words[1] == "open" {
        words.remove(1);
    }
    if !set.completed.is_empty() {
        words.push(format!("from {}", set.completed_text));
    }
    words.join(" ")
}

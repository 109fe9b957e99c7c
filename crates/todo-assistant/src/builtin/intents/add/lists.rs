//! The list that a task is put on, and lists of items.

use super::super::super::{
    sets, target,
    text::{Clause, Pause},
};

/// Nouns for a list of tasks.
const LISTS: &[&str] = &[
    "list",
    "lists",
    "calendar",
    "agenda",
    "schedule",
    "planner",
    "todos",
    "tasks",
    "reminders",
    "chores",
    "todo",
    "plate",
    "diary",
    "checklist",
    "task-list",
];

/// Takes "to my shopping list" off the end of what is added: the rest, and the list's name as a tag unless it is the list
/// of all tasks.
pub(crate) fn tail<'a>(clause: &Clause<'a>) -> (Clause<'a>, Option<String>) {
    let Some(last) = clause.len().checked_sub(1) else { return (*clause, None) };
    // "pears to shopping": some lists need no noun.
    let known = ["shopping", "groceries", "grocery"];
    if last >= 2
        && known.iter().any(|word| clause.tokens[last].is(word))
        && (clause.tokens[last - 1].is("to") || clause.tokens[last - 1].is("onto"))
    {
        let name = clause.part(last..last + 1);
        return (clause.part(0..last - 1), tag(&name));
    }
    if clause.tokens[last].quoted || !LISTS.iter().any(|word| clause.tokens[last].is(word)) {
        return (*clause, None);
    }
    let from = last.saturating_sub(5);
    for at in (from..last).rev() {
        let token = &clause.tokens[at];
        let leads =
            ["to", "on", "in", "into", "onto", "for", "under"].iter().any(|word| token.is(word));
        let owner = clause
            .tokens
            .get(at + 1)
            .is_some_and(|next| ["my", "the", "our", "a"].iter().any(|word| next.is(word)));
        if !leads || !owner || at == 0 && clause.len() > last + 1 {
            continue;
        }
        let name = clause.part(at + 2..last);
        let is_list = clause.tokens[last].is("list")
            || clause.tokens[last].is("lists")
            || clause.tokens[last].is("checklist");
        if !is_list && !name.is_empty() && !name.words().all(sets::is_plain_list) {
            // "on the bus schedule" belongs to the title.
            return (*clause, None);
        }
        if !is_list
            && clause.tokens[at + 1].is("the")
            && !["calendar", "todos", "tasks", "agenda", "reminders", "schedule", "chores"]
                .iter()
                .any(|word| clause.tokens[last].is(word))
        {
            return (*clause, None);
        }
        return (clause.part(0..at), tag(&name));
    }
    (*clause, None)
}

/// Words that may follow the list when something is said behind it.
const BEHIND: &[&str] = &[
    "for",
    "on",
    "at",
    "by",
    "due",
    "next",
    "this",
    "every",
    "today",
    "tomorrow",
    "tonight",
    "with",
    "in",
    "as",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "before",
    "until",
    "it's",
    "p1",
    "p2",
    "p3",
    "high",
    "urgent",
    "daily",
    "weekly",
    "please",
];

/// A list in the middle: "add the dentist to my calendar for tuesday". The line without it, and the list's tag.
pub(super) fn inside(clause: &Clause<'_>) -> Option<(String, Option<String>)> {
    for at in 2..clause.len().saturating_sub(1) {
        let last = &clause.tokens[at];
        let next = &clause.tokens[at + 1];
        let follows = BEHIND.iter().any(|word| next.is(word))
            || next.word.starts_with(['#', '!'])
            || next.word == "//";
        if last.quoted || !follows || !LISTS.iter().any(|word| last.is(word)) {
            continue;
        }
        let (before, tag) = tail(&clause.part(0..at + 1));
        if before.len() < at + 1 && !before.is_empty() {
            return Some((
                format!("{} {}", before.source(), clause.part(at + 1..clause.len()).source()),
                tag,
            ));
        }
    }
    None
}

/// The tag of a list of that name; none for a list of everything.
pub(super) fn tag(name: &Clause<'_>) -> Option<String> {
    let words: Vec<&str> = name.words().filter(|word| !sets::is_plain_list(word)).collect();
    let tag = words.join("-").trim_start_matches('#').trim_end_matches("'s").to_owned();
    (!tag.is_empty()).then_some(tag)
}

/// "buy ink, fold the washing and ring Tom": deeds, each with its own verb, between commas.
pub(super) fn deeds(clause: &Clause<'_>) -> Option<Vec<String>> {
    let comma = clause.tokens.iter().rev().skip(1).any(|token| token.pause == Pause::Comma);
    let parts = target::parts(clause);
    let deed = |part: &Clause<'_>| {
        part.len() >= 2
            && !part.tokens[0].quoted
            && !sets::is_in("it that them this those one", &part.tokens[1].word)
            && sets::is_in(super::super::bare::VERBS, &part.tokens[0].word)
    };
    (comma && (2..=20).contains(&parts.len()) && parts.iter().all(deed))
        .then(|| parts.iter().map(|part| part.source().trim_end_matches('.').to_owned()).collect())
}

/// "milk, eggs and bread" for a named list: short names of things, each a task of its own.
pub(crate) fn items(clause: &Clause<'_>) -> Option<Vec<String>> {
    let parts = target::parts(clause);
    let short = |part: &Clause<'_>| (1..=4).contains(&part.len());
    if parts.len() < 2 || parts.len() > 50 || !parts.iter().all(short) {
        return None;
    }
    Some(parts.iter().map(|part| part.source().to_owned()).collect())
}

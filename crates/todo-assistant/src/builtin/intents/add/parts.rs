//! The parts of what is added: the line, its list, its notes, its conditions.

use super::{
    super::super::{
        request::{Adding, Caveat},
        text::Clause,
    },
    lists,
};

/// Words that begin the notes.
const NOTES: &[&str] = &[
    "with the description",
    "with a description",
    "with description",
    "with the note",
    "with a note",
    "with note",
    "with the notes",
    "with notes",
    "with the details",
    "with details",
    "with the comment",
    "with a comment",
    "and add the note",
    "and the description",
    "and a note",
    "and note that",
    "description",
    "note",
    "notes",
    "details",
    "the description is",
    "and description",
    "with a note saying",
    "with the note saying",
    "with the description saying",
    "with a note that",
    "with the note that",
    "with the description of",
    "and add a note",
    "and add a note saying",
    "with a note that says",
];

/// Conditions that ask to look first.
const IF_ABSENT: &[&str] = &[
    "if it's not already there",
    "if it is not already there",
    "if it isn't already there",
    "if it's not there",
    "if it is not there",
    "if it isn't there",
    "if it's not on there",
    "if it's not already on there",
    "if it isn't on there",
    "if it's not already on the list",
    "if it's not on the list",
    "if it's not on my list",
    "if it's not already on my list",
    "if it isn't on my list",
    "if it isn't already on my list",
    "if it isn't on the list",
    "if it isn't already on the list",
    "if it is not on my list",
    "if it is not already on my list",
    "if it's not in there",
    "if not there",
    "if not already there",
    "if not there already",
    "if it's not there already",
    "if it isn't there already",
    "if not on the list",
    "if not already on the list",
    "unless it's already there",
    "unless it is already there",
    "unless it's there",
    "unless it's already on there",
    "unless it's already on my list",
    "unless it's on my list",
    "unless it's on the list",
    "unless it's already on the list",
    "unless i already have it",
    "unless i have it already",
    "if i don't have it already",
    "if i don't already have it",
    "if i don't have it",
    "if i haven't already",
    "if i don't have that already",
    "if i don't already have that",
    "if it's missing",
    "if missing",
    "if it's not already",
    "if it doesn't exist",
    "if it doesn't already exist",
    "if it does not exist",
    "unless it exists",
    "unless it already exists",
    "if i haven't got it already",
    "if there isn't one already",
    "if there isn't one",
    "if there's not one already",
    "if it's not on it",
    "if it's not already in there",
    "unless it's there already",
    "but only if it's not there",
    "only if it's not there already",
    "only if it isn't there",
    "only if it's not already there",
    "only if it's not on the list already",
    "if it's not on the list already",
    "if it's not on my list already",
];

/// What a task cannot wait for.
const TRIGGERS: &[&str] = &[
    "when it rains",
    "if it rains",
    "when it snows",
    "if it snows",
    "when it stops raining",
    "when i get home",
    "when i arrive",
    "when i leave",
    "when i'm home",
    "when i'm at",
    "when i get to",
    "when i reach",
    "when i pass",
    "when i'm near",
    "when i drive",
    "when the weather",
    "if the weather",
    "next time i'm at",
    "next time i am at",
    "when i am at",
    "when i come home",
];

/// What is to be added. `list` is the name of a list that was said elsewhere.
pub(crate) fn adding(text: &Clause<'_>, list: Option<&Clause<'_>>) -> Adding {
    let mut adding = Adding::default();
    let mut clause = *text;
    clause = absent(&clause, &mut adding);
    let (rest, notes) = notes(&clause);
    clause = rest;
    adding.description = notes;
    clause = absent(&clause, &mut adding);
    let (rest, tag) = lists::tail(&clause);
    clause = absent(&rest, &mut adding);
    let tag = tag.or_else(|| list.and_then(lists::tag));
    if TRIGGERS.iter().any(|trigger| {
        (0..clause.len()).any(|at| clause.part(at..clause.len()).starts(trigger).is_some())
    }) {
        adding.caveat = Some(Caveat::Trigger);
    }
    let items = if tag.is_some() { lists::items(&clause) } else { None };
    let inner = if tag.is_none() { lists::inside(&clause) } else { None };
    match inner {
        Some((line, tag)) => {
            adding.tags.extend(tag);
            adding.lines = vec![line];
        }
        None => {
            adding.tags.extend(tag);
            adding.lines = items.unwrap_or_else(|| vec![source(&clause)]);
        }
    }
    adding.lines.retain(|line| !line.trim().is_empty());
    adding
}

/// The words as they were written, with a question mark or an exclamation mark that belongs to them, without a full stop.
fn source(clause: &Clause<'_>) -> String {
    clause.source().trim_end_matches(['.', ',', ';', ':', ' ']).to_owned()
}

fn absent<'a>(clause: &Clause<'a>, adding: &mut Adding) -> Clause<'a> {
    match IF_ABSENT.iter().filter_map(|phrase| clause.ends(phrase)).max() {
        Some(count) if count < clause.len() => {
            adding.if_absent = true;
            clause.part(0..clause.len() - count)
        }
        _ => *clause,
    }
}

/// The task, and the notes behind it.
fn notes<'a>(clause: &Clause<'a>) -> (Clause<'a>, String) {
    for at in 1..clause.len() {
        let rest = clause.part(at..clause.len());
        let Some(count) = NOTES.iter().filter_map(|phrase| rest.starts(phrase)).max() else {
            continue;
        };
        // "description" alone begins the notes only before a colon.
        let colon = rest.tokens[count - 1].pause >= super::super::super::text::Pause::Colon;
        if count == 1 && !colon || count >= rest.len() {
            continue;
        }
        let mut notes = rest.part(count..rest.len());
        for lead in ["that", "saying", "of"] {
            if let Some(count) = notes.starts(lead).filter(|count| *count < notes.len()) {
                notes = notes.part(count..notes.len());
            }
        }
        return (clause.part(0..at), notes.plain().to_owned());
    }
    (*clause, String::new())
}

//! The parts of what is added: the line, its list, its notes, its conditions.

use super::{
    super::super::{
        request::{Adding, Caveat},
        sets,
        text::{Clause, Pause},
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

/// The words of a condition that asks to look first: "if it isn't on there already", "unless I have it".
const CONDITION: &str = "if unless only but it it's is not isn't already there there's on in the my list yet i don't do have haven't got that one \
                         doesn't does exist exists missing been added any";

/// Of them those that say that it is absent.
const ABSENT: &[&str] = &["not", "isn't", "unless", "don't", "doesn't", "haven't", "missing"];

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
    let (rest, weight) = weight(&clause);
    clause = rest;
    let items = if tag.is_some() { lists::items(&clause) } else { lists::deeds(&clause) };
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
    if let Some(level) = weight {
        for line in &mut adding.lines {
            *line = format!("{line} !{level}");
        }
    }
    adding
}

/// "pay rent, that's important": what is said behind a comma about how much it matters.
fn weight<'a>(clause: &Clause<'a>) -> (Clause<'a>, Option<&'static str>) {
    const BEHIND: &[&str] = &["that's", "it's", "this is", "that is", "it is"];
    for at in 1..clause.len() {
        if clause.tokens[at - 1].pause < Pause::Comma {
            continue;
        }
        let rest = clause.part(at..clause.len());
        let Some(count) = BEHIND.iter().filter_map(|lead| rest.starts(lead)).max() else {
            continue;
        };
        let level = rest.part(count..rest.len());
        let level = level
            .starts("very")
            .or(level.starts("really"))
            .map_or(level, |very| level.part(very..level.len()));
        if let Some(level) = super::super::priority::level(&level) {
            return (clause.part(0..at), Some(level));
        }
    }
    (*clause, None)
}

/// The words as they were written, with a question mark or an exclamation mark that belongs to them, without a full stop.
fn source(clause: &Clause<'_>) -> String {
    clause.source().trim_end_matches(['.', ',', ';', ':', ' ']).to_owned()
}

fn absent<'a>(clause: &Clause<'a>, adding: &mut Adding) -> Clause<'a> {
    let (clause, if_absent) = condition(clause);
    adding.if_absent |= if_absent;
    clause
}

/// A clause without a condition to look first at its end, and whether there was one.
pub(super) fn condition<'a>(clause: &Clause<'a>) -> (Clause<'a>, bool) {
    let is_condition = |at: &usize| {
        let tail = clause.part(*at..clause.len());
        let leads = ["if", "unless", "only if", "but only if", "but if"];
        tail.len() > 1
            && leads.iter().any(|lead| tail.starts(lead).is_some())
            && tail.words().all(|word| sets::is_in(CONDITION, word))
            && tail.has_any(ABSENT)
    };
    match (1..clause.len()).find(is_condition) {
        Some(at) => (clause.part(0..at), true),
        None => (*clause, false),
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

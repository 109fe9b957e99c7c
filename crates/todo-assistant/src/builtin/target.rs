//! How tasks are referred to: "task 3", "#3 and #5", "the second one", "it", "both", "everything due today", or a name.

mod numbers;
mod phrases;

use todo_core::quick_add;

use super::{
    request::{Set, Target},
    sets,
    text::{Clause, Pause},
};
pub(crate) use numbers::{MIDDLE, count, place};
use numbers::{numbers, places};
use phrases::{BOTH, IT, LEADS, NEWEST, TAILS, THEM};

/// References are shorter than this, in words; what is longer is at best a name.
const LONGEST: usize = 60;

/// Reads a reference. Whatever is nothing else is a name.
pub(crate) fn read(clause: &Clause<'_>, context: &quick_add::Context<'_>) -> Target {
    let clause = trim(clause);
    if clause.is_empty() {
        return Target::Missing;
    }
    if clause.len() > LONGEST {
        return Target::Named(clause.source().to_owned());
    }
    if let Some(name) = clause.quoted() {
        return Target::Named(name.to_owned());
    }
    let is_one_of = |phrases: &[&str]| phrases.iter().any(|phrase| clause.reads(phrase));
    if is_one_of(IT) {
        return Target::It;
    }
    if is_one_of(THEM) {
        return Target::Them;
    }
    if is_one_of(BOTH) {
        return Target::Both;
    }
    if is_one_of(&["the", "my", "its", "a", "is", "are", "was"]) {
        return Target::Missing;
    }
    let lead = LEADS.iter().find_map(|lead| clause.starts(lead));
    if let Some(count) = lead.filter(|count| *count < clause.len()) {
        return Target::Named(clause.part(count..clause.len()).plain().to_owned());
    }
    if is_one_of(NEWEST) {
        return Target::Newest;
    }
    if is_one_of(&["the other one", "the other", "the other task", "other one", "other"]) {
        return Target::Other;
    }
    numbers(&clause)
        .or_else(|| places(&clause))
        .or_else(|| except(&clause, context))
        .or_else(|| sets::bulk(&clause, context).map(Target::Set))
        .or_else(|| mixed(&clause, context))
        .unwrap_or_else(|| Target::Named(clause.source().to_owned()))
}

/// Without what says nothing at its ends.
pub(crate) fn trim<'a>(clause: &Clause<'a>) -> Clause<'a> {
    let mut clause = *clause;
    clause = without_list(&clause);
    while let Some(count) =
        TAILS.iter().find_map(|tail| clause.ends(tail)).filter(|count| *count < clause.len())
    {
        clause = clause.part(0..clause.len() - count);
    }
    clause
}

/// "milk from my shopping list": the list only says where it is.
fn without_list<'a>(clause: &Clause<'a>) -> Clause<'a> {
    let Some(last) = clause.len().checked_sub(1).filter(|last| clause.tokens[*last].is("list"))
    else {
        return *clause;
    };
    let leads = |at: &usize| {
        let (lead, owner) = (&clause.tokens[*at], &clause.tokens[at + 1]);
        ["from", "off", "on", "in", "of"].iter().any(|word| lead.is(word))
            && ["my", "the", "our"].iter().any(|word| owner.is(word))
    };
    match (last.saturating_sub(4)..last).find(leads) {
        Some(at)
            if at > 0
                && !["everything", "all", "anything", "tasks", "items", "things", "what"]
                    .iter()
                    .any(|word| clause.tokens[at - 1].is(word)) =>
        {
            clause.part(0..at)
        }
        _ => *clause,
    }
}

/// "everything except the dentist", "all but task 3".
fn except(clause: &Clause<'_>, context: &quick_add::Context<'_>) -> Option<Target> {
    let at = clause
        .tokens
        .iter()
        .position(|token| ["except", "but", "besides", "excluding"].iter().any(|w| token.is(w)))?;
    let before = clause.part(0..at);
    let mut after = clause.part(at + 1..clause.len());
    if let Some(count) = after.starts("for").or(after.starts("not")) {
        after = after.part(count..after.len());
    }
    let set = if before.reads("all")
        || before.reads("everything")
        || before.reads("all of them")
        || before.reads("them all")
        || before.reads("all of these")
    {
        Set::default()
    } else {
        sets::bulk(&before, context)?
    };
    (!after.is_empty()).then(|| Target::Except(set, Box::new(read(&after, context))))
}

/// "task 3 and the milk": more than one way of naming in one breath. Names alone stay together, because "milk and eggs"
/// may be one task; whoever knows the tasks takes them apart.
fn mixed(clause: &Clause<'_>, context: &quick_add::Context<'_>) -> Option<Target> {
    let parts = parts(clause);
    if parts.len() < 2 {
        return None;
    }
    let targets: Vec<Target> = parts.iter().map(|part| read(part, context)).collect();
    targets
        .iter()
        .any(|target| !matches!(target, Target::Named(_)))
        .then_some(Target::Several(targets))
}

/// The parts between commas and "and".
pub(crate) fn parts<'a>(clause: &Clause<'a>) -> Vec<Clause<'a>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, token) in clause.tokens.iter().enumerate() {
        if !token.quoted && (token.word == "and" || token.word == "plus") {
            if at > start {
                parts.push(clause.part(start..at));
            }
            start = at + 1;
        } else if token.pause == Pause::Comma {
            parts.push(clause.part(start..at + 1));
            start = at + 1;
        }
    }
    if start < clause.len() {
        parts.push(clause.part(start..clause.len()));
    }
    parts
}

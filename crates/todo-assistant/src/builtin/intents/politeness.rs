//! What people say around a request.

mod phrases;

use super::super::text::{Clause, Pause};
use phrases::{CORRECTIONS, ENDS, HEADS};

/// A request without what was said around it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stripped<'a> {
    pub(crate) clause: Clause<'a>,
    /// It begins like a correction: "no, …", "actually …".
    pub(crate) corrects: bool,
}

/// Takes politeness, hesitation and connecting words off both ends.
pub(crate) fn strip<'a>(clause: &Clause<'a>) -> Stripped<'a> {
    let mut clause = *clause;
    let mut corrects = false;
    for _ in 0..12 {
        if let Some(count) = longest(CORRECTIONS, |phrase| clause.starts(phrase))
            .filter(|count| *count < clause.len())
        {
            // "make that tomorrow" needs its verb: only the mark is noted.
            corrects = true;
            if clause.starts("make that").is_some()
                || clause.starts("but").is_some() && count == clause.len()
            {
                break;
            }
            clause = clause.part(count..clause.len());
        } else if let Some(count) = head(&clause) {
            clause = clause.part(count..clause.len());
        } else {
            break;
        }
    }
    for _ in 0..4 {
        let Some(count) =
            longest(ENDS, |phrase| clause.ends(phrase)).filter(|count| *count < clause.len())
        else {
            break;
        };
        clause = clause.part(0..clause.len() - count);
    }
    Stripped { clause, corrects }
}

fn head(clause: &Clause<'_>) -> Option<usize> {
    let count =
        longest(HEADS, |phrase| clause.starts(phrase)).filter(|count| *count < clause.len())?;
    let next = &clause.tokens[count];
    let alone = count == 1;
    // Some of these words begin titles and questions: "first aid kit", "right shoe", "next week".
    let needs_pause = alone
        && [
            "first", "next", "right", "good", "great", "nice", "look", "cool", "perfect",
            "morning", "question", "thanks", "better", "well", "bot", "maybe",
        ]
        .iter()
        .any(|word| clause.tokens[0].is(word));
    let commands = ["add", "remind", "delete", "remove", "mark", "tick", "show", "undo"];
    if needs_pause
        && clause.tokens[0].pause == Pause::None
        && !(clause.tokens[0].is("right") && commands.iter().any(|word| next.is(word)))
    {
        return None;
    }
    // "now?" and "today" are not to be robbed of what they speak of.
    (!next.quoted || count > 0).then_some(count)
}

fn longest(phrases: &[&str], count: impl Fn(&str) -> Option<usize>) -> Option<usize> {
    phrases.iter().filter_map(|phrase| count(phrase)).max()
}

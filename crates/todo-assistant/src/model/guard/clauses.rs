//! The parts of a message, and what the words of each ask for.

use super::{deeds::Deeds, lexicon};
use crate::builtin::{
    sets::is_in,
    text::{Clause, Pause, Token},
};

/// The parts of a message that each ask, tell or command.
pub(super) fn clauses<'a>(whole: &Clause<'a>) -> Vec<Clause<'a>> {
    let mut clauses = Vec::new();
    let mut start = 0;
    for at in 0..whole.len() {
        let ends = whole.tokens[at].pause >= Pause::Stop;
        let joint = is_in("and then but also plus", &whole.tokens[at].word)
            || whole.tokens[at].pause == Pause::Comma;
        let next = whole.tokens.get(at + 1);
        let begins = next.is_some_and(|next| {
            !lexicon::verb(word(next)).is_empty()
                || is_in("please then also", &next.word)
                || is_in(lexicon::SHOWING, &next.word)
                || is_in(lexicon::ASKING, &next.word)
        });
        if ends || joint && begins {
            clauses.push(whole.part(start..at + 1));
            start = at + 1;
        }
    }
    if start < whole.len() {
        clauses.push(whole.part(start..whole.len()));
    }
    clauses
}

pub(super) fn word(token: &Token) -> &str {
    if token.quoted { "" } else { token.meant.unwrap_or(&token.word) }
}

/// "How about Friday?" proposes, although it asks.
pub(super) fn suggests(raw: &Clause<'_>, clause: &Clause<'_>) -> bool {
    ["how about", "what about", "why don't", "why not"]
        .iter()
        .any(|lead| raw.starts(lead).or(clause.starts(lead)).is_some())
}

/// Whether a clause asks or wants to see something, and no more.
pub(super) fn only_reads(raw: &Clause<'_>, clause: &Clause<'_>) -> bool {
    let Some(first) = clause.tokens.first().map(word) else { return true };
    let second = clause.tokens.get(1).map(word).unwrap_or_default();
    let requests = ["can you", "could you", "would you", "will you", "can we", "please"]
        .iter()
        .any(|lead| raw.starts(lead).is_some());
    if requests {
        return is_in(lexicon::SHOWING, first) || second == "me" && is_in("tell give", first);
    }
    if suggests(raw, clause) {
        return false;
    }
    let of_list = || {
        clause
            .has_any(&["list", "calendar", "agenda", "schedule", "tasks", "todos", "if", "whether"])
    };
    match first {
        "tell" | "give" => second == "me" || second == "us",
        "remind" => {
            let third = clause.tokens.get(2).map(word).unwrap_or_default();
            second == "me" && is_in("what which who when where how of", third)
        }
        "check" => of_list() && !clause.has_any(&["off", "done"]),
        "when" | "if" if !raw.asks() => commands(clause).deeds.is_empty(),
        "do" | "have" | "had" => raw.asks() || is_in(lexicon::ASKING_OF, second) && second != "the",
        first if is_in(lexicon::SHOWING, first) || is_in(lexicon::ASKING, first) => true,
        first => raw.asks() && lexicon::verb(first).is_empty(),
    }
}

/// The commands among the words of a clause.
pub(super) struct Commands {
    pub(super) deeds: Deeds,
    /// There is one that is negated: "don't delete anything".
    pub(super) negated: bool,
}

pub(super) fn commands(clause: &Clause<'_>) -> Commands {
    let words: Vec<&str> = clause.tokens.iter().map(word).collect();
    let mut found = Commands { deeds: Deeds::NONE, negated: false };
    let mut in_phrase = vec![false; words.len()];
    for (deeds, phrase) in lexicon::phrases() {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        for at in 0..(words.len() + 1).saturating_sub(phrase.len()) {
            if words[at..at + phrase.len()] == phrase[..] {
                found.deeds = found.deeds.and(deeds);
                in_phrase[at..at + phrase.len()].fill(true);
            }
        }
    }
    for (at, word) in words.iter().enumerate() {
        let end = words.len().min(at + lexicon::REACH);
        let alone = if in_phrase[at] { Deeds::NONE } else { lexicon::verb(word) };
        let deeds = words[at..end]
            .iter()
            .fold(alone, |deeds, later| deeds.and(lexicon::with_particle(word, later)));
        if deeds.is_empty() {
            continue;
        }
        if words[at.saturating_sub(2)..at].iter().any(|word| is_in(NEGATIONS, word)) {
            found.negated = true;
        } else {
            found.deeds = found.deeds.and(deeds);
        }
    }
    found
}

const NEGATIONS: &str =
    "don't not never without doesn't didn't can't won't shouldn't isn't nothing";

//! Messages of several lines.

use super::{Part, part};
use crate::builtin::{
    desk::Desk,
    intents::{self, Stripped},
    request::{Adding, Request},
    sets,
    text::{Clause, Pause},
};

/// A message of several lines: a heading with items, or one request a line.
pub(super) fn lines<'t>(desk: &Desk<'_>, whole: &Clause<'t>) -> Option<Vec<Part<'t>>> {
    let mut rows: Vec<Clause<'t>> = Vec::new();
    let mut start = 0;
    for (at, token) in whole.tokens.iter().enumerate() {
        if token.pause == Pause::Line || at + 1 == whole.len() {
            rows.push(whole.part(start..at + 1));
            start = at + 1;
        }
    }
    if rows.len() < 2 {
        return None;
    }
    let scene = desk.scene();
    let first = intents::strip(&rows[0]).clause;
    let heading = match intents::read(&first, &scene) {
        Some(Request::Add(adding)) if is_heading(&first, &adding) => Some(adding),
        None if is_title_of_list(&first) => Some(heading_of(&first)),
        _ => None,
    };
    if let Some(mut adding) = heading {
        adding.lines = rows[1..]
            .iter()
            .map(|row| item(row).source().to_owned())
            .filter(|line| !line.is_empty())
            .collect();
        let said = Stripped { clause: *whole, corrects: false };
        return Some(vec![Part { said, continues: false, request: Some(Request::Add(adding)) }]);
    }
    let parts: Vec<Part<'t>> = rows.iter().map(|row| part(desk, item(row), false)).collect();
    let understood = parts.iter().filter(|part| part.request.is_some()).count();
    let plain = |part: &Part<'_>| {
        part.request.is_none() && !part.said.clause.asks() && part.said.clause.len() <= 12
    };
    if understood == 0 && parts.iter().all(plain) {
        // Nothing but short lines: a list that somebody pasted.
        let all_tasks =
            rows.iter().filter(|row| intents::read_bare(&item(row), &scene).is_some()).count() * 2
                >= rows.len();
        let bulleted = whole
            .text
            .lines()
            .filter(|line| line.trim_start().starts_with(['-', '*', '•', '1']))
            .count()
            >= 2;
        if all_tasks || bulleted {
            let lines = rows.iter().map(|row| item(row).source().to_owned()).collect();
            let said = Stripped { clause: *whole, corrects: false };
            let request = Some(Request::Add(Adding { lines, ..Adding::default() }));
            return Some(vec![Part { said, continues: false, request }]);
        }
    }
    (understood == parts.len()).then_some(parts)
}

/// "add these:", "add to my shopping list:"
fn is_heading(clause: &Clause<'_>, adding: &Adding) -> bool {
    let says_nothing = adding.lines.is_empty()
        || clause.has_any(&["following", "these", "tasks", "todos", "items", "things"])
            && clause.len() <= 7;
    says_nothing
        || clause.tokens.last().is_some_and(|token| token.pause == Pause::Line)
            && clause.text[clause.tokens[clause.len() - 1].end..].starts_with(':')
}

/// "shopping list:", "todo:"
fn is_title_of_list(clause: &Clause<'_>) -> bool {
    clause.len() <= 4
        && clause.tokens.last().is_some_and(|last| clause.text[last.end..].starts_with(':'))
        && clause.has_any(&[
            "list",
            "todo",
            "todos",
            "tasks",
            "groceries",
            "shopping",
            "add",
            "today",
            "tomorrow",
        ])
}

fn heading_of(clause: &Clause<'_>) -> Adding {
    let (_, tag) = intents::add::tail(clause);
    let named = clause.tokens.iter().take_while(|token| !token.is("list")).last();
    let tag = tag.or_else(|| {
        clause
            .has_any(&["list"])
            .then(|| named.map(|token| token.word.clone()))
            .flatten()
            .filter(|word| !sets::is_plain_list(word) && word != "my")
    });
    Adding { tags: tag.into_iter().collect(), ..Adding::default() }
}

/// A line without its number: "1. milk".
fn item<'t>(row: &Clause<'t>) -> Clause<'t> {
    match row.tokens.first() {
        Some(first)
            if row.len() > 1
                && first.word.len() <= 2
                && first.word.bytes().all(|b| b.is_ascii_digit())
                && first.pause >= Pause::Stop =>
        {
            row.part(1..row.len())
        }
        _ => *row,
    }
}

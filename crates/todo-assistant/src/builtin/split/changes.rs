//! Several changes in one sentence that are not told apart by a command.

use super::{Part, STARTERS, part};
use crate::builtin::{
    MOST_REQUESTS,
    desk::Desk,
    request::{Action, Request, Target},
    text::{Clause, Pause},
};

/// Longer messages, in words, are not searched.
const LONGEST: usize = 60;

/// "milk is done, the rent can wait till friday": commas between statements that each change something that exists.
pub(super) fn stated<'t>(desk: &Desk<'_>, whole: &Clause<'t>) -> Option<Vec<Part<'t>>> {
    if whole.len() > LONGEST {
        return None;
    }
    let mut parts = Vec::new();
    let mut start = 0;
    for at in 0..whole.len() {
        if at + 1 == whole.len() || matches!(whole.tokens[at].pause, Pause::Comma | Pause::Stop) {
            parts.push(part(desk, whole.part(start..at + 1), start > 0));
            start = at + 1;
        }
    }
    // A piece that begins with a command may share it with the others: "mark milk, eggs and bread as done".
    let change = |part: &Part<'_>| {
        let first = part.said.clause.tokens.first();
        matches!(part.request, Some(Request::Change { .. }))
            && first.is_some_and(|token| !STARTERS.iter().any(|word| token.is(word)))
    };
    ((2..=MOST_REQUESTS).contains(&parts.len()) && parts.iter().all(change)).then_some(parts)
}

/// "move the boiler to thursday and the quote to friday": each has its own day.
pub(super) fn moved<'t>(desk: &Desk<'_>, whole: &Clause<'t>) -> Option<Vec<Part<'t>>> {
    if whole.len() > LONGEST {
        return None;
    }
    let named = |part: &Part<'_>| {
        matches!(
            &part.request,
            Some(Request::Change {
                action: Action::Schedule { when },
                target: Target::Named(_) | Target::Ids(_) | Target::Numbers(_) | Target::Places(_),
            }) if !when.is_empty()
        )
    };
    (1..whole.len().saturating_sub(1)).filter(|at| whole.tokens[*at].is("and")).find_map(|at| {
        let first = part(desk, whole.part(0..at), false);
        let second = part(desk, whole.part(at + 1..whole.len()), true);
        let moves = first.request.is_some() && named(&first) && named(&second);
        moves.then(|| vec![first, second])
    })
}

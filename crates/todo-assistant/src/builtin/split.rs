//! Several requests in one message.
//!
//! A message is cut where a new command begins. What looks like a command inside a title is one only if it speaks of a
//! task that exists: "add a note to wash and remove stains" is one task.

mod changes;
mod lines;

use super::{
    desk::Desk,
    intents::{self, Stripped},
    matching::{Fit, Wanted, best},
    request::{Action, Request, Target},
    sets,
    text::{Clause, Pause},
};
use crate::thinker::ThinkError;

/// One request of a message.
#[derive(Debug)]
pub(crate) struct Part<'t> {
    /// Its words, without politeness around them.
    pub(crate) said: Stripped<'t>,
    /// It begins with "and" or "also": what is missing in it was said before.
    pub(crate) continues: bool,
    /// What it asks for, when its form says so.
    pub(crate) request: Option<Request>,
}

/// Words that a new request begins with.
const STARTERS: &[&str] = &[
    "add",
    "create",
    "make",
    "new",
    "remind",
    "remember",
    "delete",
    "remove",
    "cancel",
    "scrap",
    "complete",
    "finish",
    "mark",
    "check",
    "tick",
    "cross",
    "move",
    "reschedule",
    "push",
    "postpone",
    "change",
    "rename",
    "set",
    "update",
    "edit",
    "tag",
    "label",
    "show",
    "list",
    "what",
    "what's",
    "which",
    "when",
    "how",
    "undo",
    "restore",
    "reopen",
    "uncheck",
    "untick",
    "don't",
    "put",
    "clear",
    "drop",
    "get",
    "take",
    "bump",
    "prioritize",
    "prioritise",
    "i",
    "i've",
    "i'm",
    "tell",
    "give",
    "is",
    "are",
    "do",
    "did",
    "call",
    "it's",
    "jot",
    "schedule",
    "flag",
    "star",
    "delay",
    "erase",
    "bring",
];

/// Words that join two requests.
const JOINTS: &[&str] = &["and", "then", "also", "plus", "after", "afterwards", "next", "so"];

/// Cuts a message into requests, in the order in which they were said.
pub(crate) async fn requests<'t>(
    desk: &mut Desk<'_>,
    whole: &Clause<'t>,
) -> Result<Vec<Part<'t>>, ThinkError> {
    if let Some(parts) = lines::lines(desk, whole) {
        return Ok(parts);
    }
    let mut parts: Vec<Part<'t>> = Vec::new();
    let mut starts: Vec<usize> = Vec::new();
    for segment in segments(whole) {
        let start = segment.start;
        let part = part(desk, whole.part(segment.clone()), start > 0);
        let joins = match parts.last() {
            None => false,
            Some(before) => {
                let last = &whole.tokens[start - 1];
                !stands_alone(desk, before, &part, last.pause, last.is("also")).await?
            }
        };
        if joins {
            let from = starts.last().copied().unwrap_or_default();
            parts.pop();
            parts.push(self::part(desk, whole.part(from..segment.end), from > 0));
        } else {
            starts.push(start);
            parts.push(part);
        }
    }
    if let [Part { request: None | Some(Request::Change { .. }), .. }] = parts.as_slice()
        && let Some(changes) = changes::stated(desk, whole).or_else(|| changes::moved(desk, whole))
    {
        return Ok(changes);
    }
    without_asides(desk, &mut parts, whole, &starts);
    Ok(parts)
}

fn is_change(request: &Request) -> bool {
    matches!(request, Request::Change { .. })
}

/// Drops what only leads up to a request ("my sister is coming, so remind me …") or explains one that takes back.
fn without_asides(
    desk: &Desk<'_>,
    parts: &mut Vec<Part<'_>>,
    whole: &Clause<'_>,
    starts: &[usize],
) {
    let says_nothing = |part: &Part<'_>| {
        part.request.is_none() && intents::read_bare(&part.said.clause, &desk.scene()).is_none()
    };
    if let [first, second, ..] = parts.as_slice()
        && says_nothing(first)
        && second.request.is_some()
        && starts.get(1).is_some_and(|at| whole.tokens[at - 1].is("so"))
    {
        parts.remove(0);
    }
    if let [.., before, last] = parts.as_slice()
        && matches!(before.request, Some(Request::Undo(_)))
        && says_nothing(last)
    {
        parts.pop();
    }
}

/// Reads one clause.
pub(super) fn part<'t>(desk: &Desk<'_>, clause: Clause<'t>, later: bool) -> Part<'t> {
    let continues = later
        || ["and", "also", "same", "plus"]
            .iter()
            .any(|word| clause.tokens.first().is_some_and(|t| t.is(word)));
    let whole = intents::read(&clause, &desk.scene());
    let said = intents::strip(&clause);
    // "thanks" is a request of its own; "thanks, add milk" is not.
    let request = match whole {
        Some(request @ (Request::Say(_) | Request::Undo(_))) => Some(request),
        // "no date" is no "no".
        Some(request @ Request::Change { action: Action::Unschedule, .. }) => Some(request),
        _ => intents::read(&said.clause, &desk.scene()),
    };
    Part { said, continues, request }
}

/// The pieces between words that could begin a request.
fn segments(whole: &Clause<'_>) -> Vec<std::ops::Range<usize>> {
    let mut cuts = vec![0];
    for at in 1..whole.len() {
        let before = &whole.tokens[at - 1];
        let pause = before.pause;
        let rest = whole.part(at..whole.len());
        let joint = JOINTS.iter().any(|word| before.is(word)) && !before.quoted;
        let strong = pause >= Pause::Stop || pause == Pause::Comma && !rest.is_empty();
        let joins_more = JOINTS.iter().any(|word| whole.tokens[at].is(word));
        if cuts.len() >= super::MOST_REQUESTS
            || !joint && !strong
            || joins_more && pause < Pause::Line
        {
            continue;
        }
        // The word after politeness decides: "and please delete …".
        let begins = intents::strip(&rest).clause;
        let starter = begins.tokens.first().is_some_and(|token| {
            let after_also = before.is("also") && sets::is_in(intents::VERBS, &token.word);
            // "so" leads to a request only when one is asked for outright.
            let outright = ["add", "remind", "tick", "mark", "delete", "remove", "cross", "move"];
            !token.quoted
                && (after_also || STARTERS.iter().any(|word| token.is(word)))
                && (!before.is("so") || outright.iter().any(|word| token.is(word)))
        });
        if starter || pause == Pause::Line {
            // The joint itself belongs to neither side.
            cuts.push(at);
        }
    }
    let ends = cuts.iter().skip(1).copied().chain([whole.len()]);
    let pieces: Vec<_> = cuts.iter().copied().zip(ends).collect();
    pieces
        .into_iter()
        .map(|(start, end)| {
            let mut end = end;
            while end > start + 1
                && end < whole.len()
                && JOINTS.iter().any(|word| whole.tokens[end - 1].is(word))
            {
                end -= 1;
            }
            start..end
        })
        .collect()
}

/// Whether a part is a request of its own, and not the rest of the one before.
async fn stands_alone(
    desk: &mut Desk<'_>,
    before: &Part<'_>,
    part: &Part<'_>,
    pause: Pause,
    also: bool,
) -> Result<bool, ThinkError> {
    let Some(request) = &part.request else {
        // "no I haven't, I'm thinking of the book": what follows is the reason.
        let reason = pause >= Pause::Comma && matches!(before.request, Some(Request::Undo(_)));
        // "… and also book the tickets"
        let another = also
            && matches!(before.request, Some(Request::Add(_)))
            && matches!(
                intents::read_bare(&part.said.clause, &desk.scene()),
                Some(Request::Add(_))
            );
        return Ok(reason || another || pause == Pause::Line && before.request.is_none());
    };
    // "…, remind me": nothing new, but what was just said.
    let empty = match request {
        Request::Add(adding) => match adding.lines.as_slice() {
            [] => true,
            [line] => todo_core::quick_add::parse_when(line, desk.context()).is_some(),
            _ => false,
        },
        _ => false,
    };
    if empty && pause == Pause::Comma && before.request.as_ref().is_none_or(is_change) {
        return Ok(false);
    }
    let adds = matches!(before.request, Some(Request::Add(_))) || before.request.is_none();
    if !adds {
        return Ok(true);
    }
    match request {
        Request::Add(_) => Ok(
            !matches!(part.said.clause.tokens.first(), Some(token) if token.is("i") && pause < Pause::Comma && before.request.is_none()),
        ),
        Request::Ask(_) => Ok(pause >= Pause::Comma
            || before.request.is_some()
                && part.said.clause.has_any(&["show", "what's", "what", "list"])),
        Request::Undo(_) | Request::Say(_) => Ok(pause >= Pause::Stop),
        Request::Change { target, .. } => match target {
            Target::Named(name) => {
                let wanted = Wanted::new(name);
                let tasks = desk.open().await?;
                Ok(best(&wanted, tasks).is_some_and(|(fit, _)| fit <= Fit::Part))
            }
            Target::Missing | Target::Newest | Target::Several(_) => Ok(false),
            Target::It | Target::Them => {
                let talk = pause >= Pause::Comma
                    && intents::read_bare(&before.said.clause, &desk.scene()).is_none();
                Ok(before.request.is_some() || talk && desk.scene().has_focus)
            }
            Target::Set(_) | Target::Except(..) => Ok(part.said.clause.has_any(&[
                "tasks",
                "task",
                "list",
                "todos",
                "overdue",
                "due",
                "completed",
                "done",
            ])),
            _ => Ok(true),
        },
    }
}

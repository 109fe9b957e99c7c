//! Which matches stand up to the words around them: "on sat" does, "sat down" and "about friday" do not.

use crate::quick_add::{
    lexicon::Word,
    piece::{Day, Piece, Time, Trust},
    scan::{Found, Mode, follows},
    tokens::{Kind, Token},
};

/// The matches that are believed, each with whether its words stay in the title all the same.
pub(super) fn believed(tokens: &[Token], found: &[Found], mode: Mode) -> Vec<(Found, bool)> {
    let chains = chains(tokens, found);
    let mut believed = Vec::with_capacity(found.len());
    // From the end, because the last words of a text are believed more easily. From `tail` on all is understood.
    let mut tail = tokens.len();
    for (index, this) in found.iter().enumerate().rev() {
        let last = only_marks(&tokens[this.end.min(tail)..tail]);
        let near = Near { last, beside_time: beside_time(tokens, found, index) };
        let in_span = chains[index] == Chain::First;
        if chains[index] == Chain::Rest
            || (mode != Mode::Whole && !in_span && !trusted(this, near))
            || belongs_to_title(tokens, this, in_span)
        {
            continue;
        }
        if last {
            tail = this.start;
        }
        let keep = in_span
            || matches!(
                this.piece,
                Piece::Time(Time { keep: true, .. }) | Piece::Day(Day { keep: true, .. })
            );
        believed.push((this.clone(), keep));
    }
    believed.reverse();
    believed
}

/// What is around a match.
#[derive(Clone, Copy)]
struct Near {
    last: bool,
    beside_time: bool,
}

fn trusted(found: &Found, near: Near) -> bool {
    let trust = match &found.piece {
        Piece::Day(day) => day.trust,
        Piece::Repeat(draft) => draft.trust,
        Piece::Priority(_, trust) => *trust,
        _ => Trust::Sure,
    };
    match trust {
        Trust::Sure => true,
        Trust::Unsure => found.led || near.last || near.beside_time,
        Trust::Last => near.last || near.beside_time,
        Trust::Led => found.led,
        Trust::Shy => near.beside_time,
    }
}

fn beside_time(tokens: &[Token], found: &[Found], index: usize) -> bool {
    let this = &found[index];
    let is_time = |other: &&Found| matches!(other.piece, Piece::Time(_) | Piece::Part(_));
    let before = index.checked_sub(1).map(|before| &found[before]).filter(is_time);
    let after = found.get(index + 1).filter(is_time);
    before.is_some_and(|before| follows(tokens, before.end, this.start))
        || after.is_some_and(|after| follows(tokens, this.end, after.start))
}

fn only_marks(tokens: &[Token]) -> bool {
    tokens.iter().all(|token| {
        matches!(token.kind, Kind::Mark | Kind::Sign(',' | '.' | ';' | '!' | '?' | ')'))
    })
}

/// Whether the word before says that this is about something else: "about friday", "the sun", "after 5pm".
fn belongs_to_title(tokens: &[Token], found: &Found, in_span: bool) -> bool {
    let adverb = matches!(&found.piece, Piece::Repeat(draft) if draft.trust == Trust::Last);
    let timed = matches!(found.piece, Piece::Day(_) | Piece::Time(_) | Piece::Moment(_));
    let Some(Kind::Word(before)) = found.start.checked_sub(1).map(|before| tokens[before].kind)
    else {
        return false;
    };
    if adverb {
        // "read the daily"
        return matches!(before, Word::The | Word::Article);
    }
    if before == Word::Except && timed {
        return true;
    }
    if found.led || !timed {
        return false;
    }
    match before {
        Word::Content
        | Word::About
        | Word::After
        | Word::Until
        | Word::To
        | Word::Of
        | Word::Last
        | Word::Nth(_)
        | Word::Other => true,
        // "From 3pm to 5pm" is a span; "the call from friday" is not.
        Word::From => !in_span,
        Word::The => is_weekday(tokens, found) || matches!(found.piece, Piece::Time(_)),
        _ => false,
    }
}

/// Whether a match is one of several of its kind: "friday and saturday", "3pm to 5pm". A task can only hold the
/// first of them, so the words stay in the title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chain {
    Single,
    First,
    Rest,
}

fn chains(tokens: &[Token], found: &[Found]) -> Vec<Chain> {
    let mut chains = vec![Chain::Single; found.len()];
    for index in 1..found.len() {
        let (before, this) = (&found[index - 1], &found[index]);
        let same = matches!(
            (&before.piece, &this.piece),
            (Piece::Day(_), Piece::Day(_)) | (Piece::Time(_), Piece::Time(_))
        );
        let joined = match this.start - before.end {
            // "mon wed fri"
            0 => [before, this].iter().all(|found| is_weekday(tokens, found)),
            1 => matches!(
                tokens[before.end].kind,
                Kind::Word(Word::And | Word::Or | Word::To | Word::Until)
                    | Kind::Sign('-' | '–' | '&' | '/' | ',')
            ),
            _ => false,
        };
        if same && joined {
            chains[index] = Chain::Rest;
            if chains[index - 1] == Chain::Single {
                chains[index - 1] = Chain::First;
            }
        }
    }
    chains
}

fn is_weekday(tokens: &[Token], found: &Found) -> bool {
    matches!(tokens[found.start].kind, Kind::Word(Word::Weekday(..)))
}

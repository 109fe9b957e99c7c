//! Priority and reminders: "!high", "!!1", "p1", "high priority", "!30 min before", "remind me an hour before".

use super::{
    amounts,
    cursor::Cursor,
    lexicon::Word,
    piece::{Length, Piece},
    scan::{Mode, Scan},
    tokens::Kind,
};
use crate::task::Priority;

/// "!high", "!!1", "!1", "p1", "high priority".
pub(super) fn priority(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    if scan.mode != Mode::Task || scan.lead.is_some() {
        return None;
    }
    let priority =
        c.attempt(marked).or_else(|| c.attempt(lettered)).or_else(|| c.attempt(spelled))?;
    Some(Piece::Priority(priority))
}

fn marked(c: &mut Cursor<'_>) -> Option<Priority> {
    c.any_sign('!')?;
    let _ = c.sign('!');
    if !c.glued() {
        return None;
    }
    c.attempt(named).or_else(|| ranked(c))
}

/// "p1" to "p4"
fn lettered(c: &mut Cursor<'_>) -> Option<Priority> {
    c.eat(Word::P)?;
    if c.glued() { ranked(c) } else { None }
}

/// "high priority", "priority high", as the last words.
fn spelled(c: &mut Cursor<'_>) -> Option<Priority> {
    if c.skip(Word::Rank) {
        let _ = c.any_sign(':');
        let priority = named(c)?;
        return ends(c).then_some(priority);
    }
    let priority = named(c)?;
    c.eat(Word::Rank)?;
    ends(c).then_some(priority)
}

fn ends(c: &Cursor<'_>) -> bool {
    matches!(c.peek(), None | Some(Kind::Mark | Kind::Sign(',' | '.' | '!')))
}

fn named(c: &mut Cursor<'_>) -> Option<Priority> {
    c.word(|word| if let Word::Priority(priority) = word { Some(priority) } else { None })
}

/// 1 is the most important.
fn ranked(c: &mut Cursor<'_>) -> Option<Priority> {
    match c.digits()? {
        (1, 1) => Some(Priority::High),
        (2, 1) => Some(Priority::Medium),
        (3, 1) => Some(Priority::Low),
        (4, 1) => Some(Priority::None),
        _ => None,
    }
}

/// "!30 min before", "!1h", "remind me 2 days before", "with a reminder an hour before".
pub(super) fn reminder(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    if scan.mode != Mode::Task || scan.lead.is_some() {
        return None;
    }
    let minutes = match c.attempt(|c| {
        c.any_sign('!')?;
        if c.glued() { lead_time(c) } else { None }
    }) {
        Some(minutes) => {
            c.skip(Word::Before);
            minutes
        }
        None => c.attempt(asked).or_else(|| c.attempt(added))?,
    };
    Some(Piece::Reminder(minutes))
}

/// "remind me an hour before", "with a reminder 10 minutes before"
fn asked(c: &mut Cursor<'_>) -> Option<u32> {
    c.word(|word| matches!(word, Word::And | Word::With).then_some(()));
    c.word(|word| matches!(word, Word::Article | Word::The).then_some(()));
    c.eat(Word::Remind)?;
    c.skip(Word::Me);
    let minutes = lead_time(c)?;
    before(c).map(|()| minutes)
}

/// ", an hour before" and "and 10 minutes before", as the last words.
fn added(c: &mut Cursor<'_>) -> Option<u32> {
    if c.any_sign(',').is_none() {
        c.eat(Word::And)?;
    }
    let minutes = lead_time(c)?;
    before(c)?;
    ends(c).then_some(minutes)
}

fn before(c: &mut Cursor<'_>) -> Option<()> {
    if c.skip(Word::In) {
        return c.eat(Word::Advance);
    }
    c.word(|word| matches!(word, Word::Before | Word::Ahead).then_some(()))
}

fn lead_time(c: &mut Cursor<'_>) -> Option<u32> {
    let minutes = match amounts::length(c)? {
        Length::Minutes(minutes) => minutes,
        Length::Days(days) => days * 24 * 60,
        Length::WorkingDays(_) | Length::Months(_) => return None,
    };
    u32::try_from(minutes).ok()
}

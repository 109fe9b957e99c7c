//! Priority and reminders: "!high", "!!1", "p1", "high priority", "!30 min before", "remind me an hour before".

use super::{
    amounts,
    cursor::Cursor,
    lexicon::Word,
    piece::{Length, Piece, Time, Trust},
    scan::{Mode, Scan},
    times,
    tokens::Kind,
};
use crate::task::Priority;

/// "!high", "!!1", "!1", "p1", "high priority", "urgent".
pub(super) fn priority(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    if scan.mode != Mode::Task || scan.lead.is_some() {
        return None;
    }
    if let Some(priority) = c.attempt(marked).or_else(|| c.attempt(lettered)) {
        return Some(Piece::Priority(priority, Trust::Sure));
    }
    if let Some(priority) = c.attempt(spelled) {
        return Some(Piece::Priority(priority, Trust::Last));
    }
    urgent(c).map(|trust| Piece::Priority(Priority::High, trust))
}

fn marked(c: &mut Cursor<'_>) -> Option<Priority> {
    c.any_sign('!')?;
    let _ = c.sign('!');
    if !c.glued() {
        return None;
    }
    c.attempt(named).or_else(|| ranked(c)).or_else(|| c.eat(Word::Never).map(|()| Priority::None))
}

/// "p1" to "p4"
fn lettered(c: &mut Cursor<'_>) -> Option<Priority> {
    c.eat(Word::P)?;
    if c.glued() { ranked(c) } else { None }
}

/// "high priority", "priority high", "prio 1", "with low priority".
fn spelled(c: &mut Cursor<'_>) -> Option<Priority> {
    c.skip(Word::With);
    if c.skip(Word::Rank) {
        let _ = c.any_sign(':');
        return c.attempt(named).or_else(|| ranked(c));
    }
    let priority = named(c)?;
    c.eat(Word::Rank)?;
    Some(priority)
}

/// "urgent" as the last word or with a sign after it as the first, unless something is called urgent.
fn urgent(c: &mut Cursor<'_>) -> Option<Trust> {
    let called = matches!(
        c.before(),
        Some(Kind::Word(Word::As | Word::It | Word::Content | Word::The | Word::Article))
    );
    let first = c.at == 0;
    c.skip(Word::Very);
    c.eat(Word::Urgent)?;
    let labels = first && matches!(c.peek(), Some(Kind::Sign(':' | '!' | ',' | '-' | '–' | '—')));
    (!called).then_some(if labels { Trust::Sure } else { Trust::Last })
}

/// "no date", "no due date", as the last words.
pub(super) fn no_date(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    if scan.mode != Mode::Task || scan.lead.is_some() {
        return None;
    }
    c.eat(Word::No)?;
    c.skip(Word::Due);
    c.eat(Word::Date)?;
    ends(c).then_some(Piece::NoDate)
}

fn ends(c: &Cursor<'_>) -> bool {
    matches!(c.peek(), None | Some(Kind::Mark | Kind::Sign(',' | '.' | '!')))
}

fn named(c: &mut Cursor<'_>) -> Option<Priority> {
    c.word(|word| match word {
        Word::Priority(priority) => Some(priority),
        Word::Urgent => Some(Priority::High),
        _ => None,
    })
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

/// "!30 min before", "!1h", "remind me 2 days before", "with a 30 minute reminder", "remind me at 4pm", "!4pm".
pub(super) fn reminder(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    if scan.mode != Mode::Task || scan.lead.is_some() {
        return None;
    }
    if let Some(minutes) = c.attempt(|c| {
        c.any_sign('!')?;
        if c.glued() { lead_time(c) } else { None }
    }) {
        c.attempt(before);
        return Some(Piece::Reminder(minutes));
    }
    if let Some(time) = c.attempt(|c| at_a_time(c, scan)) {
        return Some(Piece::RemindAt(time));
    }
    let minutes = c
        .attempt(asked)
        .or_else(|| c.attempt(with_a))
        .or_else(|| c.attempt(at_the_time))
        .or_else(|| c.attempt(added))?;
    Some(Piece::Reminder(minutes))
}

/// "remind me an hour before", "with a reminder 10 minutes before", "reminder: the day before"
fn asked(c: &mut Cursor<'_>) -> Option<u32> {
    call(c)?;
    let minutes = c.attempt(the_unit).or_else(|| lead_time(c))?;
    before(c).map(|()| minutes)
}

/// "remind me", "and alert me", "with a reminder", "reminder:"
fn call(c: &mut Cursor<'_>) -> Option<()> {
    c.word(|word| matches!(word, Word::And | Word::With).then_some(()));
    c.word(|word| matches!(word, Word::Article | Word::The).then_some(()));
    c.eat(Word::Remind)?;
    c.skip(Word::Me);
    let _ = c.sign(':');
    Some(())
}

/// "the day", before "before"
fn the_unit(c: &mut Cursor<'_>) -> Option<u32> {
    c.eat(Word::The)?;
    minutes_of(amounts::of(1, amounts::unit(c)?))
}

/// "with a 30 minute reminder"
fn with_a(c: &mut Cursor<'_>) -> Option<u32> {
    c.eat(Word::With)?;
    c.skip(Word::Article);
    let minutes = lead_time(c)?;
    c.eat(Word::Remind)?;
    Some(minutes)
}

/// "remind me at the time"
fn at_the_time(c: &mut Cursor<'_>) -> Option<u32> {
    call(c)?;
    c.eat(Word::At)?;
    c.eat(Word::The)?;
    c.eat(Word::Spare)?;
    Some(0)
}

/// "remind me at 4pm", "!4pm"
fn at_a_time(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Time> {
    if c.any_sign('!').is_some() {
        return if c.glued() { times::single(c, scan) } else { None };
    }
    call(c)?;
    c.eat(Word::At)?;
    times::single(c, &Scan { lead: Some(Word::At), ..*scan })
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
    c.word(|word| matches!(word, Word::Before | Word::Ahead).then_some(()))?;
    c.skip(Word::It);
    Some(())
}

fn lead_time(c: &mut Cursor<'_>) -> Option<u32> {
    minutes_of(amounts::length(c)?)
}

fn minutes_of(length: Length) -> Option<u32> {
    let minutes = match length {
        Length::Minutes(minutes) => minutes,
        Length::Days(days) => days * 24 * 60,
        Length::WorkingDays(_) | Length::Months(_) => return None,
    };
    u32::try_from(minutes).ok()
}

//! Lets every rule try at every word, and keeps the longest match.

use jiff::{
    Zoned,
    civil::{Date, Time, Weekday},
};

use super::{
    Context, amounts, calendar,
    cursor::Cursor,
    days, ends, feasts, later,
    lexicon::Word,
    periods,
    piece::{Day, Length, Piece},
    repeats::{self, often},
    signs, times,
    tokens::{Kind, Token},
};

/// What a text is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// A task: when in doubt, a word belongs to the title.
    Task,
    /// An expression of time somewhere in a sentence: "move it to friday".
    Sentence,
    /// An expression of time and nothing else: when in doubt, a word is about time.
    Whole,
}

/// Now, as rules count from it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Now<'a> {
    pub(super) zoned: &'a Zoned,
    pub(super) date: Date,
    pub(super) time: Time,
    week_start: Weekday,
}

impl<'a> Now<'a> {
    pub(super) fn of(context: &Context<'a>) -> Self {
        let zoned = context.now;
        Self { zoned, date: zoned.date(), time: zoned.time(), week_start: context.week_start }
    }

    /// The first day of this week.
    pub(super) fn week_begins(&self) -> Date {
        self.week_of(self.date)
    }

    /// The first day of the week around a day.
    pub(super) fn week_of(&self, date: Date) -> Date {
        let passed = i64::from(date.weekday().since(self.week_start));
        amounts::later(date, Length::Days(-passed)).unwrap_or(date)
    }

    /// What "in …" means: a moment for minutes and hours, else a day.
    pub(super) fn later(&self, length: Length) -> Option<Piece> {
        if let Length::Minutes(minutes) = length {
            let then =
                self.zoned.checked_add(jiff::SignedDuration::from_mins(minutes)).ok()?.datetime();
            return Some(Piece::Moment(then.date().at(then.hour(), then.minute(), 0, 0)));
        }
        amounts::later(self.date, length).map(|date| Piece::Day(Day::sure(date)))
    }

    /// The next such date, today included.
    pub(super) fn next_date(&self, month: i8, day: i8) -> Option<Date> {
        // Eight years, for a 29 February around a century without one.
        let years = self.date.year()..=self.date.year().saturating_add(8);
        years.filter_map(|year| Date::new(year, month, day).ok()).find(|date| *date >= self.date)
    }

    /// The next such day of a month, today included; months that are too short are passed over.
    pub(super) fn next_day_of_month(&self, day: i8) -> Option<Date> {
        let mut first = self.date.first_of_month();
        for _ in 0..3 {
            match Date::new(first.year(), first.month(), day) {
                Ok(date) if date >= self.date => return Some(date),
                _ => first = self.month_after(first)?,
            }
        }
        None
    }

    /// The first day of the next such month, the running one included.
    pub(super) fn next_month_named(&self, month: i8) -> Option<Date> {
        let year = self.date.year() + i16::from(month < self.date.month());
        Date::new(year, month, 1).ok()
    }

    /// The first day of the month after that of a day.
    pub(super) fn month_after(&self, date: Date) -> Option<Date> {
        date.last_of_month().tomorrow().ok()
    }
}

/// What rules see beside the tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scan<'a> {
    pub(super) now: Now<'a>,
    pub(super) mode: Mode,
    /// The preposition before the rule's first word.
    pub(super) lead: Option<Word>,
    /// Whether a repeat was said just before.
    pub(super) after_repeat: bool,
}

/// A match: `start..end` are token indexes, prepositions included.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) piece: Piece,
    /// Whether a preposition said that this is about time.
    pub(super) led: bool,
    /// Whether it belongs to a repeat just before it, or is one.
    pub(super) in_repeat: bool,
}

type Rule = fn(&mut Cursor<'_>, &Scan<'_>) -> Option<Piece>;

/// Every rule. The longest match wins; among equals the first.
pub(super) const RULES: &[Rule] = &[
    repeats::every,
    repeats::of_every,
    repeats::plural,
    repeats::adverb,
    repeats::once,
    often::often,
    repeats::after_done,
    ends::start,
    ends::end,
    calendar::with_weekday,
    calendar::instant,
    calendar::iso,
    calendar::span,
    feasts::feast,
    calendar::named,
    calendar::numeric,
    calendar::nth_weekday,
    calendar::day_of_month,
    days::relative,
    days::weekday,
    days::in_a_week_of,
    later::in_a_while,
    later::from_a_day,
    later::weekdays_from_now,
    later::plus,
    later::next_working_day,
    periods::period,
    periods::month,
    periods::weekend,
    periods::edge,
    times::several,
    times::time,
    days::part_alone,
    signs::priority,
    signs::reminder,
    signs::no_date,
];

/// Everything that any rule found, in order, without overlap.
pub(super) fn read(tokens: &[Token], now: Now<'_>, mode: Mode) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let after_repeat =
            found.last().is_some_and(|last| last.in_repeat && follows(tokens, last.end, at));
        let scan = Scan { now, mode, lead: None, after_repeat };
        match longest(tokens, at, scan) {
            Some(next) => {
                at = next.end;
                found.push(next);
            }
            None => at += 1,
        }
    }
    found
}

/// Whether nothing but a comma stands between two places.
pub(super) fn follows(tokens: &[Token], end: usize, start: usize) -> bool {
    end == start || (end + 1 == start && tokens[end].kind == Kind::Sign(','))
}

fn longest(tokens: &[Token], start: usize, scan: Scan<'_>) -> Option<Found> {
    let mut best: Option<Found> = None;
    let mut first = start;
    let mut lead = None;
    // At most two prepositions: "due on friday".
    for _ in 0..3 {
        let scan = Scan { lead, ..scan };
        let rules = if may_begin(tokens.get(first)) { RULES } else { &[] };
        for rule in rules {
            let mut cursor = Cursor::new(tokens, first);
            let Some(piece) = rule(&mut cursor, &scan) else { continue };
            let end = cursor.at;
            if best.as_ref().is_some_and(|best| best.end >= end)
                || lead.is_some_and(|lead| !leads_to(lead, &piece))
                || is_size(tokens, start, lead, &piece)
                || !stands_alone(tokens, start, end)
            {
                continue;
            }
            let in_repeat = scan.after_repeat || matches!(piece, Piece::Repeat(_));
            best = Some(Found { start, end, piece, led: lead.is_some(), in_repeat });
        }
        match preposition(tokens, first, scan.mode) {
            Some((word, length)) => {
                lead = Some(word);
                first += length;
            }
            None => break,
        }
    }
    best
}

/// Whether any rule begins with such a token.
fn may_begin(token: Option<&Token>) -> bool {
    match token.map(|token| token.kind) {
        Some(Kind::Word(_) | Kind::Number(..) | Kind::Sign('!' | ',' | '+')) => true,
        Some(Kind::Sign(_) | Kind::Text | Kind::Mark) | None => false,
    }
}

/// The preposition at a place, and its length in tokens.
fn preposition(tokens: &[Token], at: usize, mode: Mode) -> Option<(Word, usize)> {
    let word = |at: usize| match tokens.get(at)?.kind {
        Kind::Word(word) => Some(word),
        Kind::Sign('@') => Some(Word::At),
        _ => None,
    };
    let next = word(at + 1);
    match word(at)? {
        // "At about 5", "at around noon"
        Word::At if matches!(next, Some(Word::About | Word::Around)) => Some((Word::At, 2)),
        Word::At | Word::Around => Some((Word::At, 1)),
        word @ (Word::On | Word::By | Word::Before | Word::For) => Some((word, 1)),
        Word::No if next == Some(Word::Later) && word(at + 2) == Some(Word::Content) => {
            Some((Word::By, 3))
        }
        Word::Sometime => Some((Word::On, 1)),
        Word::Some if next == Some(Word::Spare) => Some((Word::On, 2)),
        Word::Nth(1) if next == Some(Word::Thing) => Some((Word::On, 2)),
        Word::Repeats if mode == Mode::Task => Some((Word::Repeats, 1)),
        // At the beginning it is what somebody wants: "remind me to call".
        Word::Remind if next == Some(Word::Me) && at > 0 && mode == Mode::Task => {
            Some((Word::Remind, 2))
        }
        Word::Due => {
            let colon =
                tokens.get(at + 1).is_some_and(|next| next.glued && next.kind == Kind::Sign(':'));
            Some((Word::Due, if colon { 2 } else { 1 }))
        }
        word @ (Word::To | Word::Until) if mode != Mode::Task => Some((word, 1)),
        _ => None,
    }
}

fn leads_to(lead: Word, piece: &Piece) -> bool {
    match piece {
        Piece::Repeat(_) => {
            matches!(lead, Word::On | Word::At | Word::Due | Word::To | Word::Repeats)
        }
        _ if lead == Word::Repeats => false,
        Piece::Day(_) => true,
        Piece::Time(_) | Piece::Times(_) => lead != Word::On,
        Piece::Moment(_) => lead != Word::On && lead != Word::At,
        Piece::Part(_) => lead == Word::On,
        _ => false,
    }
}

/// Whether a number stands before "by": a size, "2 by 4".
fn is_size(tokens: &[Token], start: usize, lead: Option<Word>, piece: &Piece) -> bool {
    let number = |at: usize| matches!(tokens[at].kind, Kind::Number(..));
    lead == Some(Word::By)
        && matches!(piece, Piece::Time(_))
        && start.checked_sub(1).is_some_and(number)
}

/// Whether neither end is part of a longer word: not "sat-nav", "monday.com" or "5pm's".
fn stands_alone(tokens: &[Token], start: usize, end: usize) -> bool {
    let before = tokens[start].glued
        && tokens[start].kind != Kind::Sign(',')
        && start
            .checked_sub(1)
            .is_some_and(|at| tokens[at].sticks() || tokens[at].kind == Kind::Sign('.'));
    let inside = |at: usize| {
        tokens.get(at).is_some_and(|token| token.glued && !matches!(token.kind, Kind::Sign(_)))
    };
    let after = tokens.get(end).is_some_and(|next| {
        next.glued
            && (next.sticks() || (matches!(next.kind, Kind::Sign('.' | ':')) && inside(end + 1)))
    });
    !before && !after
}

//! Days and moments at a distance: "in 3 days", "+5", "a week from monday", "2 weeks before christmas", "2 days ago".

use super::{
    amounts, calendar,
    cursor::Cursor,
    days, feasts,
    lexicon::{Unit, Word},
    piece::{Day, Length, Piece, Trust},
    scan::Scan,
    tokens::Kind,
};

/// "in 3 days", "within the next 2 weeks", "in a week's time", "2 weeks from now", "3 days later", "2 days ago".
pub(super) fn in_a_while(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    let now = &scan.now;
    if c.word(|word| matches!(word, Word::In | Word::Within).then_some(())).is_some() {
        c.attempt(|c| {
            c.skip(Word::The);
            c.eat(Word::Next)
        });
        let length = c
            .attempt(own_time)
            .or_else(|| c.attempt(amounts::vague_length))
            .or_else(|| amounts::length(c))?;
        c.attempt(|c| {
            let _ = c.sign('\'').or_else(|| c.sign('’'));
            c.eat(Word::Spare)
        });
        c.attempt(|c| {
            c.eat(Word::Or)?;
            c.eat(Word::So)
        });
        return now.later(length).map(|then| c.attempt(|c| and_more(c, &then)).unwrap_or(then));
    }
    let length = amounts::length(c)?;
    if c.skip(Word::Later) {
        return now.later(length);
    }
    if c.skip(Word::Ago) {
        let date = amounts::later(now.date, negative(length)?)?;
        return Some(Piece::Day(Day { trust: Trust::Last, ..Day::sure(date) }));
    }
    c.eat(Word::From)?;
    c.eat(Word::Now)?;
    now.later(length)
}

/// The "and 3 days" of "in 2 months and 3 days".
fn and_more(c: &mut Cursor<'_>, then: &Piece) -> Option<Piece> {
    c.eat(Word::And)?;
    let Piece::Day(day) = then else { return None };
    amounts::later(day.date, amounts::length(c)?).map(|date| Piece::Day(Day { date, ..*day }))
}

/// "next working day", "the next weekday"
pub(super) fn next_working_day(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    c.skip(Word::The);
    c.eat(Word::Next)?;
    if c.skip(Word::Working) {
        c.eat(Word::Unit(Unit::Day))?;
    } else {
        c.eat(Word::Workday)?;
    }
    scan.now.later(Length::WorkingDays(1))
}

/// "a week's time", after "in"
fn own_time(c: &mut Cursor<'_>) -> Option<Length> {
    let count = amounts::count(c)?;
    let unit = c.word(|word| if let Word::Own(unit) = word { Some(unit) } else { None })?;
    c.eat(Word::Spare)?;
    Some(amounts::of(count, unit))
}

/// "+5", "+5 days", "+2w", as the last words. "+1" is somebody whom one brings along.
pub(super) fn plus(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    c.any_sign('+')?;
    if !c.glued() {
        return None;
    }
    if let Some(length) = c.attempt(amounts::length) {
        return match scan.now.later(length)? {
            Piece::Day(day) => Some(Piece::Day(Day { trust: Trust::Last, ..day })),
            moment => Some(moment),
        };
    }
    let (days, digits) = c.digits()?;
    if days < 2 || digits > 3 {
        return None;
    }
    let date = amounts::later(scan.now.date, Length::Days(days.into()))?;
    Some(Piece::Day(Day { trust: Trust::Last, ..Day::sure(date) }))
}

/// "a week from friday", "two weeks on monday", "a week today", "2 weeks before christmas", "the day after christmas".
pub(super) fn from_a_day(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    let next_to = c.attempt(|c| {
        c.skip(Word::The);
        c.eat(Word::Unit(Unit::Day))?;
        matches!(c.peek(), Some(Kind::Word(Word::Before | Word::After))).then_some(Length::Days(1))
    });
    let length = next_to.or_else(|| amounts::length(c))?;
    let weeks = matches!(length, Length::Days(days) if days % 7 == 0);
    let (length, near) = match c.word(direction) {
        Some(Word::Before) => (negative(length)?, false),
        Some(Word::After) => (length, false),
        Some(Word::On) if weeks => (length, true),
        Some(Word::From) => (length, true),
        Some(_) => return None,
        None if weeks => (length, true),
        None => return None,
    };
    let rules: &[fn(&mut Cursor<'_>, &Scan<'_>) -> Option<Piece>] = if near {
        &[days::relative, days::weekday]
    } else {
        &[calendar::iso, calendar::named, calendar::numeric, feasts::feast, days::weekday]
    };
    let found = rules.iter().find_map(|rule| c.attempt(|c| rule(c, scan)))?;
    let Piece::Day(day) = found else { return None };
    amounts::later(day.date, length)
        .map(|date| Piece::Day(Day { date, today: None, trust: Trust::Sure, ..day }))
}

fn direction(word: Word) -> Option<Word> {
    matches!(word, Word::Before | Word::After | Word::On | Word::From).then_some(word)
}

/// "two fridays from now"
pub(super) fn weekdays_from_now(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    let count = c.number().filter(|count| (1..=52).contains(count))?;
    let weekday =
        c.word(|word| if let Word::Weekdays(weekday) = word { Some(weekday) } else { None })?;
    c.eat(Word::From)?;
    c.eat(Word::Now)?;
    let next = days::in_week_of(scan.now.date.tomorrow().ok()?, weekday);
    let date = amounts::later(next, Length::Days(i64::from(count - 1) * 7))?;
    Some(Piece::Day(Day::sure(date)))
}

/// The same length into the past; nobody counts minutes or working days back.
pub(super) fn negative(length: Length) -> Option<Length> {
    match length {
        Length::Days(days) => Some(Length::Days(-days)),
        Length::Months(months) => Some(Length::Months(-months)),
        Length::Minutes(_) | Length::WorkingDays(_) => None,
    }
}

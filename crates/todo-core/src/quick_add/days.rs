//! Days near today: "tomorrow", "friday", "next tuesday", "friday week", "monday in two weeks".

use jiff::civil::{Date, Weekday};

use super::{
    amounts,
    cursor::Cursor,
    lexicon::{Part, Plain, Unit, Word},
    piece::{Day, Length, Piece, Trust},
    scan::Scan,
};

/// "today", "tomorrow", "day after tomorrow", "tonight", "this evening", "later today".
pub(super) fn relative(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    let today = scan.now.date;
    c.skip(Word::Later);
    if c.skip(Word::Tonight) {
        return Some(Piece::Day(Day { part: Some(Part::Night), ..Day::sure(today) }));
    }
    if c.skip(Word::This) {
        return Some(Piece::Day(Day { part: Some(part(c)?), ..Day::sure(today) }));
    }
    let day = day_next_to(c, today).or_else(|| {
        let (days, plain) = c.word(|word| {
            if let Word::Relative(days, plain) = word { Some((days, plain)) } else { None }
        })?;
        let date = amounts::later(today, Length::Days(days.into()))?;
        let trust = if plain == Plain::Name { Trust::Shy } else { Trust::Sure };
        let day = Day { trust, ..Day::sure(date) };
        Some(week_after(c, day).unwrap_or(day))
    })?;
    Some(Piece::Day(with_part(c, day)))
}

/// "the day after tomorrow", "the day before yesterday"
fn day_next_to(c: &mut Cursor<'_>, today: Date) -> Option<Day> {
    c.attempt(|c| {
        c.skip(Word::The);
        c.eat(Word::Unit(Unit::Day))?;
        let days = c.word(|word| match word {
            Word::After => Some(1),
            Word::Before => Some(-1),
            _ => None,
        })?;
        c.eat(Word::Relative(days, Plain::Yes))?;
        amounts::later(today, Length::Days(2 * i64::from(days))).map(Day::sure)
    })
}

/// "tomorrow week", "friday week": a week after that day, where no noun can follow.
fn week_after(c: &mut Cursor<'_>, day: Day) -> Option<Day> {
    c.attempt(|c| c.eat(Word::Unit(Unit::Week)))?;
    let date = amounts::later(day.date, Length::Days(7))?;
    Some(Day { date, today: None, trust: Trust::Last, ..day })
}

/// "friday", "next friday", "this friday", "friday next week", "next week friday", "monday morning".
pub(super) fn weekday(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    let week = c.attempt(next_week);
    if week.is_some() {
        c.skip(Word::On);
    }
    // "the coming monday"; "the monday" is another one.
    let _ = c.attempt(|c| {
        c.eat(Word::The)?;
        let mut ahead = *c;
        ahead.eat(Word::Next)
    });
    let this = c.skip(Word::This);
    let which = if c.skip(Word::Next) { Some(Word::Next) } else { this.then_some(Word::This) };
    let (weekday, plain) = c.word(|word| {
        if let Word::Weekday(weekday, plain) = word { Some((weekday, plain)) } else { None }
    })?;
    let week = week.or_else(|| c.attempt(next_week));
    let day = if week.is_some() {
        Day::sure(in_week_of(amounts::later(scan.now.week_begins(), Length::Days(7))?, weekday))
    } else if c.attempt(after_next).is_some() {
        Day::sure(amounts::later(
            coming(weekday, which, plain, scan.now.date)?.date,
            Length::Days(7),
        )?)
    } else if let Some(weeks) = c.attempt(in_weeks) {
        Day::sure(in_week_of(amounts::later(scan.now.week_begins(), weeks)?, weekday))
    } else {
        let day = coming(weekday, which, plain, scan.now.date)?;
        week_after(c, day).unwrap_or(day)
    };
    Some(Piece::Day(with_part(c, day)))
}

/// The rule for weekdays: the next one after today. Today counts for "this friday", and for "friday" together with
/// a time that is still to come.
fn coming(weekday: Weekday, which: Option<Word>, plain: Plain, today: Date) -> Option<Day> {
    let ahead = i64::from(today.weekday().until(weekday));
    let date = match ahead {
        0 if which == Some(Word::This) => today,
        0 => amounts::later(today, Length::Days(7))?,
        _ => amounts::later(today, Length::Days(ahead))?,
    };
    let trust = if plain == Plain::Yes || which.is_some() { Trust::Sure } else { Trust::Unsure };
    Some(Day { today: (ahead == 0 && which.is_none()).then_some(today), trust, ..Day::sure(date) })
}

fn next_week(c: &mut Cursor<'_>) -> Option<()> {
    c.eat(Word::Next)?;
    c.eat(Word::Unit(Unit::Week))
}

/// "monday after next"
pub(super) fn after_next(c: &mut Cursor<'_>) -> Option<()> {
    c.eat(Word::After)?;
    c.eat(Word::Next)
}

/// "in two weeks"
fn in_weeks(c: &mut Cursor<'_>) -> Option<Length> {
    c.eat(Word::In)?;
    amounts::length(c).filter(|length| matches!(length, Length::Days(days) if days % 7 == 0))
}

/// That weekday in the seven days from `first`.
pub(super) fn in_week_of(first: Date, weekday: Weekday) -> Date {
    let ahead = i64::from(first.weekday().until(weekday));
    amounts::later(first, Length::Days(ahead)).unwrap_or(first)
}

/// "in two weeks on monday": the monday of that week.
pub(super) fn in_a_week_of(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    let weeks = in_weeks(c)?;
    c.skip(Word::On);
    let weekday =
        c.word(|word| if let Word::Weekday(weekday, _) = word { Some(weekday) } else { None })?;
    let date = in_week_of(amounts::later(scan.now.week_begins(), weeks)?, weekday);
    Some(Piece::Day(with_part(c, Day::sure(date))))
}

/// "in the morning", "at night", without a day.
pub(super) fn part_alone(c: &mut Cursor<'_>, _: &Scan<'_>) -> Option<Piece> {
    said_part(c).map(Piece::Part)
}

/// The day with "morning" or "in the morning" after it. The end of a day is the day.
pub(super) fn with_part(c: &mut Cursor<'_>, day: Day) -> Day {
    if c.skip(Word::EndOf(Unit::Day)) {
        return day;
    }
    match c.attempt(part).or_else(|| c.attempt(said_part)) {
        Some(part) => Day { part: Some(part), ..day },
        None => day,
    }
}

fn said_part(c: &mut Cursor<'_>) -> Option<Part> {
    if c.skip(Word::At) {
        return c.eat(Word::Part(Part::Night)).map(|()| Part::Night);
    }
    c.eat(Word::In)?;
    c.eat(Word::The)?;
    part(c)
}

/// A part of the day.
pub(super) fn part(c: &mut Cursor<'_>) -> Option<Part> {
    c.word(|word| match word {
        Word::Part(part) | Word::Parts(part) => Some(part),
        _ => None,
    })
}

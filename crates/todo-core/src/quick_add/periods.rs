//! Days that stand for a period: "next week", "the weekend", "end of month", "mid january".

use jiff::civil::{Date, Weekday};

use super::{
    amounts,
    cursor::Cursor,
    days,
    lexicon::{Unit, Word},
    piece::{Day, Length, Piece, Trust},
    scan::{Now, Scan},
};

/// "next week": its first working day. "next month", "next year": their first day.
/// "this week" is its Friday, "this month", "this year": their last day.
pub(super) fn period(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    let now = &scan.now;
    if let Some(unit) = c.attempt(after_next) {
        let date = begin(after(now, after(now, now.date, unit)?, unit)?, unit);
        return Some(Piece::Day(Day::sure(date)));
    }
    c.skip(Word::Later);
    let next = c.word(|word| match word {
        Word::This => Some(false),
        Word::Next => Some(true),
        _ => None,
    })?;
    let unit = amounts::unit(c)?;
    let date =
        if next { begin(after(now, now.date, unit)?, unit) } else { end(now, now.date, unit)? };
    Some(Piece::Day(Day::sure(date)))
}

/// "the week after next"
fn after_next(c: &mut Cursor<'_>) -> Option<Unit> {
    c.skip(Word::The);
    let unit = amounts::unit(c)?;
    days::after_next(c).map(|()| unit)
}

/// "this weekend", "the weekend": its Saturday, or today if it has begun. "next weekend": a week after that.
pub(super) fn weekend(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    let today = scan.now.date;
    c.skip(Word::Over);
    let which =
        c.word(|word| matches!(word, Word::This | Word::Next | Word::The).then_some(word))?;
    c.eat(Word::Weekend)?;
    let date = match (which, amounts::is_weekend(today)) {
        _ if c.attempt(days::after_next).is_some() => {
            coming_saturday(amounts::later(today, Length::Days(14))?)
        }
        (Word::Next, _) => {
            let next_week = amounts::later(scan.now.date, Length::Days(7))?;
            coming_saturday(next_week)
        }
        (_, true) => today,
        (_, false) => coming_saturday(today),
    };
    Some(Piece::Day(Day::sure(date)))
}

/// The Saturday of the weekend that runs on `date` or comes after it.
fn coming_saturday(date: Date) -> Date {
    let friday_before = if date.weekday() == Weekday::Sunday {
        amounts::later(date, Length::Days(-1))
    } else {
        Some(date)
    };
    days::in_week_of(friday_before.unwrap_or(date), Weekday::Saturday)
}

/// "next january", "january next year", "march 2028", and after "by" also "december": its first day.
pub(super) fn month(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    let now = &scan.now;
    let next = c.word(|word| match word {
        Word::This => Some(false),
        Word::Next => Some(true),
        _ => None,
    });
    let (month, _) = c.month()?;
    let first = now.next_month_named(month)?;
    let next_year = c.attempt(|c| {
        c.eat(Word::Next)?;
        c.eat(Word::Unit(Unit::Year))
    });
    let date = if next_year.is_some() {
        Date::new(now.date.year().checked_add(1)?, month, 1).ok()?
    } else {
        match (next, scan.lead, c.attempt(super::calendar::year)) {
            (_, Some(Word::By | Word::Before | Word::Due), Some(year)) => {
                Date::new(i16::try_from(year).ok()?, month, 1).ok()?
            }
            (Some(true), _, None) if first < now.date => amounts::later(first, Length::Months(12))?,
            (Some(false), _, None) if first < now.date => first.last_of_month(),
            (Some(_), _, None) => first,
            (None, Some(Word::By | Word::Before | Word::Due), None) => {
                if first < now.date {
                    amounts::later(first, Length::Months(12))?
                } else {
                    first
                }
            }
            _ => return None,
        }
    };
    Some(Piece::Day(Day { trust: Trust::Last, ..Day::sure(date) }))
}

/// "end of month", "the end of next week", "eod", "start of december", "mid january", "late next week", "midweek".
pub(super) fn edge(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    let now = &scan.now;
    if let Some(unit) = c.word(|word| if let Word::EndOf(unit) = word { Some(unit) } else { None })
    {
        let day = if unit == Unit::Day { c.attempt(|c| a_day(c, scan)) } else { None };
        let date = day.or_else(|| end(now, now.date, unit))?;
        return Some(Piece::Day(Day::sure(date)));
    }
    if c.skip(Word::Midweek) {
        let wednesday = days::in_week_of(now.week_begins(), Weekday::Wednesday);
        return or_the_next(now, wednesday, Length::Days(7))
            .map(|date| Piece::Day(Day::sure(date)));
    }
    if let Some(date) = c.attempt(|c| unit_end(c, now)) {
        return Some(Piece::Day(Day { trust: Trust::Led, ..Day::sure(date) }));
    }
    c.skip(Word::In);
    c.skip(Word::The);
    let edge = c.word(|word| match word {
        Word::End | Word::Late => Some(Word::End),
        Word::Begin | Word::Early => Some(Word::Begin),
        Word::Mid => Some(Word::Mid),
        _ => None,
    })?;
    c.skip(Word::Of);
    let _ = c.sign('-');
    if let Some((month, _)) = c.month() {
        let date = match c.attempt(super::calendar::year) {
            Some(year) => month_edge(Date::new(i16::try_from(year).ok()?, month, 1).ok()?, edge),
            None => or_the_next(
                now,
                month_edge(now.next_month_named(month)?, edge),
                Length::Months(12),
            )?,
        };
        return Some(Piece::Day(Day::sure(date)));
    }
    // "The end of tomorrow" is tomorrow.
    if edge == Word::End
        && let Some(date) = c.attempt(|c| match days::relative(c, scan)? {
            Piece::Day(day) if day.part.is_none() => Some(day.date),
            _ => None,
        })
    {
        return Some(Piece::Day(Day::sure(date)));
    }
    let next = c.word(|word| match word {
        Word::The | Word::This => Some(false),
        Word::Next => Some(true),
        _ => None,
    });
    let unit = amounts::unit(c)?;
    let next = next == Some(true);
    let inside = if next { after(now, now.date, unit)? } else { now.date };
    let date = match (edge, unit) {
        // "The end of the day tomorrow" is tomorrow.
        (Word::End, Unit::Day) => c.attempt(|c| a_day(c, scan)).unwrap_or(inside),
        (Word::End, _) => end(now, inside, unit)?,
        (Word::Mid, Unit::Month) => {
            or_the_next(now, month_edge(inside.first_of_month(), edge), Length::Months(1))?
        }
        (Word::Mid, Unit::Week) => or_the_next(
            now,
            days::in_week_of(now.week_of(inside), Weekday::Wednesday),
            Length::Days(7),
        )?,
        // The beginning of what is running has been; only the next one can be meant.
        (Word::Begin, Unit::Week | Unit::Month | Unit::Quarter | Unit::Year) => {
            let inside = if next { inside } else { after(now, now.date, unit)? };
            begin(inside, unit)
        }
        _ => return None,
    };
    Some(Piece::Day(Day::sure(date)))
}

/// A day that says when a working day ends.
fn a_day(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Date> {
    c.skip(Word::On);
    match days::relative(c, scan).or_else(|| days::weekday(c, scan))? {
        Piece::Day(day) => Some(day.date),
        _ => None,
    }
}

/// "month end", "year-end"
fn unit_end(c: &mut Cursor<'_>, now: &Now<'_>) -> Option<Date> {
    let unit = amounts::unit(c)?;
    let _ = c.sign('-');
    c.eat(Word::End)?;
    matches!(unit, Unit::Month | Unit::Quarter | Unit::Year).then(|| end(now, now.date, unit))?
}

/// What is over comes again.
fn or_the_next(now: &Now<'_>, date: Date, period: Length) -> Option<Date> {
    if date < now.date { amounts::later(date, period) } else { Some(date) }
}

fn month_edge(first: Date, edge: Word) -> Date {
    match edge {
        Word::End => first.last_of_month(),
        Word::Mid => amounts::later(first, Length::Days(14)).unwrap_or(first),
        _ => first,
    }
}

/// The first day of the period after that around `date`.
fn after(now: &Now<'_>, date: Date, unit: Unit) -> Option<Date> {
    match unit {
        Unit::Week => amounts::later(now.week_of(date), Length::Days(7)),
        Unit::Month => now.month_after(date),
        Unit::Quarter => amounts::later(quarter(date)?, Length::Months(3)),
        Unit::Year => Date::new(date.year().checked_add(1)?, 1, 1).ok(),
        Unit::Day => date.tomorrow().ok(),
        Unit::Minute | Unit::Hour | Unit::Fortnight => None,
    }
}

/// The day to begin with in a period whose first day is given: no weekend in a week.
fn begin(first: Date, unit: Unit) -> Date {
    if unit == Unit::Week && amounts::is_weekend(first) {
        days::in_week_of(first, Weekday::Monday)
    } else {
        first
    }
}

/// The last day of the period around a day; a week ends on its Friday unless that is over.
fn end(now: &Now<'_>, inside: Date, unit: Unit) -> Option<Date> {
    match unit {
        Unit::Day => Some(inside),
        Unit::Week => {
            let first = now.week_of(inside);
            let friday = days::in_week_of(first, Weekday::Friday);
            if friday < now.date { amounts::later(first, Length::Days(6)) } else { Some(friday) }
        }
        Unit::Month => Some(inside.last_of_month()),
        Unit::Quarter => {
            amounts::later(quarter(inside)?, Length::Months(2)).map(Date::last_of_month)
        }
        Unit::Year => Some(inside.last_of_year()),
        Unit::Minute | Unit::Hour | Unit::Fortnight => None,
    }
}

/// The first day of the quarter around a day.
pub(super) fn quarter(date: Date) -> Option<Date> {
    Date::new(date.year(), (date.month() - 1) / 3 * 3 + 1, 1).ok()
}

//! Days that stand for a period: "next week", "the weekend", "end of month", "mid january".

use jiff::civil::{Date, Weekday};

use super::{
    amounts,
    cursor::Cursor,
    days,
    lexicon::{Unit, Word},
    piece::{Day, Length, Piece},
    scan::{Now, Scan},
};

/// "next week": its first working day. "next month", "next year": their first day.
/// "this week" is its Friday, "this month", "this year": their last day.
pub(super) fn period(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    let now = &scan.now;
    c.skip(Word::Later);
    let next = c.word(|word| match word {
        Word::This => Some(false),
        Word::Next => Some(true),
        _ => None,
    })?;
    let unit = amounts::unit(c)?;
    let date = if next { begin(after(now, unit)?, unit) } else { end(now, now.date, unit)? };
    Some(Piece::Day(Day::sure(date)))
}

/// "this weekend", "the weekend": its Saturday, or today if it has begun. "next weekend": a week after that.
pub(super) fn weekend(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    let today = scan.now.date;
    let which =
        c.word(|word| matches!(word, Word::This | Word::Next | Word::The).then_some(word))?;
    c.eat(Word::Weekend)?;
    let date = match (which, amounts::is_weekend(today)) {
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

/// "end of month", "the end of next week", "eod", "start of december", "mid january", "mid-january".
pub(super) fn edge(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    let now = &scan.now;
    if let Some(unit) = c.word(|word| if let Word::EndOf(unit) = word { Some(unit) } else { None })
    {
        return end(now, now.date, unit).map(|date| Piece::Day(Day::sure(date)));
    }
    c.skip(Word::The);
    let edge =
        c.word(|word| matches!(word, Word::End | Word::Begin | Word::Mid).then_some(word))?;
    c.skip(Word::Of);
    let _ = c.sign('-');
    if let Some((month, _)) = c.month() {
        let year = c.attempt(super::calendar::year);
        let first = match year {
            Some(year) => Date::new(i16::try_from(year).ok()?, month, 1).ok()?,
            None => now.next_month_named(month)?,
        };
        return Some(Piece::Day(Day::sure(month_edge(first, edge))));
    }
    let next = c.word(|word| match word {
        Word::The | Word::This => Some(false),
        Word::Next => Some(true),
        _ => None,
    });
    let unit = amounts::unit(c)?;
    let inside = if next == Some(true) { after(now, unit)? } else { now.date };
    let date = match (edge, unit) {
        // "The end of the day tomorrow" is tomorrow.
        (Word::End, Unit::Day) => {
            match c.attempt(|c| days::relative(c, scan).or_else(|| days::weekday(c, scan))) {
                Some(Piece::Day(day)) => day.date,
                _ => inside,
            }
        }
        (Word::End, _) => end(now, inside, unit)?,
        (Word::Mid, Unit::Month) => month_edge(inside.first_of_month(), edge),
        (Word::Mid, Unit::Week) => days::in_week_of(now.week_of(inside), Weekday::Wednesday),
        // The beginning of what is running has been; only the next one can be meant.
        (Word::Begin, Unit::Week | Unit::Month | Unit::Quarter | Unit::Year) => {
            let inside = if next == Some(true) { inside } else { after(now, unit)? };
            begin(inside, unit)
        }
        _ => return None,
    };
    Some(Piece::Day(Day::sure(date)))
}

fn month_edge(first: Date, edge: Word) -> Date {
    match edge {
        Word::End => first.last_of_month(),
        Word::Mid => amounts::later(first, Length::Days(14)).unwrap_or(first),
        _ => first,
    }
}

/// A day in the period after the running one: its first.
fn after(now: &Now<'_>, unit: Unit) -> Option<Date> {
    let date = now.date;
    match unit {
        Unit::Week => amounts::later(now.week_begins(), Length::Days(7)),
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

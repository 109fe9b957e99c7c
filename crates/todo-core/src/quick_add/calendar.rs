//! Days by their place in the calendar: "2031-03-14", "14 march", "march 14th 2031", "14/3", "the 27th",
//! "first monday of december".

use jiff::{
    ToSpan,
    civil::{Date, Time, Weekday},
};

use super::{
    amounts::{self, is_weekend},
    cursor::Cursor,
    lexicon::{Unit, Word},
    piece::{Day, Length, Piece, Trust},
    scan::{Now, Scan},
    tokens::Kind,
};

/// "2031-03-14", also with slashes.
pub(super) fn iso(c: &mut Cursor<'_>, _: &Scan<'_>) -> Option<Piece> {
    let year = year(c)?;
    let sign = ['-', '/', '.'].into_iter().find(|sign| c.sign(*sign).is_some())?;
    let month = glued_number(c)?;
    c.sign(sign)?;
    let day = glued_number(c)?;
    exact(year, month, day).map(|date| Piece::Day(Day::sure(date)))
}

/// "2027-01-05T09:30"
pub(super) fn instant(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    let Piece::Day(day) = iso(c, scan)? else { return None };
    c.eat(Word::T)?;
    let hour = glued_number(c)?;
    c.sign(':')?;
    let minute = glued_number(c)?;
    let _ = c.attempt(|c| {
        c.sign(':')?;
        glued_number(c)
    });
    let time = Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()?;
    Some(Piece::Moment(day.date.to_datetime(time)))
}

/// "dec 3-5", "3-5 december", "3 to 5 december": the first day counts.
pub(super) fn span(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    let through = |c: &mut Cursor<'_>| {
        if c.any_sign('-').is_none() && c.any_sign('–').is_none() {
            c.word(|word| {
                matches!(word, Word::To | Word::Until | Word::And | Word::Or).then_some(())
            })?;
        }
        day_number(c)
    };
    let month_first = c.attempt(|c| {
        let month = c.month()?.0;
        let first = day_number(c)?;
        through(c).map(|last| (month, first, last))
    });
    let (month, first, last) = month_first.or_else(|| {
        let first = day_number(c)?;
        let last = through(c)?;
        c.skip(Word::Of);
        Some((c.month()?.0, first, last))
    })?;
    let date = match c.attempt(year) {
        Some(year) => exact(year, u32::try_from(month).ok()?, u32::try_from(first).ok()?)?,
        None => scan.now.next_date(month, first)?,
    };
    (first < last).then_some(Piece::Day(Day { keep: true, ..Day::sure(date) }))
}

/// "14/3", "14.3.", "14/3/2031", "14.3.31", "14-03-2031". The day comes first unless that is impossible.
pub(super) fn numeric(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    let (first, digits) = c.digits()?;
    if digits > 2 {
        return None;
    }
    // Somebody who is there "24/7" has no date.
    let around_the_clock = first == 24;
    let sign = ['/', '.', '-'].into_iter().find(|sign| c.sign(*sign).is_some())?;
    let second = glued_number(c)?;
    let (day, month) = if second > 12 { (second, first) } else { (first, second) };
    let year = c.attempt(|c| {
        c.sign(sign)?;
        let (year, digits) = c.glued().then(|| c.digits())??;
        match digits {
            4 => Some(year),
            2 => Some(2000 + year),
            _ => None,
        }
    });
    if let Some(year) = year {
        return exact(year, month, day).map(|date| Piece::Day(Day::sure(date)));
    }
    let trust = match sign {
        '/' if around_the_clock && second == 7 => return None,
        '/' => Trust::Unsure,
        // "14.3" is a number; the second dot makes it a date, a clear one if it is written "30.11."
        '.' if c.sign('.').is_some() => {
            if digits == 2 && second > 9 {
                Trust::Unsure
            } else {
                Trust::Led
            }
        }
        _ => return None,
    };
    let date = scan.now.next_date(i8::try_from(month).ok()?, i8::try_from(day).ok()?)?;
    Some(Piece::Day(Day { trust, ..Day::sure(date) }))
}

/// "14 march", "14th of march 2031", "march 14th", "mar 14, 2031", "14-mar-2031".
pub(super) fn named(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    let (month, day) = month_and_day(c)?;
    let date = match c.attempt(|c| {
        if c.any_sign(',').is_none() {
            dash(c);
        }
        c.attempt(short_year).or_else(|| year(c))
    }) {
        Some(year) => exact(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)?,
        None => scan.now.next_date(month, day)?,
    };
    Some(Piece::Day(super::days::with_part(c, Day::sure(date))))
}

/// A day with its month, in either order.
pub(super) fn month_and_day(c: &mut Cursor<'_>) -> Option<(i8, i8)> {
    let day_first = c.attempt(|c| {
        c.skip(Word::The);
        let day = day_number(c)?;
        dash(c);
        let _ = c.sign('.');
        c.skip(Word::Of);
        Some((c.month()?.0, day))
    });
    day_first.or_else(|| {
        c.attempt(|c| {
            let month = c.month()?.0;
            dash(c);
            c.any_sign('.');
            c.skip(Word::The);
            Some((month, day_number(c)?))
        })
    })
}

/// "the 27th", "the first", "the 3rd of next month".
pub(super) fn day_of_month(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    let article = c.skip(Word::The);
    let spelled = matches!(c.peek(), Some(Kind::Word(_)));
    let day = c.ordinal()?;
    let month = c.attempt(|c| {
        c.eat(Word::Of)?;
        relative_month(c, &scan.now)
    });
    let date = match month {
        Some(first) => Date::new(first.year(), first.month(), day).ok()?,
        None => scan.now.next_day_of_month(day)?,
    };
    let trust = match (month.is_some(), article, spelled) {
        (true, ..) => Trust::Sure,
        (false, true, false) => Trust::Unsure,
        _ => Trust::Led,
    };
    Some(Piece::Day(Day { trust, ..Day::sure(date) }))
}

/// "first monday of december", "the last friday of the month", "the last day of november".
pub(super) fn nth_weekday(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    c.skip(Word::The);
    let nth = if c.skip(Word::Last) { -1 } else { c.ordinal()? };
    let which = which_day(c)?;
    c.word(|word| matches!(word, Word::Of | Word::In).then_some(()))?;
    let first = c.attempt(|c| relative_month(c, &scan.now)).or_else(|| {
        let month = c.month()?.0;
        match c.attempt(year) {
            Some(year) => exact(year, u32::try_from(month).ok()?, 1),
            None => scan.now.next_month_named(month),
        }
    })?;
    let date = place_in_month(first, nth, which)?;
    let date = if date < scan.now.date {
        place_in_month(scan.now.month_after(first)?, nth, which)?
    } else {
        date
    };
    Some(Piece::Day(Day::sure(date)))
}

/// What is counted in a month.
#[derive(Clone, Copy)]
enum Which {
    Day,
    WorkingDay,
    Weekday(Weekday),
}

fn which_day(c: &mut Cursor<'_>) -> Option<Which> {
    if c.skip(Word::Working) {
        return c.eat(Word::Unit(Unit::Day)).map(|()| Which::WorkingDay);
    }
    c.word(|word| match word {
        Word::Weekday(weekday, _) => Some(Which::Weekday(weekday)),
        Word::Workday => Some(Which::WorkingDay),
        Word::Unit(Unit::Day) => Some(Which::Day),
        _ => None,
    })
}

fn place_in_month(first: Date, nth: i8, which: Which) -> Option<Date> {
    match which {
        Which::Weekday(weekday) => first.nth_weekday_of_month(nth, weekday).ok(),
        Which::Day if nth < 0 => Some(first.last_of_month()),
        Which::Day => Date::new(first.year(), first.month(), nth).ok(),
        Which::WorkingDay if nth < 0 => {
            let last = first.last_of_month();
            (0..3).filter_map(|back| last.checked_sub(back.days()).ok()).find(|d| !is_weekend(*d))
        }
        Which::WorkingDay => {
            let eve = first.yesterday().ok()?;
            amounts::later(eve, Length::WorkingDays(nth.into()))
                .filter(|date| date.month() == first.month())
        }
    }
}

/// "the month", "this month", "next month": its first day.
fn relative_month(c: &mut Cursor<'_>, now: &Now<'_>) -> Option<Date> {
    c.attempt(|c| {
        let next = c.word(|word| match word {
            Word::The | Word::This => Some(false),
            Word::Next => Some(true),
            _ => None,
        })?;
        c.eat(Word::Unit(Unit::Month))?;
        let first = now.date.first_of_month();
        if next { now.month_after(first) } else { Some(first) }
    })
}

/// 1 to 31, also as "14th" or "first".
pub(super) fn day_number(c: &mut Cursor<'_>) -> Option<i8> {
    if let Some(day) = c.ordinal() {
        return Some(day);
    }
    let (day, digits) = c.digits()?;
    i8::try_from(day).ok().filter(|day| digits <= 2 && (1..=31).contains(day))
}

fn dash(c: &mut Cursor<'_>) {
    // Either the sign is there or it is not; both are fine.
    let _ = c.sign('-');
}

/// A year in four digits.
pub(super) fn year(c: &mut Cursor<'_>) -> Option<u32> {
    c.digits()
        .and_then(|(year, digits)| (digits == 4 && (1900..=2999).contains(&year)).then_some(year))
}

/// "'28"
fn short_year(c: &mut Cursor<'_>) -> Option<u32> {
    c.any_sign('\'').or_else(|| c.any_sign('’'))?;
    glued_number(c).map(|year| 2000 + year)
}

fn glued_number(c: &mut Cursor<'_>) -> Option<u32> {
    if !c.glued() {
        return None;
    }
    c.digits().and_then(|(number, digits)| (digits <= 2).then_some(number))
}

fn exact(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// "friday 14 march", "Fri, 27.11.", "monday the 3rd": the date counts.
pub(super) fn with_weekday(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    let weekday =
        c.word(|word| if let Word::Weekday(weekday, _) = word { Some(weekday) } else { None })?;
    if c.any_sign(',').is_none() {
        let _ = c.sign('.');
    }
    let date = [iso, named, numeric, day_of_month]
        .into_iter()
        .find_map(|rule| c.attempt(|c| rule(c, scan)))
        .or_else(|| bare_day(c, weekday, &scan.now))?;
    let Piece::Day(day) = date else { return None };
    Some(Piece::Day(Day { trust: Trust::Sure, ..day }))
}

/// The 27 of "friday 27", if the 27th is a friday and nothing follows that it could count.
fn bare_day(c: &mut Cursor<'_>, weekday: Weekday, now: &Now<'_>) -> Option<Piece> {
    let (day, digits) = c.digits()?;
    let date = now.next_day_of_month(i8::try_from(day).ok().filter(|_| digits <= 2)?)?;
    let ends = match c.peek() {
        None | Some(Kind::Mark) => true,
        Some(Kind::Sign(sign)) => !matches!(sign, ':' | '-' | '–' | '/'),
        Some(Kind::Word(word)) => matches!(word, Word::At | Word::By | Word::Around),
        Some(_) => false,
    };
    (ends && date.weekday() == weekday).then(|| Piece::Day(Day::sure(date)))
}

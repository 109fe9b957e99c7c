//! Days with a name of their own: "christmas eve", "new year's day", "easter monday".

use jiff::civil::{Date, Weekday};

use super::{
    amounts,
    cursor::Cursor,
    lexicon::{Feast, Unit, Word},
    piece::{Day, Length, Piece, Trust},
    scan::{Now, Scan},
};

/// "by christmas", "on christmas eve", "easter monday". A bare name may also be what a title is about: "buy easter eggs".
pub(super) fn feast(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    let (date, trust) = c.attempt(|c| new_year(c, &scan.now)).or_else(|| named(c, &scan.now))?;
    Some(Piece::Day(Day { trust, ..Day::sure(date) }))
}

fn named(c: &mut Cursor<'_>, now: &Now<'_>) -> Option<(Date, Trust)> {
    let feast = self::name(c)?;
    let day = c.skip(Word::Unit(Unit::Day));
    if matches!(feast, Feast::DayOn(..)) && !day {
        return None;
    }
    let after = c.word(|word| match (feast, word) {
        (_, Word::Eve) => Some(-1),
        (Feast::Easter, Word::Weekday(Weekday::Monday, _)) => Some(1),
        (Feast::Easter, Word::Weekday(Weekday::Sunday, _)) => Some(0),
        _ => None,
    });
    let trust = if day || after.is_some() { Trust::Last } else { Trust::Led };
    let this_year = now.date.year();
    let date = (this_year..=this_year.saturating_add(1))
        .filter_map(|year| in_year(feast, year))
        .filter_map(|date| amounts::later(date, Length::Days(after.unwrap_or(0))))
        .find(|date| *date >= now.date)?;
    Some((date, trust))
}

pub(super) fn name(c: &mut Cursor<'_>) -> Option<Feast> {
    c.word(|word| if let Word::Feast(feast) = word { Some(feast) } else { None })
}

/// "new year", "new year's eve", "new year's day"
fn new_year(c: &mut Cursor<'_>, now: &Now<'_>) -> Option<(Date, Trust)> {
    c.eat(Word::New)?;
    c.word(|word| matches!(word, Word::Unit(Unit::Year) | Word::Own(Unit::Year)).then_some(()))?;
    if c.skip(Word::Eve) {
        return now.next_date(12, 31).map(|date| (date, Trust::Last));
    }
    let trust = if c.skip(Word::Unit(Unit::Day)) { Trust::Last } else { Trust::Led };
    now.next_date(1, 1).map(|date| (date, trust))
}

fn in_year(feast: Feast, year: i16) -> Option<Date> {
    match feast {
        Feast::On(month, day) | Feast::DayOn(month, day) => Date::new(year, month, day).ok(),
        Feast::Easter => easter(year),
        Feast::Thanksgiving => {
            Date::new(year, 11, 1).ok()?.nth_weekday_of_month(4, Weekday::Thursday).ok()
        }
    }
}

/// Easter Sunday of the Gregorian calendar: the Sunday after the church's full moon of spring.
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (golden, century) = (year % 19, year / 100);
    // Days from 21 March to that full moon: the moon's age, corrected for leap years and the moon's drift.
    let drift = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15) % 30;
    let moon = drift - drift / 28 * (1 - drift / 28 * (29 / (drift + 1)) * ((21 - golden) / 11));
    let moon = amounts::later(
        Date::new(i16::try_from(year).ok()?, 3, 21).ok()?,
        Length::Days(moon.into()),
    )?;
    let to_sunday = i64::from(moon.weekday().until(Weekday::Sunday));
    amounts::later(moon, Length::Days(if to_sunday == 0 { 7 } else { to_sunday }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_the_church_says() {
        for (year, month, day) in [
            (1961, 4, 2),
            (1981, 4, 19),
            (2000, 4, 23),
            (2008, 3, 23),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2038, 4, 25),
            (2049, 4, 18),
            (2285, 3, 22),
        ] {
            assert_eq!(easter(year), Date::new(year, month, day).ok());
        }
    }
}

//! Lengths of time: "3 days", "half an hour", "an hour and a half", "1h30", "a couple of weeks".

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::{
    cursor::Cursor,
    lexicon::{Unit, Word},
    piece::Length,
    tokens::Kind,
};

/// More of anything than anybody means.
const MOST: u32 = 9999;

/// A length of time.
pub(super) fn length(c: &mut Cursor<'_>) -> Option<Length> {
    c.attempt(half).or_else(|| c.attempt(quarters)).or_else(|| c.attempt(counted))
}

/// Two lengths, of which the longer counts: "a day or two", "2-3 weeks", "2 or 3 days".
pub(super) fn vague_length(c: &mut Cursor<'_>) -> Option<Length> {
    let least = count(c)?;
    let before = c.attempt(or_another);
    let unit = unit(c)?;
    let most = before.or_else(|| c.attempt(or_another)).filter(|most| *most > least)?;
    Some(of(most, unit))
}

fn or_another(c: &mut Cursor<'_>) -> Option<u32> {
    if c.any_sign('-').is_none() && c.any_sign('–').is_none() {
        c.word(|word| matches!(word, Word::Or | Word::To).then_some(()))?;
    }
    c.number().filter(|count| (1..=MOST).contains(count))
}

/// "half an hour", "half a year"
fn half(c: &mut Cursor<'_>) -> Option<Length> {
    c.eat(Word::Half)?;
    c.skip(Word::Article);
    match unit(c)? {
        Unit::Hour => Some(Length::Minutes(30)),
        Unit::Year => Some(Length::Months(6)),
        _ => None,
    }
}

/// "a quarter of an hour", "three quarters of an hour"
fn quarters(c: &mut Cursor<'_>) -> Option<Length> {
    let quarters = count(c)?;
    c.eat(Word::Unit(Unit::Quarter))?;
    c.eat(Word::Of)?;
    c.eat(Word::Article)?;
    (unit(c)? == Unit::Hour).then_some(Length::Minutes(i64::from(quarters) * 15))
}

fn counted(c: &mut Cursor<'_>) -> Option<Length> {
    let count = count(c)?;
    if let Some(tenths) = c.attempt(tenths) {
        let minutes = i64::from(count) * 60 + i64::from(tenths) * 6;
        return (unit(c)? == Unit::Hour).then_some(Length::Minutes(minutes));
    }
    // "two and a half hours"
    if c.attempt(and_a_half).is_some() {
        return (unit(c)? == Unit::Hour).then_some(Length::Minutes(i64::from(count) * 60 + 30));
    }
    if c.skip(Word::Working) {
        return (unit(c)? == Unit::Day).then_some(Length::WorkingDays(count.into()));
    }
    let unit = unit(c)?;
    if unit == Unit::Year && c.attempt(and_a_half).is_some() {
        return Some(Length::Months(i64::from(count) * 12 + 6));
    }
    let length = of(count, unit);
    let Length::Minutes(minutes) = length else { return Some(length) };
    let more = if unit == Unit::Hour { c.attempt(more_minutes).unwrap_or(0) } else { 0 };
    Some(Length::Minutes(minutes + more))
}

fn and_a_half(c: &mut Cursor<'_>) -> Option<()> {
    c.eat(Word::And)?;
    c.eat(Word::Article)?;
    c.eat(Word::Half)
}

/// A number, "a", "a couple of", or "a few", which are three.
pub(super) fn count(c: &mut Cursor<'_>) -> Option<u32> {
    let couple = c.attempt(|c| {
        c.skip(Word::Article);
        let count = c.word(|word| match word {
            Word::Couple => Some(2),
            Word::Few => Some(3),
            _ => None,
        })?;
        c.skip(Word::Of);
        Some(count)
    });
    let article = |c: &mut Cursor<'_>| c.eat(Word::Article).map(|()| 1);
    couple.or_else(|| c.number()).or_else(|| article(c)).filter(|count| (1..=MOST).contains(count))
}

/// The ".5" of "1.5 hours".
fn tenths(c: &mut Cursor<'_>) -> Option<u32> {
    c.sign('.')?;
    c.digits().and_then(|(tenths, digits)| (digits == 1).then_some(tenths))
}

/// What may follow hours: "30", "30 min", "and 30 minutes", "and a half".
fn more_minutes(c: &mut Cursor<'_>) -> Option<i64> {
    if c.glued() {
        let minutes = c.digits()?.0;
        c.attempt(|c| (unit(c)? == Unit::Minute).then_some(()));
        return (minutes < 60).then_some(minutes.into());
    }
    if c.attempt(and_a_half).is_some() {
        return Some(30);
    }
    c.skip(Word::And);
    let minutes = c.number()?;
    (unit(c)? == Unit::Minute && minutes < 60).then_some(minutes.into())
}

/// A unit, or its letter directly after a number.
pub(super) fn unit(c: &mut Cursor<'_>) -> Option<Unit> {
    let glued = c.glued();
    c.take(|kind| match kind {
        Kind::Word(Word::Unit(unit)) => Some(unit),
        Kind::Word(Word::Letter(unit)) if glued => Some(unit),
        _ => None,
    })
}

/// So many of a unit.
pub(super) fn of(count: u32, unit: Unit) -> Length {
    let count = i64::from(count);
    match unit {
        Unit::Minute => Length::Minutes(count),
        Unit::Hour => Length::Minutes(count * 60),
        Unit::Day => Length::Days(count),
        Unit::Week => Length::Days(count * 7),
        Unit::Fortnight => Length::Days(count * 14),
        Unit::Month => Length::Months(count),
        Unit::Quarter => Length::Months(count * 3),
        Unit::Year => Length::Months(count * 12),
    }
}

/// The day that is that much later; `None` for lengths shorter than a day.
pub(super) fn later(date: Date, length: Length) -> Option<Date> {
    match length {
        Length::Minutes(_) => None,
        Length::Days(days) => date.checked_add(days.days()).ok(),
        Length::Months(months) => date.checked_add(months.months()).ok(),
        Length::WorkingDays(days) => {
            let mut date = date.checked_add((days / 5 * 7).days()).ok()?;
            let mut left = days % 5;
            while left > 0 || is_weekend(date) {
                date = date.tomorrow().ok()?;
                left -= i64::from(!is_weekend(date) && left > 0);
            }
            Some(date)
        }
    }
}

pub(super) fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

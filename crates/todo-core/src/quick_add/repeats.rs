//! Repeats: "every 3 days", "every mon, wed and fri", "the last friday of every month", "weekly", "every! week".

pub(super) mod except;
pub(super) mod often;
mod places;
mod weekdays;

use jiff::civil::Weekday;

use super::{
    amounts, calendar,
    cursor::Cursor,
    days, ends, feasts,
    lexicon::{Feast, Unit, Word},
    piece::{Draft, Length, Piece, Trust},
    scan::Scan,
    tokens::Kind,
};
use crate::repeat::{
    Rule,
    rule::{Day, Freq},
};
use places::{Place, place};
use weekdays::weekdays;

/// "every …"; with a "!" it counts from the day it is done.
pub(super) fn every(c: &mut Cursor<'_>, _: &Scan<'_>) -> Option<Piece> {
    c.eat(Word::Every)?;
    let from_completion = c.sign('!').is_some();
    c.skip(Word::Single);
    let alternatives = [
        every_unit,
        every_weekday,
        every_working_day,
        every_part,
        every_place,
        every_date,
        every_feast,
    ];
    let found = alternatives.into_iter().filter_map(|rule| {
        let mut copy = *c;
        rule(&mut copy).map(|draft| (copy, draft))
    });
    // The first of the longest, so that the order above decides.
    let (after, mut draft) =
        found.reduce(|best, next| if next.0.at > best.0.at { next } else { best })?;
    *c = after;
    draft.rule.from_completion = from_completion;
    Some(draft.found())
}

/// "the 1st of every month", "the last friday of every other month".
pub(super) fn of_every(c: &mut Cursor<'_>, _: &Scan<'_>) -> Option<Piece> {
    let place = place(c)?;
    c.word(|word| matches!(word, Word::Of | Word::In | Word::On).then_some(()))?;
    c.eat(Word::Every)?;
    if let Some((month, _)) = c.month() {
        return Some(Draft::sure(place.in_month(month)).found());
    }
    let longer = c.word(|word| match word {
        Word::Unit(unit @ (Unit::Week | Unit::Quarter | Unit::Year)) => Some(unit),
        _ => None,
    });
    if let Some(unit) = longer {
        return place.at_the_edge_of(unit).map(|rule| Draft::sure(rule).found());
    }
    let rule = counted_unit(c)?;
    (rule.freq == Freq::Monthly).then(|| Draft::sure(place.of(rule)).found())
}

/// "on mondays and thursdays", "alternate mondays", "weekdays", "weekends", "monday mornings".
pub(super) fn plural(c: &mut Cursor<'_>, _: &Scan<'_>) -> Option<Piece> {
    let interval = if c.skip(Word::Other) { 2 } else { 1 };
    let rule = if c.skip(Word::Workdays) || c.attempt(|c| mornings(c, working_day)).is_some() {
        working_week(interval)
    } else if c.skip(Word::Weekends) {
        weekly(interval, vec![Weekday::Saturday])
    } else if let Some(days) = c.attempt(|c| mornings(c, weekdays)) {
        weekly(interval, days)
    } else {
        let mut ahead = *c;
        ahead.word(|word| matches!(word, Word::Weekdays(_)).then_some(()))?;
        weekly(interval, weekdays(c)?)
    };
    Some(Draft { trust: Trust::Unsure, ..with_part(c, rule) }.found())
}

/// Days that are plural only by the "mornings" after them, which are left for [`with_part`].
fn mornings<T>(c: &mut Cursor<'_>, days: impl FnOnce(&mut Cursor<'_>) -> Option<T>) -> Option<T> {
    let days = days(c)?;
    let mut ahead = *c;
    ahead.word(|word| matches!(word, Word::Parts(_)).then_some(days))
}

/// "weekly", "bi-weekly", "monthly on the 1st", "weekly on friday". Before a noun it is an adjective: "weekly review".
pub(super) fn adverb(c: &mut Cursor<'_>, _: &Scan<'_>) -> Option<Piece> {
    let twice_as_long = c.attempt(|c| {
        c.eat(Word::Bi)?;
        c.any_sign('-')
    });
    let plain = adverb_rule(c)?;
    let interval = if twice_as_long.is_some() { plain.interval * 2 } else { plain.interval };
    let plain = Rule { interval, ..plain };
    let draft = match c.attempt(|c| on(c, plain.clone())) {
        Some(rule) => Draft::sure(rule),
        None => Draft { rule: plain, part: None, trust: Trust::Last },
    };
    Some(draft.found())
}

fn adverb_rule(c: &mut Cursor<'_>) -> Option<Rule> {
    c.word(|word| match word {
        Word::Adverb(interval, freq) => Some(Rule::every(interval, freq)),
        _ => None,
    })
}

/// "once a week", "once every 2 weeks", "once weekly"
pub(super) fn once(c: &mut Cursor<'_>, _: &Scan<'_>) -> Option<Piece> {
    c.eat(Word::Once)?;
    let rule = c.attempt(adverb_rule).or_else(|| {
        c.word(|word| matches!(word, Word::Article | Word::Every | Word::Per).then_some(()))?;
        counted_unit(c)
    })?;
    let rule = c.attempt(|c| on(c, rule.clone())).unwrap_or(rule);
    Some(Draft::sure(rule).found())
}

/// "3 days after it is done"
pub(super) fn after_done(c: &mut Cursor<'_>, _: &Scan<'_>) -> Option<Piece> {
    let (interval, freq) = match amounts::length(c)? {
        Length::Minutes(minutes) if minutes % 60 == 0 => (minutes / 60, Freq::Hourly),
        Length::Days(days) if days % 7 == 0 => (days / 7, Freq::Weekly),
        Length::Days(days) => (days, Freq::Daily),
        Length::Months(months) if months % 12 == 0 => (months / 12, Freq::Yearly),
        Length::Months(months) => (months, Freq::Monthly),
        Length::Minutes(_) | Length::WorkingDays(_) => return None,
    };
    ends::completion(c)?;
    let rule = Rule {
        from_completion: true,
        ..Rule::every(interval_of(u32::try_from(interval).ok()?)?, freq)
    };
    Some(Draft::sure(rule).found())
}

/// "day", "other week", "3 months", "third year", and "on …" after it.
fn every_unit(c: &mut Cursor<'_>) -> Option<Draft> {
    let rule = counted_unit(c)?;
    if rule.freq == Freq::Daily {
        c.attempt(|c| {
            c.eat(Word::Of)?;
            c.eat(Word::The)?;
            c.eat(Word::Unit(Unit::Week))
        });
    }
    let rule = c.attempt(|c| on(c, rule.clone())).unwrap_or(rule);
    Some(with_part(c, rule))
}

/// "friday", "mon, wed and fri", "other friday", "monday morning".
fn every_weekday(c: &mut Cursor<'_>) -> Option<Draft> {
    // "Every second friday" skips one; "every 2nd friday" is the second of the month.
    let skips = c.word(|word| matches!(word, Word::Other | Word::Nth(2)).then_some(())).is_some();
    let rule = weekly(if skips { 2 } else { 1 }, weekdays(c)?);
    Some(with_part(c, rule))
}

/// "weekday", "working day", "weekend".
fn every_working_day(c: &mut Cursor<'_>) -> Option<Draft> {
    let rule = if working_day(c).is_some() {
        working_week(1)
    } else {
        let interval = if c.skip(Word::Other) { 2 } else { 1 };
        c.word(|word| matches!(word, Word::Weekend | Word::Weekends).then_some(()))?;
        weekly(interval, vec![Weekday::Saturday])
    };
    Some(with_part(c, rule))
}

/// "morning"
fn every_part(c: &mut Cursor<'_>) -> Option<Draft> {
    let part = days::part(c)?;
    Some(Draft { part: Some(part), ..Draft::sure(Rule::every(1, Freq::Daily)) })
}

/// "27th", "1st and 15th of the month", "last friday", "third friday of november".
fn every_place(c: &mut Cursor<'_>) -> Option<Draft> {
    let in_words = matches!(c.peek(), Some(Kind::Word(Word::Nth(_))));
    let place = place(c)?;
    let month = c.attempt(|c| {
        c.word(|word| matches!(word, Word::Of | Word::In).then_some(()))?;
        if let Some((month, _)) = c.month() {
            return Some(Some(month));
        }
        c.word(|word| matches!(word, Word::The | Word::Every | Word::Article).then_some(()));
        c.eat(Word::Unit(Unit::Month)).map(|()| None)
    });
    // "Make every second count" is not about a day.
    if in_words && month.is_none() && matches!(place, Place::Days(_)) {
        return None;
    }
    let rule = match month.flatten() {
        Some(month) => place.in_month(month),
        None => place.of(Rule::every(1, Freq::Monthly)),
    };
    Some(Draft::sure(rule))
}

/// "jan 27", "27 january", "january", "january and july", "1 april and 1 october".
fn every_date(c: &mut Cursor<'_>) -> Option<Draft> {
    let (month, day) = one_date(c)?;
    let mut months = vec![month];
    while let Some((month, _)) = c.attempt(|c| {
        let comma = c.any_sign(',').is_some();
        if !c.skip(Word::And) && !comma {
            return None;
        }
        one_date(c).filter(|(_, other)| *other == day)
    }) {
        months.push(month);
    }
    months.sort_unstable();
    months.dedup();
    let rule = yearly(Rule::every(1, Freq::Yearly), month, day)?;
    Some(Draft::sure(if months.len() > 1 { Rule { months, ..rule } } else { rule }))
}

fn one_date(c: &mut Cursor<'_>) -> Option<(i8, i8)> {
    c.attempt(calendar::month_and_day).or_else(|| Some((c.month()?.0, 1)))
}

/// "christmas", "thanksgiving"; no rule knows when easter is.
fn every_feast(c: &mut Cursor<'_>) -> Option<Draft> {
    let every_year = Rule::every(1, Freq::Yearly);
    let rule = match feasts::name(c)? {
        Feast::On(month, day) => yearly(every_year, month, day)?,
        Feast::DayOn(month, day) => {
            c.eat(Word::Unit(Unit::Day))?;
            yearly(every_year, month, day)?
        }
        Feast::Thanksgiving => Place::Weekdays(vec![4], Weekday::Thursday).in_month(11),
        Feast::Easter => return None,
    };
    Some(Draft::sure(rule))
}

/// "on friday" after weeks, "on the 1st" after months, "on 27 january" after years.
fn on(c: &mut Cursor<'_>, rule: Rule) -> Option<Rule> {
    if !c.skip(Word::On) && rule.freq != Freq::Weekly {
        return None;
    }
    match rule.freq {
        Freq::Weekly if c.skip(Word::Workdays) => Some(working_week(rule.interval)),
        Freq::Weekly => Some(weekly(rule.interval, weekdays(c)?)),
        Freq::Monthly => {
            let place = c
                .attempt(place)
                .or_else(|| calendar::day_number(c).map(|day| Place::Days(vec![day])))?;
            Some(place.of(rule))
        }
        Freq::Yearly => {
            if let Some((month, day)) = c.attempt(calendar::month_and_day) {
                return yearly(rule, month, day);
            }
            let place = place(c)?;
            c.word(|word| matches!(word, Word::Of | Word::In).then_some(()))?;
            let month = c.month()?.0;
            Some(Rule { interval: rule.interval, ..place.in_month(month) })
        }
        Freq::Hourly | Freq::Daily => None,
    }
}

/// "day", "3 days", "other day", "third day".
fn counted_unit(c: &mut Cursor<'_>) -> Option<Rule> {
    let count = if c.skip(Word::Other) {
        2
    } else if let Some(nth) = c.ordinal() {
        u32::try_from(nth).ok()?
    } else if c.attempt(half_year).is_some() {
        return Some(Rule::every(6, Freq::Monthly));
    } else {
        c.attempt(amounts::count).unwrap_or(1)
    };
    let (times, freq) = match amounts::unit(c)? {
        Unit::Minute => return None,
        Unit::Hour => (1, Freq::Hourly),
        Unit::Day => (1, Freq::Daily),
        Unit::Week => (1, Freq::Weekly),
        Unit::Fortnight => (2, Freq::Weekly),
        Unit::Month => (1, Freq::Monthly),
        Unit::Quarter => (3, Freq::Monthly),
        Unit::Year => (1, Freq::Yearly),
    };
    Some(Rule::every(interval_of(count.checked_mul(times)?)?, freq))
}

fn half_year(c: &mut Cursor<'_>) -> Option<()> {
    c.eat(Word::Half)?;
    c.skip(Word::Article);
    c.eat(Word::Unit(Unit::Year))
}

fn interval_of(count: u32) -> Option<u16> {
    u16::try_from(count).ok().filter(|count| (1..=999).contains(count))
}

fn working_day(c: &mut Cursor<'_>) -> Option<()> {
    c.attempt(|c| c.word(|word| matches!(word, Word::Workday | Word::Workdays).then_some(())))
        .or_else(|| {
            c.attempt(|c| {
                c.eat(Word::Working)?;
                c.eat(Word::Unit(Unit::Day))
            })
        })
}

fn with_part(c: &mut Cursor<'_>, rule: Rule) -> Draft {
    Draft { part: c.attempt(days::part), ..Draft::sure(rule) }
}

fn weekly(interval: u16, mut days: Vec<Weekday>) -> Rule {
    days.sort_unstable_by_key(|day| day.to_monday_zero_offset());
    days.dedup();
    Rule { days: days.into_iter().map(Day::every).collect(), ..Rule::every(interval, Freq::Weekly) }
}

fn working_week(interval: u16) -> Rule {
    weekly(interval, Weekday::Monday.cycle_forward().take(5).collect())
}

fn yearly(rule: Rule, month: i8, day: i8) -> Option<Rule> {
    // A leap year has every day that a year can have.
    jiff::civil::Date::new(2028, month, day).ok()?;
    // Only 29 February is missing in some years.
    let days = if (month, day) == (2, 29) {
        rule.on_month_days(&[29])
    } else {
        Rule { month_days: vec![day], ..rule }
    };
    Some(Rule { months: vec![month], ..days })
}

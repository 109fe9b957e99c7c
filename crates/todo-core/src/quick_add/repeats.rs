//! Repeats: "every 3 days", "every mon, wed and fri", "the last friday of every month", "weekly", "every! week".

mod places;

use jiff::civil::Weekday;

use super::{
    amounts, calendar,
    cursor::Cursor,
    days, ends,
    lexicon::{Unit, Word},
    piece::{Draft, Length, Piece, Trust},
    scan::Scan,
};
use crate::repeat::{
    Rule,
    rule::{Day, Freq},
};
use places::{Place, place};

/// "every …"; with a "!" it counts from the day it is done.
pub(super) fn every(c: &mut Cursor<'_>, _: &Scan<'_>) -> Option<Piece> {
    c.eat(Word::Every)?;
    let from_completion = c.sign('!').is_some();
    let alternatives =
        [every_unit, every_weekday, every_working_day, every_part, every_place, every_date];
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
    let rule = counted_unit(c)?;
    (rule.freq == Freq::Monthly).then(|| Draft::sure(place.of(rule)).found())
}

/// "on mondays and thursdays", "weekdays", "weekends".
pub(super) fn plural(c: &mut Cursor<'_>, _: &Scan<'_>) -> Option<Piece> {
    let rule = if c.skip(Word::Workdays) {
        working_week(1)
    } else if c.skip(Word::Weekends) {
        weekly(1, vec![Weekday::Saturday])
    } else {
        let mut ahead = *c;
        ahead.word(|word| matches!(word, Word::Weekdays(_)).then_some(()))?;
        weekly(1, weekdays(c)?)
    };
    Some(Draft { trust: Trust::Unsure, ..with_part(c, rule) }.found())
}

/// "weekly", "monthly on the 1st", "weekly on friday". Before a noun it is an adjective: "weekly review".
pub(super) fn adverb(c: &mut Cursor<'_>, _: &Scan<'_>) -> Option<Piece> {
    let (interval, freq) = c.word(|word| {
        if let Word::Adverb(interval, freq) = word { Some((interval, freq)) } else { None }
    })?;
    let plain = Rule::every(interval, freq);
    let draft = match c.attempt(|c| on(c, plain.clone())) {
        Some(rule) => Draft::sure(rule),
        None => Draft { rule: plain, part: None, trust: Trust::Last },
    };
    Some(draft.found())
}

/// "once a week"
pub(super) fn once(c: &mut Cursor<'_>, _: &Scan<'_>) -> Option<Piece> {
    c.eat(Word::Once)?;
    c.word(|word| matches!(word, Word::Article | Word::Every).then_some(()))?;
    let rule = counted_unit(c)?;
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
    let place = place(c)?;
    let month = c.attempt(|c| {
        c.word(|word| matches!(word, Word::Of | Word::In).then_some(()))?;
        if let Some((month, _)) = c.month() {
            return Some(Some(month));
        }
        c.word(|word| matches!(word, Word::The | Word::Every | Word::Article).then_some(()));
        c.eat(Word::Unit(Unit::Month)).map(|()| None)
    });
    let rule = match month.flatten() {
        Some(month) => place.in_month(month),
        None => place.of(Rule::every(1, Freq::Monthly)),
    };
    Some(Draft::sure(rule))
}

/// "jan 27", "27 january", "january".
fn every_date(c: &mut Cursor<'_>) -> Option<Draft> {
    let (month, day) = match c.attempt(calendar::month_and_day) {
        Some(date) => date,
        None => (c.month()?.0, 1),
    };
    yearly(Rule::every(1, Freq::Yearly), month, day).map(Draft::sure)
}

/// "on friday" after weeks, "on the 1st" after months, "on 27 january" after years.
fn on(c: &mut Cursor<'_>, rule: Rule) -> Option<Rule> {
    c.eat(Word::On)?;
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

/// "monday", "mon, wed and fri", "mon-fri", "tuesdays to thursdays".
fn weekdays(c: &mut Cursor<'_>) -> Option<Vec<Weekday>> {
    let mut days = vec![one_weekday(c)?];
    while days.len() < 7 {
        if let Some(last) = c.attempt(through) {
            let first = *days.last().expect("a list has a first day");
            days.extend(first.cycle_forward().skip(1).take_while(|day| *day != last));
            days.push(last);
        } else if let Some(next) = c.attempt(and_another) {
            days.push(next);
        } else {
            break;
        }
    }
    Some(days)
}

fn one_weekday(c: &mut Cursor<'_>) -> Option<Weekday> {
    c.word(|word| match word {
        Word::Weekday(weekday, _) | Word::Weekdays(weekday) => Some(weekday),
        _ => None,
    })
}

fn through(c: &mut Cursor<'_>) -> Option<Weekday> {
    if c.any_sign('-').is_none() && c.any_sign('–').is_none() {
        c.word(|word| matches!(word, Word::To | Word::Until).then_some(()))?;
    }
    one_weekday(c)
}

fn and_another(c: &mut Cursor<'_>) -> Option<Weekday> {
    let sign = [',', '&', '/', '+'].into_iter().any(|sign| c.any_sign(sign).is_some());
    let word = c.skip(Word::And);
    if sign || word { one_weekday(c) } else { None }
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

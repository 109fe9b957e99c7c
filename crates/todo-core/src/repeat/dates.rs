//! Which dates a rule produces. The `rrule` crate expands it; civil time passes through it as if it were UTC.

use jiff::{
    Timestamp, ToSpan, Unit, Zoned,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};
use rrule::RRuleSet;

use super::rule::{Clock, Freq, Rule, Until};
use crate::task::Due;

/// The last year that a task can be due in.
const LAST_YEAR: i16 = 9000;

/// The next date of a task that is done.
pub(super) fn next(rule: &Rule, due: &Due, now: &Zoned) -> Option<(Due, Rule)> {
    let rule = counted_down(rule, due)?;
    let next =
        if rule.is_timed() { next_time(&rule, due, now) } else { next_day(&rule, due, now) }?;
    comes_before_the_end(&rule, &next).then_some((next, rule))
}

/// The next date of a task of which one date is left out.
pub(super) fn skip(rule: &Rule, due: &Due, now: &Zoned) -> Option<(Due, Rule)> {
    let today = today(due, now);
    if rule.is_timed() || rule.from_completion || due.date >= today {
        return next(rule, due, now);
    }
    let rule = counted_down(rule, due)?;
    let date = occurrences(&rule, midnight(due.date), midnight(today.yesterday().ok()?)).next()?;
    let next = Due { date: date.date(), time: due.time.clone() };
    comes_before_the_end(&rule, &next).then_some((next, rule))
}

/// The rule after one of its dates; `None` after the last that it counts.
fn counted_down(rule: &Rule, due: &Due) -> Option<Rule> {
    let mut rule = rule.clone();
    if let Some(count) = rule.count {
        rule.count = Some(count.checked_sub(1).filter(|left| *left > 0)?);
    }
    Some(if rule.from_completion { rule } else { pinned(rule, due.date) })
}

/// Whether a rule names any day at all.
pub(super) fn ever_comes(rule: &Rule) -> bool {
    // Without this, 30 February would be the last day of February, like the 30th of "every month on the 30th".
    let literal = rule.days.is_empty() && rule.positions.is_empty();
    let exists = |month: i8, day: i8| Date::new(2028, month, day.abs()).is_ok();
    if literal
        && !rule.months.is_empty()
        && !rule.month_days.is_empty()
        && !rule.months.iter().any(|m| rule.month_days.iter().any(|day| exists(*m, *day)))
    {
        return false;
    }
    let endless = Rule { interval: 1, count: None, until: None, ..rule.clone() };
    first_on_or_after(&endless, Date::constant(2000, 1, 1)).is_some()
}

pub(super) fn upcoming(rule: &Rule, due: &Due, n: usize) -> Vec<Date> {
    let rule = pinned(rule.clone(), due.date);
    let left =
        rule.count.map_or(n, |count| usize::try_from(count.saturating_sub(1)).unwrap_or(n).min(n));
    let start = due.date.to_datetime(if rule.is_timed() { time_of(due) } else { Time::midnight() });
    let mut dates: Vec<Date> = occurrences(&rule, start, start)
        .map(|at| {
            if rule.is_timed() {
                timed(due, at)
            } else {
                Due { date: at.date(), time: due.time.clone() }
            }
        })
        .take_while(|due| comes_before_the_end(&rule, due))
        .map(|due| due.date)
        .take(left)
        .collect();
    dates.dedup();
    dates
}

pub(super) fn first_on_or_after(rule: &Rule, date: Date) -> Option<Date> {
    let start = midnight(date);
    // Nothing has happened yet that an interval could be counted from: the next such day is the first.
    let interval = if rule.is_plain() { rule.interval } else { 1 };
    let choice = pinned(Rule { interval, ..rule.clone() }, date);
    let before = start.checked_sub(1.second()).ok()?;
    let first = occurrences(&choice, start, before).next()?.date();
    comes_before_the_end(rule, &Due::on(first)).then_some(first)
}

/// The next day of a rule without times: after the day it was due and after today.
fn next_day(rule: &Rule, due: &Due, now: &Zoned) -> Option<Due> {
    let today = today(due, now);
    let (start, after) =
        if rule.from_completion { (today, today) } else { (due.date, due.date.max(today)) };
    let date = occurrences(rule, midnight(start), midnight(after)).next()?.date();
    Some(Due { date, time: due.time.clone() })
}

/// Today on the clocks of the task.
fn today(due: &Due, now: &Zoned) -> Date {
    match &due.time {
        Some((_, zone)) => now.with_time_zone(TimeZone::get(zone).unwrap_or(TimeZone::UTC)).date(),
        None => now.date(),
    }
}

/// The next time of a rule with times: after the moment it was due and after now.
fn next_time(rule: &Rule, due: &Due, now: &Zoned) -> Option<Due> {
    let home = now.time_zone().iana_name().unwrap_or("UTC");
    let zone = due.time.as_ref().map_or(home, |(_, zone)| zone);
    let now = now.with_time_zone(TimeZone::get(zone).unwrap_or(TimeZone::UTC)).datetime();
    let now = now.date().at(now.hour(), now.minute(), 0, 0);
    let was = due.date.to_datetime(due.time.as_ref().map_or(now.time(), |(time, _)| *time));
    let (start, after) = if rule.from_completion { (now, now) } else { (was, was.max(now)) };
    // Clocks that jump show two times for one instant: the second is not the next one.
    let passed = due.instant();
    let next = occurrences(rule, start, after).map(|at| Due::at(at.date(), at.time(), zone));
    next.take(100).find(|next| next.instant() > passed)
}

fn timed(due: &Due, at: DateTime) -> Due {
    let zone = due.time.as_ref().map_or("UTC", |(_, zone)| zone);
    Due::at(at.date(), at.time(), zone)
}

fn time_of(due: &Due) -> Time {
    due.time.as_ref().map_or(Time::midnight(), |(time, _)| *time)
}

fn midnight(date: Date) -> DateTime {
    date.to_datetime(Time::midnight())
}

fn comes_before_the_end(rule: &Rule, due: &Due) -> bool {
    let ended = match &rule.until {
        None => false,
        Some(Until { date, time: None }) => due.date > *date,
        Some(Until { date, time: Some(_) }) if due.time.is_none() => due.date > *date,
        Some(Until { date, time: Some((time, Clock::Task)) }) => {
            due.date.to_datetime(time_of(due)) > date.to_datetime(*time)
        }
        Some(Until { date, time: Some((time, Clock::Utc)) }) => {
            due.instant()
                > date.to_datetime(*time).to_zoned(TimeZone::UTC).ok().map(|end| end.timestamp())
        }
    };
    !ended && due.date.year() <= LAST_YEAR
}

/// The rule with the day of the month that it takes from its start written down. Without that, a task due on the
/// 31st would become one of the 28th after its first February.
fn pinned(mut rule: Rule, start: Date) -> Rule {
    let bare = Rule { months: Vec::new(), ..rule.clone() }.is_plain();
    if !bare || start.day() <= 28 {
        return rule;
    }
    match rule.freq {
        Freq::Yearly if rule.months.is_empty() && start.month() == 2 => rule.months = vec![2],
        Freq::Yearly if rule.months.is_empty() => return rule,
        Freq::Monthly | Freq::Yearly => {}
        _ => return rule,
    }
    if rule.months.len() > 1 {
        rule.month_days = vec![start.day()];
        rule
    } else {
        rule.on_month_days(&[start.day()])
    }
}

/// The occurrences strictly after `after` of a rule that starts at `start`.
fn occurrences(rule: &Rule, start: DateTime, after: DateTime) -> impl Iterator<Item = DateTime> {
    let start = nearer(rule, start, after).unwrap_or(start);
    expand(rule, start).into_iter().flatten().skip_while(move |at| *at <= after)
}

/// Skips whole intervals, so that a task forgotten for years costs no more than one from yesterday.
fn nearer(rule: &Rule, start: DateTime, after: DateTime) -> Option<DateTime> {
    let (unit, step) = match rule.freq {
        Freq::Hourly => (Unit::Hour, 1.hour()),
        Freq::Daily => (Unit::Day, 1.day()),
        Freq::Weekly => (Unit::Week, 1.week()),
        Freq::Monthly => (Unit::Month, 1.month()),
        Freq::Yearly => (Unit::Year, 1.year()),
    };
    let passed = start.until((unit, after)).ok()?;
    let passed = match unit {
        Unit::Hour => i64::from(passed.get_hours()),
        Unit::Day => i64::from(passed.get_days()),
        Unit::Week => i64::from(passed.get_weeks()),
        Unit::Month => i64::from(passed.get_months()),
        _ => i64::from(passed.get_years()),
    };
    let interval = i64::from(rule.interval);
    // One interval is kept back: the rule may choose several days within each.
    let skipped = (passed / interval - 1) * interval;
    if skipped <= 0 { None } else { start.checked_add(step.checked_mul(skipped).ok()?).ok() }
}

fn expand(rule: &Rule, start: DateTime) -> Option<impl Iterator<Item = DateTime>> {
    let mut text = format!("DTSTART:{}", start.strftime("%Y%m%dT%H%M%SZ"));
    for choice in spread(rule) {
        text.push_str("\nRRULE:");
        choice.write_choice(&mut text).ok()?;
    }
    let set: RRuleSet = text.parse().ok()?;
    let civil =
        |seconds| Timestamp::from_second(seconds).ok().map(|at| TimeZone::UTC.to_datetime(at));
    Some(set.limit().into_iter().map_while(move |at| civil(at.timestamp())))
}

/// Rules that together mean what people mean by the 29th to 31st: the last day, where a month is shorter.
fn spread(rule: &Rule) -> Vec<Rule> {
    let late: Vec<i8> = rule.month_days.iter().copied().filter(|day| *day > 28).collect();
    if late.is_empty() || !rule.days.is_empty() || !rule.positions.is_empty() {
        return vec![rule.clone()];
    }
    let mut rules = Vec::new();
    let early: Vec<i8> = rule.month_days.iter().copied().filter(|day| *day <= 28).collect();
    if !early.is_empty() {
        rules.push(Rule { month_days: early, ..rule.clone() });
    }
    for day in late {
        let clamped = rule.clone().on_month_days(&[day]);
        if rule.freq == Freq::Monthly {
            rules.push(clamped);
            continue;
        }
        // BYSETPOS chooses within the year here: each month needs a rule of its own.
        let months = if rule.months.is_empty() { (1..=12).collect() } else { rule.months.clone() };
        rules.extend(
            months.into_iter().map(|month| Rule { months: vec![month], ..clamped.clone() }),
        );
    }
    rules
}

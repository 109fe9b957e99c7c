//! From the text of a rule to its parts. Whatever could loop, never come or only annoy is refused here.

use jiff::civil::{Date, Time, Weekday};

use super::{
    Repeat,
    rule::{Clock, Day, Freq, Rule, Until, WEEKDAYS},
};
use crate::task::Invalid;

pub(super) fn rule(text: &str) -> Result<Rule, Invalid> {
    let text = text.trim();
    if text.len() > Repeat::MAX {
        return Err(wrong(format!("a repeat rule has at most {} characters", Repeat::MAX)));
    }
    let text = text.to_ascii_uppercase();
    let text = text.strip_prefix("RRULE:").unwrap_or(&text).trim_end_matches(';');

    let mut freq = None;
    let mut rule = Rule::every(1, Freq::Daily);
    let mut seen = Vec::new();
    for part in text.split(';') {
        let Some((name, value)) = part.split_once('=') else {
            return Err(wrong("a repeat rule is written like FREQ=WEEKLY;BYDAY=FR"));
        };
        if seen.contains(&name) {
            return Err(wrong(format!("a repeat rule has {name} only once")));
        }
        seen.push(name);
        if name == "FREQ" {
            freq = Some(frequency(value)?);
        } else {
            set(&mut rule, name, value)?;
        }
    }
    rule.freq = freq.ok_or_else(|| wrong("a repeat rule needs FREQ, like FREQ=WEEKLY"))?;
    check(&rule)?;
    Ok(rule)
}

fn set(rule: &mut Rule, name: &str, value: &str) -> Result<(), Invalid> {
    match name {
        "INTERVAL" => rule.interval = number(name, value, 1, 999)?,
        "COUNT" => rule.count = Some(number(name, value, 1, 9999)?),
        "UNTIL" => rule.until = Some(until(value)?),
        "WKST" => rule.week_start = weekday(value)?,
        "BYMONTH" => rule.months = numbers(name, value, 1, 12)?,
        "BYWEEKNO" => rule.weeks = numbers(name, value, -53, 53)?,
        "BYYEARDAY" => rule.year_days = numbers(name, value, -366, 366)?,
        "BYMONTHDAY" => rule.month_days = numbers(name, value, -31, 31)?,
        "BYDAY" => rule.days = days(value)?,
        "BYHOUR" => rule.hours = numbers(name, value, 0, 23)?,
        "BYMINUTE" => rule.minutes = numbers(name, value, 0, 59)?,
        "BYSETPOS" => rule.positions = numbers(name, value, -366, 366)?,
        // Times are to the minute; other programs write this one without meaning anything by it.
        "BYSECOND" if value == "0" => {}
        "X-FROM" if value == "COMPLETION" => rule.from_completion = true,
        _ => return Err(wrong(format!("a repeat rule cannot have {name}={value}"))),
    }
    Ok(())
}

/// Parts that are fine alone and wrong together.
fn check(rule: &Rule) -> Result<(), Invalid> {
    let short = matches!(rule.freq, Freq::Hourly | Freq::Daily);
    let nth = rule.days.iter().any(|day| day.nth.is_some());
    let bounds = rule.freq == Freq::Monthly || rule.freq == Freq::Yearly;
    let refusals = [
        (
            rule.count.is_some() && rule.until.is_some(),
            "a repeat rule ends by COUNT or by UNTIL, not by both",
        ),
        (
            short && rule.interval > 1 && !rule.is_plain(),
            "an interval of hours or days cannot be tied to certain days",
        ),
        (
            rule.interval > 1 && !rule.months.is_empty() && rule.freq != Freq::Yearly,
            "an interval of weeks or months cannot be tied to certain months",
        ),
        (
            rule.freq == Freq::Hourly && rule.interval > 1 && !rule.hours.is_empty(),
            "BYHOUR needs an interval of 1",
        ),
        (nth && !bounds, "the nth weekday needs FREQ=MONTHLY or FREQ=YEARLY"),
        (
            rule.freq == Freq::Monthly
                && rule.days.iter().any(|day| !(-4..=5).contains(&day.nth.unwrap_or(1))),
            "a month has weekdays from the 1st to the 5th, or from the last (-1) to the fourth last (-4)",
        ),
        (nth && !rule.weeks.is_empty(), "the nth weekday and BYWEEKNO do not go together"),
        (!rule.month_days.is_empty() && !bounds, "BYMONTHDAY needs FREQ=MONTHLY or FREQ=YEARLY"),
        (!rule.year_days.is_empty() && rule.freq != Freq::Yearly, "BYYEARDAY needs FREQ=YEARLY"),
        (!rule.weeks.is_empty() && rule.freq != Freq::Yearly, "BYWEEKNO needs FREQ=YEARLY"),
        (
            (!rule.year_days.is_empty() || !rule.weeks.is_empty())
                && (!rule.months.is_empty() || !rule.month_days.is_empty()),
            "BYYEARDAY and BYWEEKNO do not go with months or their days",
        ),
        (!rule.positions.is_empty() && !bounds, "BYSETPOS needs FREQ=MONTHLY or FREQ=YEARLY"),
        (
            !rule.positions.is_empty()
                && Rule { positions: Vec::new(), months: Vec::new(), ..rule.clone() }.is_plain(),
            "BYSETPOS needs the days that it chooses from",
        ),
    ];
    match refusals.iter().find(|(refused, _)| *refused) {
        Some((_, why)) => Err(wrong(*why)),
        None => Ok(()),
    }
}

fn frequency(value: &str) -> Result<Freq, Invalid> {
    Freq::ALL
        .into_iter()
        .find(|freq| freq.as_str() == value)
        .ok_or_else(|| wrong("a task repeats HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY"))
}

fn number<T: TryFrom<i32>>(name: &str, value: &str, least: i32, most: i32) -> Result<T, Invalid> {
    value
        .parse()
        .ok()
        .filter(|number| (least..=most).contains(number))
        .and_then(|number| T::try_from(number).ok())
        .ok_or_else(|| wrong(format!("{name} is a number from {least} to {most}, not {value:?}")))
}

/// A sorted list without doubles. Zero counts nothing where one may also count from the end.
fn numbers<T: TryFrom<i32> + Ord>(
    name: &str,
    value: &str,
    least: i32,
    most: i32,
) -> Result<Vec<T>, Invalid> {
    let mut numbers = value
        .split(',')
        .map(|value| match value.parse() {
            Ok(0) if least < 0 => Err(wrong(format!("{name} cannot be 0"))),
            _ => number(name, value, least, most),
        })
        .collect::<Result<Vec<_>, _>>()?;
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

fn days(value: &str) -> Result<Vec<Day>, Invalid> {
    let mut days = value.split(',').map(day).collect::<Result<Vec<_>, _>>()?;
    days.sort_unstable_by_key(Day::order);
    days.dedup();
    Ok(days)
}

fn day(value: &str) -> Result<Day, Invalid> {
    let (nth, name) = value.split_at_checked(value.len().saturating_sub(2)).unwrap_or((value, ""));
    let weekday = weekday(name)?;
    if nth.is_empty() {
        return Ok(Day::every(weekday));
    }
    match number("the number before a weekday", nth, -52, 53)? {
        0 => Err(wrong("the number before a weekday cannot be 0")),
        nth => Ok(Day { nth: Some(nth), weekday }),
    }
}

fn weekday(value: &str) -> Result<Weekday, Invalid> {
    let known = WEEKDAYS.iter().find(|(name, _)| *name == value);
    known
        .map(|(_, weekday)| *weekday)
        .ok_or_else(|| wrong(format!("a weekday is MO, TU, … or SU, not {value:?}")))
}

fn until(value: &str) -> Result<Until, Invalid> {
    let wrong = || wrong(format!("UNTIL is written 20270303 or 20270303T170000Z, not {value:?}"));
    let digits = |text: &str, length: usize| {
        (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.parse::<i32>().ok())?
    };
    let (day, time) = match value.split_once('T') {
        Some((day, time)) => (day, Some(time)),
        None => (value, None),
    };
    let number = digits(day, 8).ok_or_else(wrong)?;
    let date = civil_date(number / 10_000, number / 100 % 100, number % 100).ok_or_else(wrong)?;
    let time = match time {
        None => None,
        Some(time) => {
            let (time, clock) = match time.strip_suffix('Z') {
                Some(time) => (time, Clock::Utc),
                None => (time, Clock::Task),
            };
            let number = digits(time, 6).ok_or_else(wrong)?;
            Some((
                civil_time(number / 10_000, number / 100 % 100, number % 100).ok_or_else(wrong)?,
                clock,
            ))
        }
    };
    Ok(Until { date, time })
}

fn civil_date(year: i32, month: i32, day: i32) -> Option<Date> {
    let date =
        Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    (1900..=9000).contains(&date.year()).then_some(date)
}

fn civil_time(hour: i32, minute: i32, second: i32) -> Option<Time> {
    Time::new(hour.try_into().ok()?, minute.try_into().ok()?, second.try_into().ok()?, 0).ok()
}

fn wrong(message: impl Into<String>) -> Invalid {
    Invalid::new("repeat", message)
}

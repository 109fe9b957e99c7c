//! A rule in plain English, as quick-add would read it back.

use jiff::civil::{Date, Weekday};

use super::rule::{Day, Freq, Rule};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub(super) fn rule(rule: &Rule) -> String {
    let mut text = cadence(rule).unwrap_or_else(|| "On its own schedule".to_owned());
    let times = times(rule);
    if !times.is_empty() {
        text.push_str(&format!(" at {}", and(&times)));
    }
    if rule.from_completion && !rule.is_plain() {
        text.push_str(" after it is done");
    }
    if let Some(until) = &rule.until {
        text.push_str(&format!(" until {}", date(until.date)));
    }
    match rule.count {
        Some(1) => text.push_str(", once"),
        Some(count) => text.push_str(&format!(", {count} times")),
        None => {}
    }
    text
}

/// How often and on which days; `None` for what has no short name.
fn cadence(rule: &Rule) -> Option<String> {
    if rule.is_plain() {
        return Some(match (rule.from_completion, rule.interval) {
            (true, 1) => format!("1 {} after it is done", unit(rule.freq)),
            (true, n) => format!("{n} {}s after it is done", unit(rule.freq)),
            (false, _) => every(rule),
        });
    }
    if !rule.weeks.is_empty() || !rule.year_days.is_empty() {
        return None;
    }
    match rule.freq {
        Freq::Hourly => None,
        Freq::Daily | Freq::Weekly => weekly(rule),
        Freq::Monthly => monthly(rule),
        Freq::Yearly => yearly(rule),
    }
}

fn monthly(rule: &Rule) -> Option<String> {
    let chosen = Rule { months: Vec::new(), ..rule.clone() };
    let mut text = every(rule);
    if !chosen.is_plain() {
        text.push_str(&format!(" on {}", place(rule)?));
    }
    if !rule.months.is_empty() {
        let gone = (1..=12).filter(|month| !rule.months.contains(month));
        let names: Vec<_> = gone.map(|month| month_name(month).to_owned()).collect();
        text.push_str(&format!(" except {}", and(&names)));
    }
    Some(text)
}

fn weekly(rule: &Rule) -> Option<String> {
    if !rule.months.is_empty() || !rule.positions.is_empty() || rule.days.is_empty() {
        return None;
    }
    let days = match rule.days.as_slice() {
        days if days.len() == 7 => return (rule.interval == 1).then(|| "Every day".to_owned()),
        days if is_working_week(days) => "weekday".to_owned(),
        days => and(&days.iter().map(|day| weekday(day.weekday).to_owned()).collect::<Vec<_>>()),
    };
    Some(match (rule.interval, rule.days.len()) {
        (1, _) => format!("Every {days}"),
        (2, 1) => format!("Every other {days}"),
        (_, 5) if days == "weekday" => format!("{} on weekdays", every(rule)),
        _ => format!("{} on {days}", every(rule)),
    })
}

fn yearly(rule: &Rule) -> Option<String> {
    let months: Vec<_> = rule.months.iter().map(|month| month_name(*month).to_owned()).collect();
    if months.is_empty() {
        return None;
    }
    match the_day(rule) {
        Some(day) if rule.days.is_empty() && day > 0 => {
            Some(format!("{} on {day} {}", every(rule), and(&months)))
        }
        _ => Some(format!("{} on {} of {}", every(rule), place(rule)?, and(&months))),
    }
}

/// The place in the month: "the 1st and 15th", "the last day", "the third Friday".
fn place(rule: &Rule) -> Option<String> {
    if !rule.days.is_empty() {
        return rule.month_days.is_empty().then(|| nth_weekday(rule))?;
    }
    if let Some(day) = the_day(rule) {
        return Some(if day == -1 {
            "the last day".to_owned()
        } else {
            format!("the {}", ordinal(day))
        });
    }
    if !rule.positions.is_empty() || rule.month_days.iter().any(|day| *day < 0) {
        return None;
    }
    let days: Vec<_> = rule.month_days.iter().map(|day| ordinal(*day)).collect();
    Some(format!("the {}", and(&days)))
}

/// The one day of the month, also when it is written as the last of several.
fn the_day(rule: &Rule) -> Option<i8> {
    match (rule.month_days.as_slice(), rule.positions.as_slice()) {
        ([day], []) if *day >= -1 => Some(*day),
        ([28, .., last], [-1]) if rule.month_days.len() == usize::try_from(*last - 27).ok()? => {
            Some(*last)
        }
        _ => None,
    }
}

fn nth_weekday(rule: &Rule) -> Option<String> {
    match (rule.days.as_slice(), rule.positions.as_slice()) {
        (days @ [Day { weekday: day, .. }, ..], []) if days.iter().all(|d| d.weekday == *day) => {
            let nths = days.iter().map(|day| Some(place_word(day.nth?)?.to_owned()));
            Some(format!("the {} {}", and(&nths.collect::<Option<Vec<_>>>()?), weekday(*day)))
        }
        (days, [nth]) if is_working_week(days) => {
            Some(format!("the {} weekday", place_word(i8::try_from(*nth).ok()?)?))
        }
        _ => None,
    }
}

fn place_word(nth: i8) -> Option<&'static str> {
    Some(match nth {
        1 => "first",
        2 => "second",
        3 => "third",
        4 => "fourth",
        5 => "fifth",
        -1 => "last",
        _ => return None,
    })
}

fn every(rule: &Rule) -> String {
    let unit = unit(rule.freq);
    match rule.interval {
        1 => format!("Every {unit}"),
        2 => format!("Every other {unit}"),
        n => format!("Every {n} {unit}s"),
    }
}

fn times(rule: &Rule) -> Vec<String> {
    let minutes = if rule.minutes.is_empty() { &[0][..] } else { &rule.minutes };
    let at = |hour: &i8| {
        minutes.iter().map(|minute| format!("{hour:02}:{minute:02}")).collect::<Vec<_>>()
    };
    rule.hours.iter().flat_map(at).collect()
}

fn is_working_week(days: &[Day]) -> bool {
    days.len() == 5
        && days.iter().all(|day| {
            day.nth.is_none() && !matches!(day.weekday, Weekday::Saturday | Weekday::Sunday)
        })
}

fn unit(freq: Freq) -> &'static str {
    match freq {
        Freq::Hourly => "hour",
        Freq::Daily => "day",
        Freq::Weekly => "week",
        Freq::Monthly => "month",
        Freq::Yearly => "year",
    }
}

fn weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

fn month_name(month: i8) -> &'static str {
    MONTHS[usize::try_from(month - 1).expect("months count from 1")]
}

fn date(date: Date) -> String {
    format!("{} {} {}", date.day(), month_name(date.month()), date.year())
}

fn ordinal(day: i8) -> String {
    let ending = match day % 100 {
        11..=13 => "th",
        day => match day % 10 {
            1 => "st",
            2 => "nd",
            3 => "rd",
            _ => "th",
        },
    };
    format!("{day}{ending}")
}

fn and(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

//! From what was said about time to a date on the calendar and a rule that begins there.

use jiff::civil::{Date, DateTime, Time};

use crate::{
    quick_add::{
        Context, amounts,
        choose::Choice,
        lexicon::Part,
        piece::{self, Draft, Length, Piece},
        scan::Now,
    },
    repeat::{
        Repeat,
        rule::{Freq, Until},
    },
    task::Due,
};

/// What a choice says about time: the date, and how it comes back.
pub(in crate::quick_add) fn when(
    choice: &Choice,
    context: &Context<'_>,
) -> (Option<Due>, Option<Repeat>) {
    let now = Now::of(context);
    match &choice.repeat {
        Some(draft) => repeated(choice, draft, &now, context.zone),
        None => (single(choice, &now, context.zone), None),
    }
}

/// The date and time of a task that comes once.
fn single(choice: &Choice, now: &Now<'_>, zone: &str) -> Option<Due> {
    if let Some(moment) = choice.moment {
        return within(moment.date()).map(|date| Due::at(date, moment.time(), zone));
    }
    let part = choice.day.and_then(|day| day.part).or(choice.part);
    let time = choice.time.map(|time| (time, clock(time, part)));
    let said =
        choice.day.map(|day| (day.date, day.today)).or(choice.start.map(|date| (date, None)));
    let (date, time) = match (said, time) {
        (Some((date, today)), Some((said, time))) => {
            let date = today.filter(|_| time > now.time).unwrap_or(date);
            // The midnight of a day that is running is the one that ends it.
            let date = if said.midnight && date == now.date { date.tomorrow().ok()? } else { date };
            (date, Some(time))
        }
        (Some((date, _)), None) => (date, None),
        (None, Some((_, time))) => {
            (if time > now.time { now.date } else { now.date.tomorrow().ok()? }, Some(time))
        }
        (None, None) => (part_of_the_day(choice.part?, now)?, None),
    };
    let date = within(date)?;
    Some(match time {
        Some(time) => Due::at(date, time, zone),
        None => Due::on(date),
    })
}

/// "In the morning" without a day: today unless that part of it has begun.
fn part_of_the_day(part: Part, now: &Now<'_>) -> Option<Date> {
    if now.time.hour() < part.usual_hour() { Some(now.date) } else { now.date.tomorrow().ok() }
}

/// The first date of a task that repeats, and its rule with beginning and end.
fn repeated(
    choice: &Choice,
    draft: &Draft,
    now: &Now<'_>,
    zone: &str,
) -> (Option<Due>, Option<Repeat>) {
    let mut rule = draft.rule.clone();
    rule.from_completion |= choice.after_done;
    rule.count = choice.count;
    let times = times(choice, draft);
    if choice.time.is_some() {
        (rule.hours, rule.minutes) = (Vec::new(), Vec::new());
    }
    if !choice.times.is_empty() {
        rule.hours = times.iter().map(|time| time.hour()).collect();
        rule.minutes = times.first().map(|time| time.minute()).into_iter().collect();
    }
    let stated = choice.start.or(choice.day.map(|day| day.today.unwrap_or(day.date)));
    // What is over today begins tomorrow.
    let over = times.last().is_some_and(|last| *last <= now.time);
    let from = stated.or(if over { now.date.tomorrow().ok() } else { Some(now.date) });
    let open = Repeat::from(rule.clone());
    let Some(first) = from.and_then(|from| open.first_on_or_after(from)).and_then(within) else {
        return (None, None);
    };
    if rule.count.is_none() {
        let end = choice
            .lasting
            .and_then(|length| amounts::later(first, length))
            .and_then(|end| end.yesterday().ok());
        rule.until =
            choice.until.or(end).filter(|end| *end >= first).map(|date| Until { date, time: None });
    }
    let time = times.iter().find(|time| first != now.date || **time > now.time).or(times.first());
    let due = match time {
        Some(time) => Due::at(first, *time, zone),
        None if rule.freq == Freq::Hourly && stated.is_none() => match in_hours(rule.interval, now)
        {
            Some(at) => Due::at(at.date(), at.time(), zone),
            None => return (None, None),
        },
        None => Due::on(first),
    };
    (Some(due), Some(Repeat::from(rule)))
}

/// The times of a repeating task, earliest first: those that were said, or the usual hour of the part of the day.
fn times(choice: &Choice, draft: &Draft) -> Vec<Time> {
    let part = draft.part.or(choice.part).or(choice.day.and_then(|day| day.part));
    let mut times: Vec<_> =
        choice.times.iter().chain(&choice.time).map(|time| clock(*time, part)).collect();
    if times.is_empty() {
        times.extend(draft.rule.hours.iter().map(|hour| Time::constant(*hour, 0, 0, 0)));
    }
    if times.is_empty() {
        times.extend(part.map(|part| Time::constant(part.usual_hour(), 0, 0, 0)));
    }
    times.sort_unstable();
    times.dedup();
    times
}

fn in_hours(hours: u16, now: &Now<'_>) -> Option<DateTime> {
    match now.later(Length::Minutes(i64::from(hours) * 60))? {
        Piece::Moment(at) => Some(at),
        _ => None,
    }
}

/// The time that is meant by a time that was said. Without am or pm, 1 to 6 are in the afternoon.
fn clock(time: piece::Time, part: Option<Part>) -> Time {
    let hour = match (time.loose, part, time.hour) {
        (false, _, hour) => hour,
        (true, Some(Part::Morning), hour) => hour % 12,
        (true, Some(Part::Afternoon), hour) => hour % 12 + 12,
        (true, Some(Part::Evening), hour @ 1..=11) => hour + 12,
        (true, Some(Part::Night), hour @ 5..=11) => hour + 12,
        (true, Some(Part::Evening | Part::Night), hour) => hour % 12,
        (true, None, hour @ 1..=6) => hour + 12,
        (true, None, hour) => hour,
    };
    Time::new(hour, time.minute, 0, 0).unwrap_or_default()
}

/// A date that a task can be due on.
fn within(date: Date) -> Option<Date> {
    (1900..=9000).contains(&date.year()).then_some(date)
}

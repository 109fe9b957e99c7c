//! From the matches that were chosen to the values of a task.

use std::ops::Range;

use jiff::civil::{Date, DateTime, Time};

use super::{
    Context, Parsed, Span, SpanKind, amounts, chips,
    choose::{self, Choice, Taken},
    lexicon::Part,
    marks::{self, Mark, MarkKind},
    piece,
    scan::{self, Mode, Now},
    title,
    tokens::{self, Token},
};
use crate::{
    repeat::{
        Repeat,
        rule::{Freq, Until},
    },
    task::{Due, Reminder, Tag},
};

/// The most tags that are taken from one text; a task holds no more.
const MOST_TAGS: usize = 20;

/// Reads one task.
pub(super) fn task(text: &str, context: &Context<'_>) -> Parsed {
    let now = Now::of(context);
    let marks = taken_marks(marks::find(text, context.literal));
    let tokens = cut(text, &marks);
    let choice = choose::choose(&tokens, &scan::read(&tokens, now, Mode::Task), Mode::Task);
    let parsed = assemble(text, &marks, &tokens, &choice, context);
    if !parsed.title.is_empty() {
        return parsed;
    }
    // A title has to come from somewhere: the words about time stay, then also the rest.
    let signs =
        Choice { priority: choice.priority, taken: only_priority(&choice), ..Choice::default() };
    let parsed = assemble(text, &marks, &tokens, &signs, context);
    if parsed.title.is_empty() { Parsed { title: title::fold(text), ..parsed } } else { parsed }
}

/// Reads the task in `line`, a part of `text`.
pub(super) fn line(text: &str, line: Range<usize>, context: &Context<'_>) -> Parsed {
    let inside = |range: &Range<usize>| {
        let start = range.start.max(line.start);
        let end = range.end.min(line.end);
        (start < end).then(|| start - line.start..end - line.start)
    };
    let literal: Vec<_> = context.literal.iter().filter_map(inside).collect();
    let mut parsed = task(&text[line.clone()], &Context { literal: &literal, ..*context });
    for span in &mut parsed.spans {
        span.start += line.start;
        span.end += line.start;
    }
    parsed
}

/// The tokens of a text whose marks are known.
pub(super) fn cut(text: &str, marks: &[Mark]) -> Vec<Token> {
    let opaque: Vec<_> = marks.iter().map(|mark| (mark.range.clone(), mark.kind.token())).collect();
    tokens::cut(text, &opaque)
}

/// What a choice says about time: the date, and how it comes back.
pub(super) fn when(choice: &Choice, context: &Context<'_>) -> (Option<Due>, Option<Repeat>) {
    let now = Now::of(context);
    match &choice.repeat {
        Some(draft) => repeated(choice, draft, &now, context.zone),
        None => (single(choice, &now, context.zone), None),
    }
}

/// Tags beyond the most are text.
fn taken_marks(mut marks: Vec<Mark>) -> Vec<Mark> {
    let mut tags: Vec<Tag> = Vec::new();
    for mark in &mut marks {
        if let MarkKind::Tag(tag) = &mark.kind
            && !tags.contains(tag)
        {
            if tags.len() < MOST_TAGS {
                tags.push(tag.clone());
            } else {
                mark.kind = MarkKind::Text;
            }
        }
    }
    marks
}

fn only_priority(choice: &Choice) -> Vec<Taken> {
    choice.taken.iter().copied().filter(|taken| taken.kind == SpanKind::Priority).collect()
}

fn assemble(
    text: &str,
    marks: &[Mark],
    tokens: &[Token],
    choice: &Choice,
    context: &Context<'_>,
) -> Parsed {
    let (due, repeat) = when(choice, context);
    let mut parsed = Parsed {
        priority: choice.priority.unwrap_or_default(),
        reminders: choice
            .reminders
            .iter()
            .map(|minutes| Reminder { minutes_before: *minutes })
            .collect(),
        due,
        repeat,
        ..Parsed::default()
    };
    parsed.reminders.sort_unstable();
    parsed.reminders.dedup();
    let mut gone: Vec<Range<usize>> = Vec::new();
    let mut reminders = choice.reminders.iter();
    for taken in merged(tokens, &choice.taken) {
        let range = tokens[taken.start].start..tokens[taken.end - 1].end;
        let value = match taken.kind {
            SpanKind::Repeat => parsed.repeat.as_ref().map(Repeat::describe),
            SpanKind::Priority => Some(chips::priority(parsed.priority)),
            SpanKind::Reminder => reminders.next().map(|minutes| chips::reminder(*minutes)),
            _ => parsed.due.as_ref().map(|due| chips::due(due, context.now.date())),
        };
        let Some(value) = value else { continue };
        if !taken.keep {
            gone.push(range.clone());
        }
        parsed.spans.push(Span { start: range.start, end: range.end, kind: taken.kind, value });
    }
    for mark in marks {
        take_mark(text, mark, &mut parsed, &mut gone);
    }
    parsed.spans.sort_unstable_by_key(|span| span.start);
    gone.sort_unstable_by_key(|range| range.start);
    parsed.title = title::without(text, &gone, marks);
    parsed
}

fn take_mark(text: &str, mark: &Mark, parsed: &mut Parsed, gone: &mut Vec<Range<usize>>) {
    let Range { start, end } = mark.range.clone();
    let span = |kind, value: &str| Span { start, end, kind, value: value.to_owned() };
    match &mark.kind {
        MarkKind::Text => {}
        MarkKind::Tag(tag) => {
            if !parsed.tags.contains(tag) {
                parsed.tags.push(tag.clone());
            }
            parsed.spans.push(span(SpanKind::Tag, tag.as_str()));
            gone.push(start..end);
        }
        MarkKind::Description => {
            let rest = text[start..end].trim_start_matches('/').trim();
            if !rest.is_empty() {
                parsed.description = Some(rest.to_owned());
                parsed.spans.push(span(SpanKind::Description, rest));
            }
            gone.push(start..end);
        }
        MarkKind::Quote => {
            let quoted = text[start..end].trim_matches(['"', '“', '”', '„']);
            parsed.spans.push(span(SpanKind::Quote, quoted));
        }
    }
}

/// Neighbours of one kind are one chip.
fn merged(tokens: &[Token], taken: &[Taken]) -> Vec<Taken> {
    let mut merged: Vec<Taken> = Vec::with_capacity(taken.len());
    for next in taken {
        match merged.last_mut() {
            Some(last)
                if last.kind == next.kind
                    && last.keep == next.keep
                    && matches!(last.kind, SpanKind::Due | SpanKind::Repeat)
                    && scan::follows(tokens, last.end, next.start) =>
            {
                last.end = next.end;
            }
            _ => merged.push(*next),
        }
    }
    merged
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
    draft: &piece::Draft,
    now: &Now<'_>,
    zone: &str,
) -> (Option<Due>, Option<Repeat>) {
    let mut rule = draft.rule.clone();
    rule.from_completion |= choice.after_done;
    rule.count = choice.count;
    let times = times(choice, draft);
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
fn times(choice: &Choice, draft: &piece::Draft) -> Vec<Time> {
    let part = draft.part.or(choice.part).or(choice.day.and_then(|day| day.part));
    let mut times: Vec<_> =
        choice.times.iter().chain(&choice.time).map(|time| clock(*time, part)).collect();
    if times.is_empty() {
        times.extend(part.map(|part| Time::constant(part.usual_hour(), 0, 0, 0)));
    }
    times.sort_unstable();
    times.dedup();
    times
}

fn in_hours(hours: u16, now: &Now<'_>) -> Option<DateTime> {
    match now.later(piece::Length::Minutes(i64::from(hours) * 60))? {
        piece::Piece::Moment(at) => Some(at),
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

//! From the matches that were chosen to a task with its chips.

mod due;

pub(super) use due::when;

use std::ops::Range;

use super::{
    Context, Parsed, Span, SpanKind, chips,
    choose::{self, Choice, Taken},
    marks::{self, Mark, MarkKind},
    scan::{self, Mode, Now},
    title,
    tokens::{self, Token},
};
use crate::{
    repeat::Repeat,
    task::{Reminder, Tag},
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
            .chain(choice.remind_then.then_some(&0))
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
            _ if choice.no_date => Some(chips::NO_DATE.to_owned()),
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
            let mut quoted = text[start..end].chars();
            quoted.next();
            quoted.next_back();
            parsed.spans.push(span(SpanKind::Quote, quoted.as_str()));
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

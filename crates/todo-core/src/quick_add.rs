//! What people type into one line, understood: `pay rent every month on the 1st !high #home // by transfer`.
//!
//! The way of a text: [`marks`] finds what has its own sign (tags, quotes, links, the description), [`tokens`] cuts the
//! rest into words and numbers and looks them up in the [`lexicon`], [`scan`] lets every rule of [`RULES`](scan::RULES)
//! try at every word and keeps the longest match, [`choose`] drops what only looked like a date, [`resolve`] turns what
//! is left into values, and the [`title`] is the text without it. A new way of saying something is a row in the lexicon
//! or one small function among the rules.

mod amounts;
mod calendar;
mod chips;
mod choose;
mod cursor;
mod days;
mod ends;
mod feasts;
mod later;
mod lexicon;
mod marks;
mod periods;
mod piece;
mod ranges;
mod repeats;
mod resolve;
mod scan;
mod shift;
mod signs;
mod times;
mod title;
mod tokens;
mod when;

use std::ops::Range;

use jiff::{
    Zoned,
    civil::{Date, Weekday},
};
use serde::{Deserialize, Serialize};

pub(crate) use shift::Shift;

use crate::{
    repeat::Repeat,
    task::{Due, Priority, Reminder, Tag},
};

/// When and where a text is read. "Tomorrow" depends on all of it.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Now, on the clocks of the reader's zone.
    pub now: &'a Zoned,
    /// The IANA name of that zone.
    pub zone: &'a str,
    /// The day on which weeks begin.
    pub week_start: Weekday,
    /// Byte ranges of the text that stay text, because somebody dismissed their chips.
    pub literal: &'a [Range<usize>],
}

/// What was understood. Limits (of a title, of tags) are checked when a task is made of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Parsed {
    /// The text without what was understood; never blank unless the text is.
    pub title: String,
    /// What followed `//`.
    pub description: Option<String>,
    /// When it should be done; for a repeat the first time.
    pub due: Option<Due>,
    /// How it comes back.
    pub repeat: Option<Repeat>,
    /// How much it matters.
    pub priority: Priority,
    /// Its tags, without doubles.
    pub tags: Vec<Tag>,
    /// When to speak up before it is due.
    pub reminders: Vec<Reminder>,
    /// The understood parts of the text, in order, without overlap.
    pub spans: Vec<Span>,
}

/// A part of the text that was understood, for a chip that can be dismissed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Span {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// What it is about.
    pub kind: SpanKind,
    /// What it came to, in words: "Sat 21 Nov, 17:00", "High", "home".
    pub value: String,
}

/// What a [`Span`] is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpanKind {
    /// A date, a time, or both.
    Due,
    /// A repeat, with its start and end.
    Repeat,
    /// A priority.
    Priority,
    /// A tag.
    Tag,
    /// A lead time of a reminder.
    Reminder,
    /// The description.
    Description,
    /// Quoted text, which is never looked into.
    Quote,
}

/// What a text says about time and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct When {
    /// When; for a repeat the first time.
    pub due: Option<Due>,
    /// How it comes back.
    pub repeat: Option<Repeat>,
    /// It says that there is to be no date: "no date", "someday".
    pub clears: bool,
    /// It names a time and no day: "5pm", "at 9". Its due date is the next such time.
    pub only_time: bool,
}

/// Reads one task. Every text is one; what is not understood is its title.
pub fn parse(text: &str, context: &Context<'_>) -> Parsed {
    resolve::task(text, context)
}

/// Reads one task from every line that is not blank, without its bullet. Spans count from the start of the text.
pub fn parse_lines(text: &str, context: &Context<'_>) -> Vec<Parsed> {
    title::lines(text).map(|line| resolve::line(text, line, context)).collect()
}

/// Reads a text that is only about when: "next tuesday", "friday 5pm", "every monday at 10:00", "no date".
pub fn parse_when(text: &str, context: &Context<'_>) -> Option<When> {
    when::whole(text, context)
}

/// Reads a text that says how far a task moves from its own due date: "+7 days", "2 days earlier", "skip".
pub(crate) fn parse_shift(text: &str, context: &Context<'_>) -> Option<Shift> {
    shift::parse(text, context)
}

/// The best expression of a date, a time or a repeat inside a text, and where it is.
pub fn find_when(text: &str, context: &Context<'_>) -> Option<(Range<usize>, When)> {
    when::find(text, context)
}

/// The first and last day of what a question is about: "today", "this week", "the next 3 days", "november".
pub fn parse_range(text: &str, context: &Context<'_>) -> Option<(Date, Date)> {
    ranges::parse(text, context)
}

//! What a rule can find, before it is known what becomes of it.

use jiff::civil::{Date, DateTime, Weekday};

use super::lexicon::Part;
use crate::{repeat::Rule, task::Priority};

/// The meaning of some words in a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    Day(Day),
    Time(Time),
    /// "In the morning", without a day.
    Part(Part),
    /// "In 3 hours": day and time at once.
    Moment(DateTime),
    Repeat(Box<Draft>),
    /// "Starting friday": where a repeat begins.
    Start(Date),
    /// "Until 3 march": the last day of a repeat.
    Until(Date),
    /// "For 3 weeks": the first day after a repeat that begins on a given day.
    Lasting(Length),
    /// "5 times".
    Count(u32),
    /// "At 8am and 6pm", of a repeat.
    Times(Vec<Time>),
    /// "In december", "this week", of a repeat: its first day, unless that is today, and its last.
    During(Option<Date>, Date),
    /// "Except sundays", of a repeat.
    ExceptDays(Vec<Weekday>),
    /// "Except july and august", of a repeat.
    ExceptMonths(Vec<i8>),
    /// "After it is done": counts from completion.
    AfterDone,
    /// "No date".
    NoDate,
    Priority(Priority, Trust),
    /// Minutes before.
    Reminder(u32),
    /// "Remind me at 4pm".
    RemindAt(Time),
}

/// How much a match needs around it to be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    /// Only beside a time, or when it is all there is: "tom 5pm".
    Shy,
    /// Only after a preposition: "on 14.3."
    Led,
    /// Only last, or as the whole: "standup daily" rather than "daily standup".
    Last,
    /// After a preposition, beside a time, or last: "sun", "14/3".
    Unsure,
    /// Anywhere.
    Sure,
}

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) date: Date,
    /// "Friday" said on a Friday is today if a later time is said with it.
    pub(super) today: Option<Date>,
    /// "Saturday morning": fixes no time, but says which 8 o'clock is meant.
    pub(super) part: Option<Part>,
    pub(super) trust: Trust,
    /// A last day was said too ("dec 3-5"), which a task cannot hold: the words stay in the title.
    pub(super) keep: bool,
}

impl Day {
    pub(super) fn sure(date: Date) -> Self {
        Self { date, today: None, part: None, trust: Trust::Sure, keep: false }
    }
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Time {
    pub(super) hour: i8,
    pub(super) minute: i8,
    /// Said on a clock of 12 hours, without am or pm.
    pub(super) loose: bool,
    /// Midnight ends the day that is already running.
    pub(super) midnight: bool,
    /// An end was said too ("3-4pm"), which a task cannot hold: the words stay in the title.
    pub(super) keep: bool,
}

/// A repeat that has no beginning and no end yet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    pub(super) rule: Rule,
    /// "Every evening" takes the usual hour.
    pub(super) part: Option<Part>,
    pub(super) trust: Trust,
}

impl Draft {
    pub(super) fn sure(rule: Rule) -> Self {
        Self { rule, part: None, trust: Trust::Sure }
    }

    pub(super) fn found(self) -> Piece {
        Piece::Repeat(Box::new(self))
    }
}

/// A length of time, in the units in which calendars count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    Minutes(i64),
    Days(i64),
    WorkingDays(i64),
    Months(i64),
}

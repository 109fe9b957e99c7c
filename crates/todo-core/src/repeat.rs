//! How a task comes back after it was done: a recurrence rule of RFC 5545, counted on the clocks of its owner.
//!
//! The rule says which days; the zone, the time of day and daylight saving stay those of [`Due`]. The `rrule` crate
//! therefore sees civil time as if it were UTC. Two things differ from the letter of the RFC, because people mean
//! them so: the 29th to 31st is the last day in a shorter month, and COUNT is what is left rather than what there was.

mod dates;
mod describe;
mod parse;
pub(crate) mod rule;
#[cfg(test)]
mod tests;

use std::fmt;

use jiff::{Zoned, civil::Date};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::task::{Due, Invalid};
pub(crate) use rule::Rule;

/// A recurrence rule that is known to be good, like `FREQ=WEEKLY;BYDAY=FR`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeat {
    text: String,
    rule: Rule,
}

impl Repeat {
    /// The longest rule that is read, in bytes.
    pub const MAX: usize = 200;

    /// Reads an RRULE, with or without its name in front. `X-FROM=COMPLETION` counts from the day it is done.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        parse::rule(text).map(Self::from)
    }

    /// The rule as it is stored: upper case, without `RRULE:`, its parts in a fixed order.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Where a task that was due at `due` goes when it is completed at `now`, and the rule it has from then on.
    ///
    /// That is the first occurrence after both `due` and today (for rules with hours: after `now`), or, for a rule
    /// that counts from completion, after today. `None` when the rule has come to its end: done for good.
    pub fn next(&self, due: &Due, now: &Zoned) -> Option<(Due, Option<Self>)> {
        let (due, rule) = dates::next(&self.rule, due, now)?;
        Some((due, Some(Self::from(rule))))
    }

    /// Where a task that is due at `due` goes when this date of it is skipped: like [`next`](Self::next), but a task that
    /// is late goes no further than to today, because only what is over was skipped.
    pub fn skip(&self, due: &Due, now: &Zoned) -> Option<(Due, Option<Self>)> {
        let (due, rule) = dates::skip(&self.rule, due, now)?;
        Some((due, Some(Self::from(rule))))
    }

    /// Whether there is any day at all that the rule names, its end aside. `FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30` has none.
    pub fn ever_comes(&self) -> bool {
        dates::ever_comes(&self.rule)
    }

    /// The `n` days on which it comes after `due`, fewer if it ends before.
    pub fn upcoming(&self, due: &Due, n: usize) -> Vec<Date> {
        dates::upcoming(&self.rule, due, n)
    }

    /// The first day of the rule when it starts on `date`; `None` if it is over by then.
    pub fn first_on_or_after(&self, date: Date) -> Option<Date> {
        dates::first_on_or_after(&self.rule, date)
    }

    /// The rule in plain English, like "Every other Friday until 3 March 2027".
    pub fn describe(&self) -> String {
        describe::rule(&self.rule)
    }
}

impl From<Rule> for Repeat {
    fn from(rule: Rule) -> Self {
        Self { text: rule.to_string(), rule }
    }
}

impl fmt::Display for Repeat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for Repeat {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Repeat {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

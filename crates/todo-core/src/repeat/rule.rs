//! The parts of a rule, and their one way of being written.

use std::fmt::{self, Display, Write};

use jiff::civil::{Date, Time, Weekday};

/// How often, before the interval. The order is that of length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Freq {
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

impl Freq {
    pub(super) const ALL: [Self; 5] =
        [Self::Hourly, Self::Daily, Self::Weekly, Self::Monthly, Self::Yearly];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Hourly => "HOURLY",
            Self::Daily => "DAILY",
            Self::Weekly => "WEEKLY",
            Self::Monthly => "MONTHLY",
            Self::Yearly => "YEARLY",
        }
    }
}

/// A weekday, or the nth of them in its month or year (negative: from the end).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Day {
    pub(crate) nth: Option<i8>,
    pub(crate) weekday: Weekday,
}

impl Day {
    pub(crate) fn every(weekday: Weekday) -> Self {
        Self { nth: None, weekday }
    }

    /// Sorts like a calendar: plain days first, from Monday.
    pub(super) fn order(&self) -> (i8, i8) {
        (self.nth.unwrap_or_default(), self.weekday.to_monday_zero_offset())
    }
}

/// The last moment that still counts: a whole day, or a time of it (on the clocks of the task, or in UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Until {
    pub(crate) date: Date,
    pub(crate) time: Option<(Time, Clock)>,
}

/// Whose clock the time of an [`Until`] is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clock {
    Task,
    Utc,
}

/// A recurrence rule. An empty list restricts nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rule {
    pub(crate) freq: Freq,
    /// Every so many hours, days, …; from 1.
    pub(crate) interval: u16,
    pub(crate) months: Vec<i8>,
    pub(crate) weeks: Vec<i8>,
    pub(crate) year_days: Vec<i16>,
    pub(crate) month_days: Vec<i8>,
    pub(crate) days: Vec<Day>,
    pub(crate) hours: Vec<i8>,
    pub(crate) minutes: Vec<i8>,
    pub(crate) positions: Vec<i16>,
    pub(crate) week_start: Weekday,
    /// How many completions are left.
    pub(crate) count: Option<u32>,
    pub(crate) until: Option<Until>,
    /// Counts from the day it is done rather than from the day it was due.
    pub(crate) from_completion: bool,
}

impl Rule {
    /// Every `interval` of `freq`, without end.
    pub(crate) fn every(interval: u16, freq: Freq) -> Self {
        Self {
            freq,
            interval,
            months: Vec::new(),
            weeks: Vec::new(),
            year_days: Vec::new(),
            month_days: Vec::new(),
            days: Vec::new(),
            hours: Vec::new(),
            minutes: Vec::new(),
            positions: Vec::new(),
            week_start: Weekday::Monday,
            count: None,
            until: None,
            from_completion: false,
        }
    }

    /// The same rule, restricted to these days of the month. A lone 29, 30 or 31 is written as "the last of 28 to 31",
    /// which every reader of RFC 5545 takes for the last day of a shorter month.
    pub(crate) fn on_month_days(mut self, days: &[i8]) -> Self {
        match days {
            [day @ 29..=31] => {
                self.month_days = (28..=*day).collect();
                self.positions = vec![-1];
            }
            _ => self.month_days = days.to_vec(),
        }
        self.month_days.sort_unstable();
        self.month_days.dedup();
        self
    }

    /// Whether its occurrences have a time of their own.
    pub(crate) fn is_timed(&self) -> bool {
        self.freq == Freq::Hourly || !self.hours.is_empty() || !self.minutes.is_empty()
    }

    /// Whether nothing but the frequency and the interval chooses its days.
    pub(crate) fn is_plain(&self) -> bool {
        self.months.is_empty()
            && self.weeks.is_empty()
            && self.year_days.is_empty()
            && self.month_days.is_empty()
            && self.days.is_empty()
            && self.positions.is_empty()
    }

    /// Writes the parts that choose occurrences, as RFC 5545 knows them.
    pub(super) fn write_choice(&self, out: &mut impl Write) -> fmt::Result {
        write!(out, "FREQ={}", self.freq.as_str())?;
        if self.interval > 1 {
            write!(out, ";INTERVAL={}", self.interval)?;
        }
        list(out, "BYMONTH", &self.months)?;
        list(out, "BYWEEKNO", &self.weeks)?;
        list(out, "BYYEARDAY", &self.year_days)?;
        list(out, "BYMONTHDAY", &self.month_days)?;
        list(out, "BYDAY", &self.days)?;
        list(out, "BYHOUR", &self.hours)?;
        list(out, "BYMINUTE", &self.minutes)?;
        list(out, "BYSETPOS", &self.positions)?;
        if self.week_start != Weekday::Monday {
            write!(out, ";WKST={}", weekday_name(self.week_start))?;
        }
        Ok(())
    }
}

impl Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_choice(f)?;
        if let Some(count) = self.count {
            write!(f, ";COUNT={count}")?;
        }
        if let Some(until) = &self.until {
            write!(f, ";UNTIL={until}")?;
        }
        if self.from_completion {
            f.write_str(";X-FROM=COMPLETION")?;
        }
        Ok(())
    }
}

impl Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(nth) = self.nth {
            write!(f, "{nth}")?;
        }
        f.write_str(weekday_name(self.weekday))
    }
}

impl Display for Until {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}{:02}{:02}", self.date.year(), self.date.month(), self.date.day())?;
        if let Some((time, clock)) = self.time {
            write!(f, "T{:02}{:02}{:02}", time.hour(), time.minute(), time.second())?;
            if clock == Clock::Utc {
                f.write_str("Z")?;
            }
        }
        Ok(())
    }
}

/// Monday first, in the two letters of RFC 5545.
pub(super) const WEEKDAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Monday),
    ("TU", Weekday::Tuesday),
    ("WE", Weekday::Wednesday),
    ("TH", Weekday::Thursday),
    ("FR", Weekday::Friday),
    ("SA", Weekday::Saturday),
    ("SU", Weekday::Sunday),
];

fn weekday_name(weekday: Weekday) -> &'static str {
    let index = usize::try_from(weekday.to_monday_zero_offset()).expect("weekdays count from 0");
    WEEKDAYS[index].0
}

fn list(out: &mut impl Write, name: &str, values: &[impl Display]) -> fmt::Result {
    for (index, value) in values.iter().enumerate() {
        if index == 0 {
            write!(out, ";{name}={value}")?;
        } else {
            write!(out, ",{value}")?;
        }
    }
    Ok(())
}

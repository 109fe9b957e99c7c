use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};

/// What somebody's list looks like in numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stats {
    /// Open tasks.
    pub open: i64,
    /// Completed tasks.
    pub completed: i64,
    /// Tasks in the trash.
    pub trashed: i64,
    /// Open tasks whose time has passed.
    pub overdue: i64,
    /// Open tasks that are due today.
    pub due_today: i64,
    /// Completions of each of the last 30 days, oldest first, days without any included.
    pub by_day: Vec<DayCount>,
    /// Days in a row, up to today or yesterday, on which something was completed.
    pub streak: i64,
}

/// How many tasks were completed on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayCount {
    /// The day, in the owner's zone.
    pub date: Date,
    /// How many.
    pub completed: i64,
}

/// How many days statistics look back.
pub(super) const DAYS: i64 = 30;

/// Sorts completions into days.
pub(super) fn by_day(completions: &[Timestamp], today: Date, zone: &TimeZone) -> Vec<DayCount> {
    let mut counts: BTreeMap<Date, i64> = (0..DAYS)
        .filter_map(|ago| today.checked_sub(ago.days()).ok())
        .map(|date| (date, 0))
        .collect();
    for at in completions {
        if let Some(count) = counts.get_mut(&at.to_zoned(zone.clone()).date()) {
            *count += 1;
        }
    }
    counts.into_iter().map(|(date, completed)| DayCount { date, completed }).collect()
}

/// Days in a row with a completion; a today without one yet does not break the row.
pub(super) fn streak(days: &[DayCount]) -> i64 {
    let mut newest_first = days.iter().rev().peekable();
    newest_first.next_if(|today| today.completed == 0);
    newest_first.take_while(|day| day.completed > 0).count() as i64
}

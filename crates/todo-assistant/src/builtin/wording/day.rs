//! Days and times in words, as seen from now.

use jiff::{
    ToSpan, Zoned,
    civil::{Date, DateTime, Time},
};
use todo_api::tools::ToolTask;

use crate::thinker::Turn;

/// How dates and times are said to one user at one moment.
#[derive(Debug, Clone)]
pub(crate) struct Voice {
    now: Zoned,
    zone: String,
    twelve_hours: bool,
}

/// Countries, as language tags name them, whose clocks have twelve hours.
const TWELVE_HOURS: [&str; 8] =
    ["en-US", "en-CA", "en-AU", "en-NZ", "en-IN", "en-PH", "en-PK", "hi"];

impl Voice {
    pub(crate) fn new(turn: &Turn) -> Self {
        let twelve_hours = TWELVE_HOURS.iter().any(|tag| turn.locale.eq_ignore_ascii_case(tag));
        Self { now: turn.now.clone(), zone: turn.zone.clone(), twelve_hours }
    }

    /// "tomorrow, Sunday 22 November"
    pub(crate) fn day(&self, date: Date) -> String {
        let today = self.now.date();
        let format = if date.year() == today.year() { "%A %-d %B" } else { "%A %-d %B %Y" };
        let day = date.strftime(format).to_string();
        match self.relative(date) {
            Some(word) => format!("{word}, {day}"),
            None => day,
        }
    }

    fn relative(&self, date: Date) -> Option<&'static str> {
        let today = self.now.date();
        let is = |days: i64| today.checked_add(days.days()).is_ok_and(|day| day == date);
        [(0, "today"), (1, "tomorrow"), (-1, "yesterday")]
            .into_iter()
            .find(|(days, _)| is(*days))
            .map(|(_, word)| word)
    }

    /// "17:00", or "5 pm" where clocks have twelve hours.
    pub(crate) fn time(&self, time: Time) -> String {
        if !self.twelve_hours {
            return format!("{:02}:{:02}", time.hour(), time.minute());
        }
        let half = if time.hour() < 12 { "am" } else { "pm" };
        let hour = match time.hour() % 12 {
            0 => 12,
            hour => hour,
        };
        if time.minute() == 0 {
            format!("{hour} {half}")
        } else {
            format!("{hour}:{:02} {half}", time.minute())
        }
    }

    /// When a task is due, at length: "tomorrow, Sunday 22 November, at 17:00". Empty without a date.
    pub(crate) fn long(&self, task: &ToolTask) -> String {
        let Some((date, time)) = due(task) else { return String::new() };
        let day = self.day(date);
        match time {
            Some(time) => format!("{day}, at {}{}", self.time(time), self.elsewhere(task)),
            None => day,
        }
    }

    /// When a task is due, for a list: "today, 17:00", "Fri 27 Nov". Empty without a date.
    pub(crate) fn short(&self, task: &ToolTask) -> String {
        let Some((date, time)) = due(task) else { return String::new() };
        let format =
            if date.year() == self.now.date().year() { "%a %-d %b" } else { "%a %-d %b %Y" };
        let day =
            self.relative(date).map_or_else(|| date.strftime(format).to_string(), str::to_owned);
        match time {
            Some(time) => format!("{day}, {}", self.time(time)),
            None => day,
        }
    }

    /// Whether an open task should have been done by now.
    pub(crate) fn is_late(&self, task: &ToolTask) -> bool {
        let Some((date, time)) = due(task) else { return false };
        let today = self.now.date();
        date < today || date == today && time.is_some_and(|time| time < self.now.time())
    }

    /// Now: "Saturday 21 November 2026, 13:05".
    pub(crate) fn moment(&self) -> String {
        format!("{}, {}", self.now.strftime("%A %-d %B %Y"), self.time(self.now.time()))
    }

    /// The zone of a time that is not the user's own.
    fn elsewhere(&self, task: &ToolTask) -> String {
        if task.timezone.is_empty() || task.timezone == self.zone {
            String::new()
        } else {
            format!(" {}", task.timezone)
        }
    }
}

/// The due date of a task, as tools write it.
pub(crate) fn due(task: &ToolTask) -> Option<(Date, Option<Time>)> {
    if task.due.contains('T') {
        let at: DateTime = task.due.parse().ok()?;
        return Some((at.date(), Some(at.time())));
    }
    Some((task.due.parse().ok()?, None))
}

//! What was understood, in the few words of a chip.

use jiff::civil::Date;

use crate::task::{Due, Priority};

pub(super) const NO_DATE: &str = "No date";

/// "Sat 21 Nov, 17:00"; with the year if it is not this one.
pub(super) fn due(due: &Due, today: Date) -> String {
    let pattern = if due.date.year() == today.year() { "%a %-d %b" } else { "%a %-d %b %Y" };
    let date = due.date.strftime(pattern);
    match &due.time {
        Some((time, _)) => format!("{date}, {}", time.strftime("%H:%M")),
        None => date.to_string(),
    }
}

pub(super) fn priority(priority: Priority) -> String {
    match priority {
        Priority::None => "None",
        Priority::Low => "Low",
        Priority::Medium => "Medium",
        Priority::High => "High",
    }
    .to_owned()
}

/// "30 minutes before", in the largest unit that fits.
pub(super) fn reminder(minutes: u32) -> String {
    let (count, unit) = match minutes {
        0 => return "At the time".to_owned(),
        _ if minutes.is_multiple_of(7 * 24 * 60) => (minutes / (7 * 24 * 60), "week"),
        _ if minutes.is_multiple_of(24 * 60) => (minutes / (24 * 60), "day"),
        _ if minutes.is_multiple_of(60) => (minutes / 60, "hour"),
        _ => (minutes, "minute"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural} before")
}

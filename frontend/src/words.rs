//! How days, times and counts are written for one person: in their zone and by the habits of their locale.
//!
//! The sentences are English; only their dates follow the locale.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use maud::{Markup, html};
use todo_api::settings::SettingsBody;
use todo_api::task::{DueBody, TaskBody};
use todo_api::terms;

/// Regions where clocks on the wall count to twelve.
const TWELVE_HOURS: [&str; 14] =
    ["US", "CA", "AU", "NZ", "IN", "PK", "BD", "PH", "EG", "SA", "MY", "CO", "MX", "JO"];

/// A date further away than this is written with its year.
const YEAR_AFTER_DAYS: i32 = 300;

/// One person's way of writing dates, at one moment.
#[derive(Debug, Clone)]
pub(crate) struct Words {
    now: Zoned,
    counts_to_twelve: bool,
    month_first: bool,
    week_start: Weekday,
}

/// A due date on the clocks of the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Due {
    pub(crate) date: Date,
    pub(crate) time: Option<Time>,
}

impl Words {
    pub(crate) fn new(settings: &SettingsBody, now: Timestamp) -> Self {
        let zone = TimeZone::get(&settings.timezone).unwrap_or(TimeZone::UTC);
        let region = settings
            .locale
            .split('-')
            .find(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_uppercase()));
        Self {
            now: now.to_zoned(zone),
            counts_to_twelve: region.is_some_and(|region| TWELVE_HOURS.contains(&region)),
            month_first: region == Some("US"),
            week_start: settings.week_start.into(),
        }
    }

    pub(crate) fn now(&self) -> &Zoned {
        &self.now
    }

    pub(crate) fn today(&self) -> Date {
        self.now.date()
    }

    /// The first day of the week that comes after this one.
    pub(crate) fn next_week(&self) -> Date {
        (1..=7)
            .map(|days| self.after(days))
            .find(|day| day.weekday() == self.week_start)
            .expect("a week has every day")
    }

    /// So many days from today.
    pub(crate) fn after(&self, days: i64) -> Date {
        self.today().saturating_add(jiff::Span::new().days(days))
    }

    /// When a task is due, on the reader's clocks. A day without a time is that day everywhere.
    pub(crate) fn due(&self, due: &DueBody) -> Option<Due> {
        let date: Date = due.date.parse().ok()?;
        let Some(time) = due.time.as_ref().and_then(|time| time.parse::<Time>().ok()) else {
            return Some(Due { date, time: None });
        };
        let there = due.timezone.as_deref().and_then(|name| TimeZone::get(name).ok());
        let here = there.and_then(|zone| date.to_datetime(time).to_zoned(zone).ok());
        let here = here.map(|moment| moment.with_time_zone(self.now.time_zone().clone()));
        let (date, time) = here.map_or((date, time), |moment| (moment.date(), moment.time()));
        Some(Due { date, time: Some(time) })
    }

    /// When a task is due, if it is.
    pub(crate) fn due_of(&self, task: &TaskBody) -> Option<Due> {
        task.due.as_ref().and_then(|due| self.due(due))
    }

    /// A moment on the reader's clocks.
    pub(crate) fn local(&self, at: Timestamp) -> Zoned {
        at.to_zoned(self.now.time_zone().clone())
    }

    /// "17:00", or "5:00 pm".
    pub(crate) fn time(&self, time: Time) -> String {
        let pattern = if self.counts_to_twelve { "%-I:%M %P" } else { "%H:%M" };
        time.strftime(pattern).to_string()
    }

    /// The time of a moment.
    pub(crate) fn clock(&self, at: Timestamp) -> String {
        self.time(self.local(at).time())
    }

    /// "Today", "Tomorrow", "Yesterday", or else "Sat 21 Nov".
    pub(crate) fn day(&self, date: Date) -> String {
        self.near(date).map_or_else(|| self.short_day(date), str::to_owned)
    }

    /// "Sat 21 Nov", with the year when it is far away.
    pub(crate) fn short_day(&self, date: Date) -> String {
        let pattern = match (self.month_first, self.is_far(date)) {
            (false, false) => "%a %-d %b",
            (false, true) => "%a %-d %b %Y",
            (true, false) => "%a, %b %-d",
            (true, true) => "%a, %b %-d, %Y",
        };
        date.strftime(pattern).to_string()
    }

    /// "Friday 20 November", "Friday, November 20".
    pub(crate) fn long_day(&self, date: Date) -> String {
        let comma = if self.month_first { "," } else { "" };
        format!("{}{comma} {}", date.strftime("%A"), self.month_day(date))
    }

    /// "20 November".
    pub(crate) fn month_day(&self, date: Date) -> String {
        let pattern = match (self.month_first, self.is_far(date)) {
            (false, false) => "%-d %B",
            (false, true) => "%-d %B %Y",
            (true, false) => "%B %-d",
            (true, true) => "%B %-d, %Y",
        };
        date.strftime(pattern).to_string()
    }

    /// The heading of a day and what stands smaller beside it: "Tomorrow" and "Saturday 21 November", "Sunday" and
    /// "22 November".
    pub(crate) fn heading(&self, date: Date) -> (String, String) {
        match self.near(date) {
            Some(near) => (near.to_owned(), self.long_day(date)),
            None => (date.strftime("%A").to_string(), self.month_day(date)),
        }
    }

    /// "Today, 17:00"; "Tue 1 Dec".
    pub(crate) fn due_words(&self, due: Due) -> String {
        match due.time {
            Some(time) => format!("{}, {}", self.day(due.date), self.time(time)),
            None => self.day(due.date),
        }
    }

    /// The same within a sentence: "tomorrow, 17:00", "Tue 1 Dec".
    pub(crate) fn due_within(&self, due: Due) -> String {
        let words = self.due_words(due);
        if self.near(due.date).is_some() { uncapitalized(&words) } else { words }
    }

    /// A moment in the past: "today at 10:36", "Wednesday", "12 November".
    pub(crate) fn moment(&self, at: Timestamp) -> String {
        let local = self.local(at);
        match self.days_until(local.date()) {
            0 => format!("today at {}", self.time(local.time())),
            -1 => format!("yesterday at {}", self.time(local.time())),
            -6..=-2 => local.strftime("%A").to_string(),
            _ => self.month_day(local.date()),
        }
    }

    fn near(&self, date: Date) -> Option<&'static str> {
        match self.days_until(date) {
            -1 => Some("Yesterday"),
            0 => Some("Today"),
            1 => Some("Tomorrow"),
            _ => None,
        }
    }

    fn days_until(&self, date: Date) -> i32 {
        self.today().until(date).map_or(i32::MAX, |span| span.get_days())
    }

    fn is_far(&self, date: Date) -> bool {
        date.year() != self.today().year()
            && !(-YEAR_AFTER_DAYS..=YEAR_AFTER_DAYS).contains(&self.days_until(date))
    }
}

/// A repeat as words, "Every month on the 1st"; the rule itself when there are no better ones.
pub(crate) fn repeat(rule: &str) -> String {
    terms::repeat_words(rule).unwrap_or_else(|| rule.to_owned())
}

/// "1 task", "6 tasks".
pub(crate) fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// "A", "A and B", "A, B and C".
pub(crate) fn listed(items: &[Markup]) -> Markup {
    html! {
        @for (at, item) in items.iter().enumerate() {
            @if at > 0 { @if at + 1 == items.len() { " and " } @else { ", " } }
            (item)
        }
    }
}

/// The same of plain text.
pub(crate) fn listed_text(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The text with its first letter in lower case.
pub(crate) fn uncapitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(locale: &str) -> Words {
        let mut settings = crate::samples::settings();
        settings.locale = locale.to_owned();
        Words::new(&settings, "2026-11-20T05:20:00Z".parse().unwrap())
    }

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn days_near_today_have_names() {
        let words = words("en-GB");

        let days = ["2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22", "2028-03-01"];
        let written = days.map(|day| words.day(date(day)));
        assert_eq!(written, ["Yesterday", "Today", "Tomorrow", "Sun 22 Nov", "Wed 1 Mar 2028"]);
    }

    #[test]
    fn clocks_count_to_twelve_where_people_do() {
        let five = Time::constant(17, 5, 0, 0);

        assert_eq!(words("en-GB").time(five), "17:05");
        assert_eq!(words("en-US").time(five), "5:05 pm");
        assert_eq!(words("en-US").day(date("2026-11-28")), "Sat, Nov 28");
    }

    #[test]
    fn a_time_elsewhere_is_shown_on_the_clocks_of_the_reader() {
        let due = DueBody {
            date: "2026-11-20".into(),
            time: Some("22:00".into()),
            timezone: Some("Europe/London".into()),
        };

        assert_eq!(words("en").due_words(words("en").due(&due).unwrap()), "Tomorrow, 03:00");
    }
}

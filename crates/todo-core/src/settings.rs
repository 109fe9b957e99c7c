//! What each user may set.

use jiff::{civil::Weekday, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::task::{Invalid, zone};

/// One user's settings. They decide what "tomorrow" and "this week" mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// IANA name of the zone that the user lives in.
    pub timezone: String,
    /// BCP 47 language tag: the language of words, and how dates and times are written.
    pub locale: String,
    /// The first day of the week.
    pub week_start: WeekStart,
    /// Colours of the pages.
    pub theme: Theme,
    /// Whether single keys act as shortcuts (WCAG 2.1.4 wants a way to switch them off).
    pub shortcuts: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            timezone: "UTC".into(),
            locale: "en".into(),
            week_start: WeekStart::Monday,
            theme: Theme::System,
            shortcuts: true,
        }
    }
}

impl Settings {
    /// The zone; UTC when the name has left the database of zones since it was set.
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.timezone).unwrap_or(TimeZone::UTC)
    }

    /// Refuses what cannot be used.
    pub fn check(&self) -> Result<(), Invalid> {
        zone(&self.timezone)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if !(2..=35).contains(&self.locale.len()) || !self.locale.chars().all(plain) {
            return Err(Invalid::new("locale", "a locale is a language tag, like en or de-CH"));
        }
        Ok(())
    }
}

/// The first day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WeekStart {
    /// ISO 8601.
    Monday,
    /// Much of the Arab world.
    Saturday,
    /// America, much of Asia.
    Sunday,
}

impl From<WeekStart> for Weekday {
    fn from(start: WeekStart) -> Self {
        match start {
            WeekStart::Monday => Self::Monday,
            WeekStart::Saturday => Self::Saturday,
            WeekStart::Sunday => Self::Sunday,
        }
    }
}

/// Colours of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the device is set.
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

use super::Invalid;

/// When a task should be done: a date, or a date with a time on the clocks of one zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The day. A day stays that day wherever its owner travels.
    pub date: Date,
    /// The time of that day, to the minute, with the IANA zone whose clocks show it.
    pub time: Option<(Time, String)>,
}

impl Due {
    /// A day without a time.
    pub fn on(date: Date) -> Self {
        Self { date, time: None }
    }

    /// A time on a day, in a zone that [`zone`] knows.
    pub fn at(date: Date, time: Time, zone: impl Into<String>) -> Self {
        Self { date, time: Some((time, zone.into())) }
    }

    /// Checks and builds what a door received. A time without a zone is in `home`.
    pub fn parse(
        date: &str,
        time: Option<&str>,
        timezone: Option<&str>,
        home: &str,
    ) -> Result<Self, Invalid> {
        let date: Date = date.parse().map_err(|_| {
            Invalid::new("due.date", "a date is written YYYY-MM-DD, like 2026-11-20")
        })?;
        if !(1900..=9000).contains(&date.year()) {
            return Err(Invalid::new("due.date", "a date lies between the years 1900 and 9000"));
        }
        let Some(time) = time else { return Ok(Self::on(date)) };
        let wrong = || Invalid::new("due.time", "a time is written HH:MM, from 00:00 to 23:59");
        let time: Time = time.parse().map_err(|_| wrong())?;
        let time = Time::new(time.hour(), time.minute(), 0, 0).map_err(|_| wrong())?;
        let name = timezone.unwrap_or(home);
        zone(name)?;
        Ok(Self::at(date, time, name))
    }

    /// The instant, when there is a time. In a gap of daylight saving it is the first instant after it.
    pub fn instant(&self) -> Option<Timestamp> {
        let (time, name) = self.time.as_ref()?;
        let zone = TimeZone::get(name).unwrap_or(TimeZone::UTC);
        self.date.to_datetime(*time).to_zoned(zone).ok().map(|zoned| zoned.timestamp())
    }
}

/// The IANA time zone of that name.
pub fn zone(name: &str) -> Result<TimeZone, Invalid> {
    TimeZone::get(name).map_err(|_| {
        Invalid::new("timezone", format!("{name:?} is not an IANA time zone, like Europe/Berlin"))
    })
}

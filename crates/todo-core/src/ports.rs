//! What the rules ask the outside for: the time and randomness.

use jiff::{Timestamp, Zoned, tz::TimeZone};

/// The current time. The only place where a wall clock enters the system.
pub trait Clock: Send + Sync + 'static {
    /// Now, truncated to microseconds by those who store it.
    fn now(&self) -> Timestamp;

    /// Now, as a clock on the wall in `zone` shows it.
    fn now_in(&self, zone: &TimeZone) -> Zoned {
        self.now().to_zoned(zone.clone())
    }
}

/// Unpredictable bytes, for identifiers and secrets.
pub trait Entropy: Send + Sync + 'static {
    /// Fills the whole buffer.
    fn fill(&self, buffer: &mut [u8]);
}

use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};
use todo_core::Clock;

/// A clock that moves when it is told to.
pub(crate) struct FakeClock(Mutex<Timestamp>);

impl Default for FakeClock {
    fn default() -> Self {
        Self(Mutex::new("2026-11-20T09:47:47.042Z".parse().expect("a time")))
    }
}

impl FakeClock {
    pub(crate) fn advance(&self, by: SignedDuration) {
        let mut now = self.0.lock().expect("no test panics inside");
        *now += by;
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().expect("no test panics inside")
    }
}

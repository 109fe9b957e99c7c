//! What was just read of sessions, so that a burst of requests reads one row once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use todo_core::UserId;
use todo_core::accounts::TokenHash;

use super::LiveSession;

/// How long a session that was ended in another process may still be believed here.
const MEMORY: SignedDuration = SignedDuration::from_secs(5);
/// The most entries, some kilobytes each at worst.
const CAPACITY: usize = 10_000;

#[derive(Default)]
pub(super) struct Cache(Mutex<HashMap<TokenHash, Entry>>);

struct Entry {
    live: Arc<LiveSession>,
    read_at: Timestamp,
}

impl Entry {
    /// Whether it may be believed; a clock that was set back makes nothing younger.
    fn is_good(&self, now: Timestamp) -> bool {
        (SignedDuration::ZERO..MEMORY).contains(&now.duration_since(self.read_at))
    }
}

impl Cache {
    pub(super) fn get(&self, token: &TokenHash, now: Timestamp) -> Option<Arc<LiveSession>> {
        self.entries().get(token).filter(|entry| entry.is_good(now)).map(|entry| entry.live.clone())
    }

    pub(super) fn put(&self, token: TokenHash, live: Arc<LiveSession>, now: Timestamp) {
        let mut entries = self.entries();
        if entries.len() >= CAPACITY {
            entries.retain(|_, entry| entry.is_good(now));
        }
        // Still full means thousands of sessions within seconds. The store can answer for the rest.
        if entries.len() < CAPACITY {
            entries.insert(token, Entry { live, read_at: now });
        }
    }

    pub(super) fn forget(&self, user: UserId) {
        self.entries().retain(|_, entry| entry.live.session.user != user);
    }

    fn entries(&self) -> MutexGuard<'_, HashMap<TokenHash, Entry>> {
        // Every change of the map is one call, so that a panic elsewhere cannot leave half of it.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

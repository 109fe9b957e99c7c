//! The public halves, as they were read lately.

use std::fmt;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use todo_core::accounts::{AccountStore, SigningKey};
use todo_core::{Clock, StoreError};
use tokio::sync::Mutex;

/// After this time the keys are read again.
const MEMORY: SignedDuration = SignedDuration::from_secs(60);
/// A key that nobody knows makes us read again, but not more often than this: such names cost a stranger nothing.
const PATIENCE: SignedDuration = SignedDuration::from_secs(5);

/// The keys in the database, read at most once a minute. Needs no secret.
pub struct PublishedKeys {
    store: Arc<dyn AccountStore>,
    clock: Arc<dyn Clock>,
    read: Mutex<Option<Reading>>,
}

#[derive(Clone)]
struct Reading {
    at: Timestamp,
    keys: Arc<[SigningKey]>,
}

impl PublishedKeys {
    /// The keys in `store`.
    pub fn new(store: Arc<dyn AccountStore>, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock, read: Mutex::new(None) }
    }

    /// All keys whose tokens may still be accepted, newest first.
    ///
    /// # Errors
    /// The store fails.
    pub async fn all(&self) -> Result<Arc<[SigningKey]>, StoreError> {
        self.no_older_than(MEMORY).await
    }

    /// The key of this name, if its tokens are accepted now.
    ///
    /// # Errors
    /// The store fails.
    pub async fn lookup(&self, kid: &str) -> Result<Option<SigningKey>, StoreError> {
        let find = |keys: &[SigningKey]| keys.iter().find(|key| key.kid == kid).cloned();
        let mut key = find(&self.all().await?);
        if key.is_none() {
            key = find(&self.no_older_than(PATIENCE).await?);
        }
        let now = self.clock.now();
        Ok(key.filter(|key| key.retired_at.is_none_or(|end| now < end)))
    }

    /// The keys as they are now.
    ///
    /// # Errors
    /// The store fails.
    pub(super) async fn reread(&self) -> Result<Arc<[SigningKey]>, StoreError> {
        self.no_older_than(SignedDuration::ZERO).await
    }

    async fn no_older_than(&self, age: SignedDuration) -> Result<Arc<[SigningKey]>, StoreError> {
        // Held while reading, so that those who come meanwhile wait for the same answer.
        let mut read = self.read.lock().await;
        let now = self.clock.now();
        if let Some(reading) = &*read
            && (SignedDuration::ZERO..age).contains(&now.duration_since(reading.at))
        {
            return Ok(reading.keys.clone());
        }
        let keys: Arc<[SigningKey]> = self.store.signing_keys(now).await?.into();
        *read = Some(Reading { at: now, keys: keys.clone() });
        Ok(keys)
    }
}

impl fmt::Debug for PublishedKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PublishedKeys").finish_non_exhaustive()
    }
}

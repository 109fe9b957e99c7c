//! Which key signs now, and when the next one is made.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use jiff::Timestamp;
use jsonwebtoken::EncodingKey;
use todo_core::accounts::{AccountStore, SigningKey};
use todo_core::{Clock, Entropy, StoreError};

use super::sealing::Seed;
use super::{ACCEPTED_AFTER, PUBLISHED_BEFORE, PublishedKeys, ROTATE_AFTER, Sealing};
use crate::tokens::random_text;

/// How often a lost race for the next key is tried again.
const ATTEMPTS: usize = 3;

/// No key can sign.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The keys could not be read or written.
    #[error("the signing keys could not be reached")]
    Store(#[from] StoreError),
    /// None of the keys can be opened, not even a new one.
    #[error("no signing key can be used")]
    Unusable,
}

/// A key that signs. Prints without it.
pub struct Signer {
    /// Its name, for the header of tokens.
    pub kid: String,
    pub(crate) key: EncodingKey,
}

impl Signer {
    fn new(kid: &str, seed: &Seed) -> Option<Self> {
        let pkcs8 = Ed25519KeyPair::from_seed_unchecked(seed).ok()?.to_pkcs8().ok()?;
        Some(Self { kid: kid.to_owned(), key: EncodingKey::from_ed_der(pkcs8.as_ref()) })
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("kid", &self.kid).finish_non_exhaustive()
    }
}

/// Chooses the key that signs, and makes the next one when it is time. Replicas need no agreement beyond the store:
/// the one that comes second finds the other's key.
pub struct KeyRing {
    store: Arc<dyn AccountStore>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    sealing: Sealing,
    published: Arc<PublishedKeys>,
    opened: Mutex<Option<Arc<Signer>>>,
}

impl KeyRing {
    /// The keys in `store`, which `published` reads as well.
    pub fn new(
        store: Arc<dyn AccountStore>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        sealing: Sealing,
        published: Arc<PublishedKeys>,
    ) -> Self {
        Self { store, clock, entropy, sealing, published, opened: Mutex::new(None) }
    }

    /// The key that signs now. Makes the first key of an empty database, and the next one when this one is old.
    ///
    /// # Errors
    /// The store fails, or no key can be opened.
    pub async fn signer(&self) -> Result<Arc<Signer>, KeyError> {
        let mut keys = self.published.all().await?;
        for _ in 0..ATTEMPTS {
            let now = self.clock.now();
            let signer = self.newest_active(&keys, now);
            let next_from = match &signer {
                None => now,
                Some(_) if is_due(&keys, now) => now + PUBLISHED_BEFORE,
                Some(signer) => return Ok(signer.clone()),
            };
            self.add(&keys, now, next_from).await?;
            keys = self.published.reread().await?;
        }
        self.newest_active(&keys, self.clock.now()).ok_or(KeyError::Unusable)
    }

    fn newest_active(&self, keys: &[SigningKey], now: Timestamp) -> Option<Arc<Signer>> {
        keys.iter().filter(|key| key.active_from <= now).find_map(|key| self.open(key))
    }

    /// A key that was sealed with another secret is passed over.
    fn open(&self, key: &SigningKey) -> Option<Arc<Signer>> {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(signer) = opened.as_ref().filter(|signer| signer.kid == key.kid) {
            return Some(signer.clone());
        }
        let seed = self.sealing.open(&key.kid, &key.private_sealed)?;
        let signer = Arc::new(Signer::new(&key.kid, &seed)?);
        *opened = Some(signer.clone());
        Some(signer)
    }

    async fn add(
        &self,
        keys: &[SigningKey],
        now: Timestamp,
        active_from: Timestamp,
    ) -> Result<(), KeyError> {
        let mut seed = Seed::default();
        self.entropy.fill(&mut seed);
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed).map_err(|_| KeyError::Unusable)?;
        let kid = random_text(&*self.entropy);
        let key = SigningKey {
            public: pair.public_key().as_ref().to_vec(),
            private_sealed: self.sealing.seal(&kid, &seed, &*self.entropy),
            created_at: now,
            active_from,
            retired_at: None,
            kid,
        };
        let newest = keys.first().map(|key| key.kid.as_str());
        if self.store.add_signing_key(&key, newest, active_from + ACCEPTED_AFTER).await? {
            tracing::info!(kid = key.kid, %active_from, "made a signing key");
        }
        Ok(())
    }
}

/// Whether the newest key, active or about to be, has signed for long enough.
fn is_due(keys: &[SigningKey], now: Timestamp) -> bool {
    keys.first().is_none_or(|newest| now.duration_since(newest.active_from) >= ROTATE_AFTER)
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyRing").finish_non_exhaustive()
    }
}

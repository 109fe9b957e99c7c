//! Sessions: begun by a sign-in, found by their token, prolonged while they are used.

mod cache;

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use jiff::SignedDuration;
use todo_core::accounts::{AccountStore, Session, User};
use todo_core::{Clock, Entropy, StoreError, UserId};

use self::cache::Cache;
use crate::tokens::{SessionToken, random_text};
use crate::wire;

/// How long a session lives after it was last prolonged.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long one lives that ends with the browser. It is never prolonged.
pub const SHORT_LIFETIME: SignedDuration = SignedDuration::from_hours(24);
/// A session that was not prolonged for this long is prolonged by its next use.
pub const PROLONG_AFTER: SignedDuration = SignedDuration::from_hours(24);
/// How long after its beginning a session may do what otherwise takes the password.
pub const FRESH: SignedDuration = SignedDuration::from_hours(24);

/// Where a session is begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// The client's address, seen through the proxies that are trusted.
    pub address: IpAddr,
    /// What the client calls itself; empty if unknown.
    pub user_agent: String,
}

/// A session that has not ended, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveSession {
    /// The session.
    pub session: Session,
    /// Its user.
    pub user: User,
}

/// All sessions, with a memory of five seconds for those that were just seen. Clones share it.
#[derive(Clone)]
pub struct Sessions {
    store: Arc<dyn AccountStore>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    seen: Arc<Cache>,
}

impl Sessions {
    /// The sessions in `store`.
    pub fn new(
        store: Arc<dyn AccountStore>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Self {
        Self { store, clock, entropy, seen: Arc::default() }
    }

    /// Begins a session. Its token is known to nobody but the caller, who hands it to the client.
    ///
    /// # Errors
    /// The store fails.
    pub async fn begin(
        &self,
        user: &User,
        device: Device,
        remember: bool,
    ) -> Result<(SessionToken, LiveSession), StoreError> {
        let token = SessionToken::draw(&*self.entropy);
        let now = wire::now(&*self.clock);
        let session = Session {
            id: random_text(&*self.entropy),
            user: user.id,
            token_hash: token.hash(),
            created_at: now,
            updated_at: now,
            expires_at: now + if remember { LIFETIME } else { SHORT_LIFETIME },
            remember,
            ip_address: device.address.to_string(),
            user_agent: device.user_agent,
        };
        self.store.insert_session(&session).await?;
        Ok((token, LiveSession { session, user: user.clone() }))
    }

    /// The session of `token`, unless it has ended. The answer may be five seconds old.
    ///
    /// # Errors
    /// The store fails.
    pub async fn lookup(
        &self,
        token: &SessionToken,
    ) -> Result<Option<Arc<LiveSession>>, StoreError> {
        let hash = token.hash();
        let now = self.clock.now();
        if let Some(seen) = self.seen.get(&hash, now) {
            return Ok((now < seen.session.expires_at).then_some(seen));
        }
        let found = self.store.session(&hash).await?;
        let Some((session, user)) = found.filter(|(session, _)| now < session.expires_at) else {
            return Ok(None);
        };
        let live = Arc::new(LiveSession { session, user });
        self.seen.put(hash, live.clone(), now);
        Ok(Some(live))
    }

    /// Prolongs a session that was not prolonged for a day, and returns it as it is then; `None` when it is not due.
    ///
    /// # Errors
    /// The store fails.
    pub async fn prolong_if_due(
        &self,
        live: &LiveSession,
    ) -> Result<Option<Arc<LiveSession>>, StoreError> {
        let now = wire::now(&*self.clock);
        let idle = now.duration_since(live.session.updated_at);
        if !live.session.remember || idle < PROLONG_AFTER {
            return Ok(None);
        }
        let mut prolonged = live.clone();
        prolonged.session.updated_at = now;
        prolonged.session.expires_at = now + LIFETIME;
        let Session { token_hash, expires_at, .. } = prolonged.session;
        self.store.prolong(&token_hash, now, expires_at).await?;
        let prolonged = Arc::new(prolonged);
        self.seen.put(token_hash, prolonged.clone(), now);
        Ok(Some(prolonged))
    }

    /// The sessions of a user that have not ended, newest first.
    ///
    /// # Errors
    /// The store fails.
    pub async fn list(&self, user: UserId) -> Result<Vec<Session>, StoreError> {
        self.store.sessions(user, self.clock.now()).await
    }

    /// Ends one session of its user.
    ///
    /// # Errors
    /// The store fails.
    pub async fn end(&self, session: &Session) -> Result<(), StoreError> {
        self.store.end_session(session.user, &session.token_hash).await?;
        self.seen.forget(session.user);
        Ok(())
    }

    /// Ends all sessions of a user but the one to keep.
    ///
    /// # Errors
    /// The store fails.
    pub async fn end_all(&self, user: UserId, keep: Option<&Session>) -> Result<(), StoreError> {
        self.store.end_sessions(user, keep.map(|session| &session.token_hash)).await?;
        self.seen.forget(user);
        Ok(())
    }

    /// Forgets what was seen of a user, after the account changed.
    pub fn forget(&self, user: UserId) {
        self.seen.forget(user);
    }
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sessions").finish_non_exhaustive()
    }
}

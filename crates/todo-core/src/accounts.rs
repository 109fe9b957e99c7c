//! Users, their sessions, and the keys that sign tokens. The rules are few; the wire contract lives in `todo-auth`.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::{StoreError, UserId, settings::Settings};

/// SHA-256 of a session or key token. The token itself is never stored.
pub type TokenHash = [u8; 32];

/// Somebody with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Who.
    pub id: UserId,
    /// Lower case, unique.
    pub email: String,
    /// What they want to be called.
    pub name: String,
    /// An address of a picture.
    pub image: Option<String>,
    /// When they signed up.
    pub created_at: Timestamp,
    /// When the account was last changed.
    pub updated_at: Timestamp,
}

/// One sign-in on one device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Names the session without giving its token away.
    pub id: String,
    /// Whose it is.
    pub user: UserId,
    /// The hash of its token.
    pub token_hash: TokenHash,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last prolonged.
    pub updated_at: Timestamp,
    /// When it ends unless it is prolonged.
    pub expires_at: Timestamp,
    /// Whether it lives on after the browser is closed.
    pub remember: bool,
    /// Where it was begun from; empty if unknown.
    pub ip_address: String,
    /// With what it was begun; empty if unknown.
    pub user_agent: String,
}

/// A key that signs tokens (Ed25519).
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey {
    /// Its name in the header of tokens.
    pub kid: String,
    /// The public half, 32 bytes.
    pub public: Vec<u8>,
    /// The private half, sealed with the server's secret.
    pub private_sealed: Vec<u8>,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it signs. It is published before, so that everyone knows it by then.
    pub active_from: Timestamp,
    /// Until when tokens that it signed are accepted, once a newer key signs.
    pub retired_at: Option<Timestamp>,
}

/// The address belongs to somebody already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this email address has an account")]
pub struct EmailTaken;

/// Where accounts are kept.
#[async_trait]
pub trait AccountStore: Send + Sync + 'static {
    /// Adds a user with an empty list, in one transaction.
    async fn sign_up(
        &self,
        user: &User,
        password_hash: &str,
        settings: &Settings,
    ) -> Result<Result<(), EmailTaken>, StoreError>;

    /// The user of this address (lower case), with the hash of the password.
    async fn by_email(&self, email: &str) -> Result<Option<(User, String)>, StoreError>;

    /// A user, with the hash of the password.
    async fn by_id(&self, id: UserId) -> Result<Option<(User, String)>, StoreError>;

    /// The first users, at most `limit`: for programs that work on somebody's own file.
    async fn users(&self, limit: u64) -> Result<Vec<User>, StoreError>;

    /// Writes name, image and `updated_at`.
    async fn update(&self, user: &User) -> Result<(), StoreError>;

    /// Writes the hash of a new password.
    async fn set_password(&self, id: UserId, hash: &str, now: Timestamp) -> Result<(), StoreError>;

    /// Deletes the user and everything that is theirs.
    async fn delete_user(&self, id: UserId) -> Result<(), StoreError>;

    /// Adds a session.
    async fn insert_session(&self, session: &Session) -> Result<(), StoreError>;

    /// The session of this token, expired or not, with its user.
    async fn session(&self, token: &TokenHash) -> Result<Option<(Session, User)>, StoreError>;

    /// The sessions of a user that have not expired, newest first.
    async fn sessions(&self, user: UserId, now: Timestamp) -> Result<Vec<Session>, StoreError>;

    /// Moves the end of a session.
    async fn prolong(
        &self,
        token: &TokenHash,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), StoreError>;

    /// Ends a session of this user, named by its token's hash; `false` when there is none.
    async fn end_session(&self, user: UserId, token: &TokenHash) -> Result<bool, StoreError>;

    /// Ends all sessions of this user but the one to keep.
    async fn end_sessions(&self, user: UserId, keep: Option<&TokenHash>) -> Result<(), StoreError>;

    /// All signing keys that are not yet past their retirement, newest first.
    async fn signing_keys(&self, now: Timestamp) -> Result<Vec<SigningKey>, StoreError>;

    /// Adds a signing key, and retires the older ones at `retire_at`, unless a newer key than `newest` was added meanwhile
    /// (by another replica): then nothing is written and `false` is returned. Serialised between replicas.
    async fn add_signing_key(
        &self,
        key: &SigningKey,
        newest: Option<&str>,
        retire_at: Timestamp,
    ) -> Result<bool, StoreError>;

    /// How many times this was tried and failed, and until when that counts; `None` when it does not any more.
    async fn failures(
        &self,
        key: &str,
        now: Timestamp,
    ) -> Result<Option<(u32, Timestamp)>, StoreError>;

    /// Counts a failure, and returns the count. It is forgotten at `until`, which every further failure moves.
    async fn count_failure(
        &self,
        key: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<u32, StoreError>;

    /// Forgets the failures.
    async fn forget_failures(&self, key: &str) -> Result<(), StoreError>;
}

/// What grows old is taken away in small steps.
#[async_trait]
pub trait Housekeeping: Send + Sync + 'static {
    /// Removes at most about `step` rows of each kind that have outlived their time: trash after 30 days, images of changes
    /// after 90, retry keys after a day, sessions and plans past their end, old failures. Returns how many rows went.
    /// Safe to run in several processes at once.
    async fn sweep(&self, now: Timestamp, step: u64) -> Result<u64, StoreError>;
}

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard};

use async_trait::async_trait;
use jiff::Timestamp;
use todo_core::accounts::{AccountStore, EmailTaken, Session, SigningKey, TokenHash, User};
use todo_core::settings::Settings;
use todo_core::{StoreError, UserId};

/// Accounts in memory. Can be told to fail, and counts the reads of sessions.
#[derive(Default)]
pub(crate) struct MemoryStore {
    tables: Mutex<Tables>,
    is_down: AtomicBool,
    pub(crate) session_reads: AtomicUsize,
    pub(crate) key_reads: AtomicUsize,
}

#[derive(Default)]
pub(crate) struct Tables {
    pub(crate) users: Vec<(User, String, Settings)>,
    pub(crate) sessions: Vec<Session>,
    pub(crate) keys: Vec<SigningKey>,
    failures: HashMap<String, (u32, Timestamp)>,
}

impl MemoryStore {
    pub(crate) fn tables(&self) -> MutexGuard<'_, Tables> {
        self.tables.lock().expect("no test panics inside")
    }

    pub(crate) fn go_down(&self) {
        self.is_down.store(true, Ordering::SeqCst);
    }

    fn open(&self) -> Result<MutexGuard<'_, Tables>, StoreError> {
        if self.is_down.load(Ordering::SeqCst) {
            return Err(StoreError::Unavailable("postgres://db refused".into()));
        }
        Ok(self.tables())
    }
}

#[async_trait]
impl AccountStore for MemoryStore {
    async fn sign_up(
        &self,
        user: &User,
        password_hash: &str,
        settings: &Settings,
    ) -> Result<Result<(), EmailTaken>, StoreError> {
        let mut tables = self.open()?;
        if tables.users.iter().any(|(known, ..)| known.email == user.email) {
            return Ok(Err(EmailTaken));
        }
        tables.users.push((user.clone(), password_hash.to_owned(), settings.clone()));
        Ok(Ok(()))
    }

    async fn by_email(&self, email: &str) -> Result<Option<(User, String)>, StoreError> {
        let found = self.open()?.users.iter().find(|(user, ..)| user.email == email).cloned();
        Ok(found.map(|(user, hash, _)| (user, hash)))
    }

    async fn by_id(&self, id: UserId) -> Result<Option<(User, String)>, StoreError> {
        let found = self.open()?.users.iter().find(|(user, ..)| user.id == id).cloned();
        Ok(found.map(|(user, hash, _)| (user, hash)))
    }

    async fn users(&self, limit: u64) -> Result<Vec<User>, StoreError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Ok(self.open()?.users.iter().take(limit).map(|(user, ..)| user.clone()).collect())
    }

    async fn update(&self, user: &User) -> Result<(), StoreError> {
        let mut tables = self.open()?;
        let known = tables.users.iter_mut().find(|(known, ..)| known.id == user.id);
        known.expect("a known user").0 = user.clone();
        Ok(())
    }

    async fn set_password(&self, id: UserId, hash: &str, now: Timestamp) -> Result<(), StoreError> {
        let mut tables = self.open()?;
        let known = tables.users.iter_mut().find(|(known, ..)| known.id == id);
        let known = known.expect("a known user");
        known.1 = hash.to_owned();
        known.0.updated_at = now;
        Ok(())
    }

    async fn delete_user(&self, id: UserId) -> Result<(), StoreError> {
        let mut tables = self.open()?;
        tables.users.retain(|(user, ..)| user.id != id);
        tables.sessions.retain(|session| session.user != id);
        Ok(())
    }

    async fn insert_session(&self, session: &Session) -> Result<(), StoreError> {
        self.open()?.sessions.push(session.clone());
        Ok(())
    }

    async fn session(&self, token: &TokenHash) -> Result<Option<(Session, User)>, StoreError> {
        self.session_reads.fetch_add(1, Ordering::SeqCst);
        let tables = self.open()?;
        let session = tables.sessions.iter().find(|session| session.token_hash == *token);
        Ok(session.and_then(|session| {
            let (user, ..) = tables.users.iter().find(|(user, ..)| user.id == session.user)?;
            Some((session.clone(), user.clone()))
        }))
    }

    async fn sessions(&self, user: UserId, now: Timestamp) -> Result<Vec<Session>, StoreError> {
        let tables = self.open()?;
        let alive = tables
            .sessions
            .iter()
            .filter(|session| session.user == user && now < session.expires_at);
        Ok(alive.rev().cloned().collect())
    }

    async fn prolong(
        &self,
        token: &TokenHash,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tables = self.open()?;
        let session = tables.sessions.iter_mut().find(|session| session.token_hash == *token);
        let session = session.expect("a known session");
        session.updated_at = now;
        session.expires_at = expires_at;
        Ok(())
    }

    async fn end_session(&self, user: UserId, token: &TokenHash) -> Result<bool, StoreError> {
        let mut tables = self.open()?;
        let before = tables.sessions.len();
        tables.sessions.retain(|session| session.user != user || session.token_hash != *token);
        Ok(tables.sessions.len() < before)
    }

    async fn end_sessions(&self, user: UserId, keep: Option<&TokenHash>) -> Result<(), StoreError> {
        let stays = |session: &Session| session.user != user || keep == Some(&session.token_hash);
        self.open()?.sessions.retain(stays);
        Ok(())
    }

    async fn signing_keys(&self, now: Timestamp) -> Result<Vec<SigningKey>, StoreError> {
        self.key_reads.fetch_add(1, Ordering::SeqCst);
        let tables = self.open()?;
        let current = tables.keys.iter().filter(|key| key.retired_at.is_none_or(|end| now < end));
        Ok(current.rev().cloned().collect())
    }

    async fn add_signing_key(
        &self,
        key: &SigningKey,
        newest: Option<&str>,
        retire_at: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut tables = self.open()?;
        if tables.keys.last().map(|key| key.kid.as_str()) != newest {
            return Ok(false);
        }
        for older in &mut tables.keys {
            older.retired_at.get_or_insert(retire_at);
        }
        tables.keys.push(key.clone());
        Ok(true)
    }

    async fn failures(
        &self,
        key: &str,
        now: Timestamp,
    ) -> Result<Option<(u32, Timestamp)>, StoreError> {
        Ok(self.open()?.failures.get(key).copied().filter(|(_, until)| now < *until))
    }

    async fn count_failure(
        &self,
        key: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<u32, StoreError> {
        let mut tables = self.open()?;
        let entry = tables.failures.entry(key.to_owned()).or_insert((0, until));
        if entry.1 <= now {
            entry.0 = 0;
        }
        *entry = (entry.0 + 1, until);
        Ok(entry.0)
    }

    async fn forget_failures(&self, key: &str) -> Result<(), StoreError> {
        self.open()?.failures.remove(key);
        Ok(())
    }
}

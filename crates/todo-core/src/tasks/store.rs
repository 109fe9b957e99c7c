use async_trait::async_trait;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::{Change, ChangeQuery, Command, Filter, ListQuery, Owner, Page, TaskError};
use crate::{
    Actor, ChangeSeq, ConversationId, PlanId, StoreError, Task, TaskNumber, UserId, plans::Plan,
    settings::Settings, task::Tag,
};

/// Where tasks are kept. Every method names the owner; somebody else's row is a missing one.
#[async_trait]
pub trait TaskStore: Send + Sync + 'static {
    /// The owner's row. A signed-up user always has one.
    async fn owner(&self, user: UserId) -> Result<Option<Owner>, StoreError>;

    /// Writes the settings.
    async fn save_settings(&self, user: UserId, settings: &Settings) -> Result<(), StoreError>;

    /// Opens a transaction and takes the owner's lock. With a key that was used before it answers without one.
    ///
    /// The key is inserted first: a second request with it waits here for the first to end.
    async fn begin(
        &self,
        user: UserId,
        retry: Option<&RetryKey>,
        now: Timestamp,
    ) -> Result<Begun, StoreError>;

    /// One task, from the list or from the trash.
    async fn task(&self, user: UserId, number: TaskNumber) -> Result<Option<Task>, StoreError>;

    /// Those of the tasks that exist, from the list or the trash, in no particular order.
    async fn tasks(&self, user: UserId, numbers: &[TaskNumber]) -> Result<Vec<Task>, StoreError>;

    /// One page of the list. `limit + 1` tasks are not returned: `next` says whether there are more.
    async fn list(&self, user: UserId, query: &ListQuery) -> Result<Page, StoreError>;

    /// How many tasks of the list match, counted up to `at_most`.
    async fn count(&self, user: UserId, filter: &Filter, at_most: i64) -> Result<i64, StoreError>;

    /// Every tag that is or was in use, with the number of open tasks; the most used first, then by name.
    async fn tags(&self, user: UserId) -> Result<Vec<TagCount>, StoreError>;

    /// Changes, newest first or oldest first as the query asks.
    async fn changes(&self, user: UserId, query: &ChangeQuery) -> Result<Vec<Change>, StoreError>;

    /// When tasks were completed since then, one entry for each task; undone completions do not count.
    async fn completions(
        &self,
        user: UserId,
        since: Timestamp,
    ) -> Result<Vec<Timestamp>, StoreError>;
}

/// How a transaction begins.
pub enum Begun {
    /// It is open, and the owner's row is locked. Dropped without a commit it changes nothing.
    Fresh(Box<dyn TaskTransaction>),
    /// The key was used by the same request: its answer.
    Again(String),
    /// The key was used by another request.
    KeyReused,
    /// There is no such user any more.
    NoOwner,
}

/// One transaction of one owner.
#[async_trait]
pub trait TaskTransaction: Send {
    /// The owner's row, as it was locked.
    fn owner(&self) -> &Owner;

    /// Those of the tasks that exist, from the list or the trash.
    async fn tasks(&mut self, numbers: &[TaskNumber]) -> Result<Vec<Task>, StoreError>;

    /// One change.
    async fn change(&mut self, seq: ChangeSeq) -> Result<Option<Change>, StoreError>;

    /// The newest change that is neither an undo nor undone, of one conversation if one is named.
    async fn newest_undoable(
        &mut self,
        within: Option<ConversationId>,
    ) -> Result<Option<Change>, StoreError>;

    /// Changes of one actor since then that are neither undos nor undone, newest first, at most `limit`.
    async fn undoable_by(
        &mut self,
        actor: &Actor,
        since: Timestamp,
        limit: u64,
    ) -> Result<Vec<Change>, StoreError>;

    /// A plan of this owner.
    async fn plan(&mut self, id: PlanId) -> Result<Option<Plan>, StoreError>;

    /// Writes everything and ends the transaction.
    async fn commit(self: Box<Self>, commit: Commit) -> Result<(), StoreError>;
}

/// What a transaction writes. The rows of the change *are* the write: storage applies each `after` image.
#[derive(Debug)]
pub struct Commit {
    /// The owner's row from now on.
    pub owner: Owner,
    /// The change, if anything changed.
    pub change: Option<Change>,
    /// Changes that `change` took back: they get its number as `undone_by`.
    pub undone: Vec<ChangeSeq>,
    /// Changes that are in force again, because an undo of theirs was taken back.
    pub redone: Vec<ChangeSeq>,
    /// A plan that was carried out by this.
    pub plan: Option<PlanId>,
    /// The answer to keep under the retry key, if there was one.
    pub answer: Option<String>,
}

/// A retry key and the fingerprint of the request that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryKey {
    /// What the caller chose.
    pub key: String,
    /// SHA-256 of the command.
    pub fingerprint: [u8; 32],
}

impl RetryKey {
    /// A key for this command.
    ///
    /// # Errors
    /// [`TaskError::BadKey`] unless the key has 1 to 200 visible ASCII characters.
    pub fn new(key: &str, command: &Command) -> Result<Self, TaskError> {
        if !(1..=200).contains(&key.len()) || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(TaskError::BadKey);
        }
        let text = serde_json::to_vec(command).expect("a command has only text keys");
        Ok(Self { key: key.to_owned(), fingerprint: Sha256::digest(text).into() })
    }
}

/// A tag and how many open tasks have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagCount {
    /// The tag.
    pub tag: Tag,
    /// How many open tasks have it.
    pub open: i64,
}

//! The one way to write tasks: a transaction that holds the owner's row.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use todo_core::{
    Actor, ChangeSeq, ConversationId, PlanId, StoreError, Task, TaskNumber, UserId,
    plans::Plan,
    tasks::{Begun, Change, Commit, Owner, RetryKey, TaskTransaction},
};

use crate::{
    Database,
    changes::{self, CHANGE, push_actor},
    commit,
    database::for_update,
    error::store_error,
    plans,
    rows::{Cells, micros},
    sql::Sql,
    tasks,
};

/// How long the answer to a retry key is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// An open transaction. Dropped without a commit, the driver rolls it back.
struct Transaction {
    tx: DatabaseTransaction,
    owner: Owner,
    retry_key: Option<String>,
}

/// Opens a transaction: first the retry key, where a repetition waits for the first request to end, then the owner.
pub(crate) async fn begin(
    db: &Database,
    user: UserId,
    retry: Option<&RetryKey>,
    now: Timestamp,
) -> Result<Begun, StoreError> {
    let tx = db.begin().await?;
    if let Some(retry) = retry
        && let Some(earlier) = earlier_use(&tx, user, retry, now).await?
    {
        tx.rollback().await.map_err(store_error)?;
        return Ok(earlier);
    }
    match tasks::select_owner(user, db.for_update()).one(&tx).await.map_err(store_error)? {
        None => Ok(Begun::NoOwner),
        Some(row) => {
            let owner = tasks::owner(user, &row)?;
            Ok(Begun::Fresh(Box::new(Transaction {
                tx,
                owner,
                retry_key: retry.map(|retry| retry.key.clone()),
            })))
        }
    }
}

/// Takes the key, or says what became of the request that had it before.
async fn earlier_use(
    tx: &DatabaseTransaction,
    user: UserId,
    retry: &RetryKey,
    now: Timestamp,
) -> Result<Option<Begun>, StoreError> {
    let expires_at = now.saturating_add(KEPT).map_err(StoreError::broken)?;
    let take = Sql::new(
        "INSERT INTO idempotency (user_id, key, fingerprint, answer, expires_at) VALUES ($1, $2, $3, NULL, $4)
         ON CONFLICT (user_id, key) DO UPDATE
         SET fingerprint = excluded.fingerprint, answer = NULL, expires_at = excluded.expires_at
         WHERE idempotency.expires_at <= $5",
        [
            user.0.into(),
            retry.key.as_str().into(),
            retry.fingerprint.to_vec().into(),
            micros(expires_at),
            micros(now),
        ],
    );
    if take.run(tx).await.map_err(store_error)? == 1 {
        return Ok(None);
    }
    let first = Sql::new(
        "SELECT fingerprint, answer FROM idempotency WHERE user_id = $1 AND key = $2",
        [user.0.into(), retry.key.as_str().into()],
    );
    let row = first.one(tx).await.map_err(store_error)?;
    let row = row.ok_or_else(|| StoreError::broken("a retry key was taken and is not there"))?;
    let mut cells = Cells::of(&row);
    let (fingerprint, answer) = (cells.next::<Vec<u8>>()?, cells.next::<Option<String>>()?);
    if fingerprint != retry.fingerprint {
        return Ok(Some(Begun::KeyReused));
    }
    let answer =
        answer.ok_or_else(|| StoreError::broken("a retry key was committed without an answer"))?;
    Ok(Some(Begun::Again(answer)))
}

#[async_trait]
impl TaskTransaction for Transaction {
    fn owner(&self) -> &Owner {
        &self.owner
    }

    async fn tasks(&mut self, numbers: &[TaskNumber]) -> Result<Vec<Task>, StoreError> {
        tasks::within(&self.tx, self.owner.user, numbers).await
    }

    async fn change(&mut self, seq: ChangeSeq) -> Result<Option<Change>, StoreError> {
        let mut sql = self.select_changes();
        let seq = sql.bind(seq.0);
        sql.push(&format!(" AND c.seq = {seq}"));
        self.first_change(&sql).await
    }

    async fn newest_undoable(
        &mut self,
        within: Option<ConversationId>,
    ) -> Result<Option<Change>, StoreError> {
        let mut sql = self.select_undoable();
        if let Some(conversation) = within {
            let conversation = sql.bind(conversation.0);
            sql.push(&format!(" AND c.conversation_id = {conversation}"));
        }
        sql.push(" ORDER BY c.seq DESC LIMIT 1");
        self.first_change(&sql).await
    }

    async fn undoable_by(
        &mut self,
        actor: &Actor,
        since: Timestamp,
        limit: u64,
    ) -> Result<Vec<Change>, StoreError> {
        let mut sql = self.select_undoable();
        push_actor(&mut sql, actor);
        let since = sql.bind(micros(since));
        let limit = sql.bind(i64::try_from(limit).unwrap_or(i64::MAX));
        sql.push(&format!(" AND c.at >= {since} ORDER BY c.seq DESC LIMIT {limit}"));
        sql.all(&self.tx).await.map_err(store_error)?.iter().map(changes::change).collect()
    }

    async fn plan(&mut self, id: PlanId) -> Result<Option<Plan>, StoreError> {
        // Locked, so that nobody cancels it while it is carried out.
        let lock = for_update(self.tx.get_database_backend());
        let row = plans::select_one(self.owner.user, id, lock)
            .one(&self.tx)
            .await
            .map_err(store_error)?;
        row.as_ref().map(plans::plan).transpose()
    }

    async fn commit(self: Box<Self>, commit: Commit) -> Result<(), StoreError> {
        let batch = commit::batch(
            self.tx.get_database_backend(),
            &self.owner,
            self.retry_key.as_deref(),
            &commit,
        );
        batch.run(&self.tx).await.map_err(store_error)?;
        self.tx.commit().await.map_err(store_error)
    }
}

impl Transaction {
    fn select_changes(&self) -> Sql {
        Sql::new(
            format!("SELECT {CHANGE} FROM changes c WHERE c.user_id = $1"),
            [self.owner.user.0.into()],
        )
    }

    /// Changes that are neither undos nor undone, and whose images are still kept.
    fn select_undoable(&self) -> Sql {
        let mut sql = self.select_changes();
        sql.push(" AND c.verb <> 'undo' AND c.undone_by IS NULL AND c.rows IS NOT NULL");
        sql
    }

    async fn first_change(&self, sql: &Sql) -> Result<Option<Change>, StoreError> {
        let row = sql.one(&self.tx).await.map_err(store_error)?;
        row.as_ref().map(changes::change).transpose()
    }
}

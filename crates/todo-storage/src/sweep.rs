//! Takes away what has outlived its time, in small steps that several processes may take at once.

use std::collections::BTreeMap;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use sea_orm::{DbBackend, Value};
use todo_core::{StoreError, UserId, accounts::Housekeeping};

use crate::{
    Database,
    error::store_error,
    rows::{Cells, micros},
    sql::Sql,
};

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Each kind that is simply deleted: its table, its key, when it ends, and for how long it stays after that. A plan
/// stays a day, so that somebody who comes late hears that it has expired.
const KINDS: [(&str, &str, &str, SignedDuration); 4] = [
    ("idempotency", "user_id, key", "expires_at", SignedDuration::ZERO),
    ("sessions", "token_hash", "expires_at", SignedDuration::ZERO),
    ("plans", "user_id, id", "expires_at", DAY),
    ("sign_in_attempts", "key", "until", SignedDuration::ZERO),
];

#[async_trait]
impl Housekeeping for Database {
    async fn sweep(&self, now: Timestamp, step: u64) -> Result<u64, StoreError> {
        let step = i64::try_from(step).unwrap_or(i64::MAX);
        let ago =
            |time: SignedDuration| now.saturating_sub(time).map(micros).map_err(StoreError::broken);

        let mut gone = 0;
        for (table, key, ends, grace) in KINDS {
            let action = format!("DELETE FROM {table}");
            gone +=
                sweep_kind(self, &action, table, key, &format!("{ends} <= $1"), ago(grace)?, step)
                    .await?;
        }
        let (action, old) = ("UPDATE changes SET rows = NULL", "rows IS NOT NULL AND at <= $1");
        gone +=
            sweep_kind(self, action, "changes", "user_id, seq", old, ago(DAY * 90)?, step).await?;
        gone += sweep_trash(self, ago(DAY * 30)?, step).await?;
        Ok(gone)
    }
}

/// One statement. Rows that another process works on are left to it.
async fn sweep_kind(
    db: &Database,
    action: &str,
    table: &str,
    key: &str,
    old: &str,
    limit: Value,
    step: i64,
) -> Result<u64, StoreError> {
    let skip = if db.backend() == DbBackend::Postgres { " FOR UPDATE SKIP LOCKED" } else { "" };
    let text = format!(
        "WITH old AS MATERIALIZED (SELECT {key} FROM {table} WHERE {old} LIMIT $2{skip})
         {action} WHERE ({key}) IN (SELECT {key} FROM old)"
    );
    db.run(&Sql::new(text, [limit, step.into()])).await
}

/// The trash is counted in its owner's row, so each owner is locked in turn.
async fn sweep_trash(db: &Database, limit: Value, step: i64) -> Result<u64, StoreError> {
    let find = "SELECT user_id, number FROM tasks WHERE deleted_at <= $1 LIMIT $2";
    let mut numbers: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for row in db.all(&Sql::new(find, [limit.clone(), step.into()])).await? {
        let mut cells = Cells::of(&row);
        numbers.entry(cells.next()?).or_default().push(cells.next()?);
    }
    let mut gone = 0;
    for (user, numbers) in numbers {
        for numbers in numbers.chunks(1024) {
            gone += empty_trash(db, UserId(user), numbers, &limit).await?;
        }
    }
    Ok(gone)
}

/// Deletes these tasks if they still lie in the trash for so long.
async fn empty_trash(
    db: &Database,
    user: UserId,
    numbers: &[i64],
    limit: &Value,
) -> Result<u64, StoreError> {
    let tx = db.begin().await?;
    let lock = format!("SELECT 1 FROM owners WHERE user_id = $1{}", db.for_update());
    Sql::new(lock, [user.0.into()]).one(&tx).await.map_err(store_error)?;

    let named = |head: &str, tail: &str| {
        let mut sql = Sql::new(head, [user.0.into(), limit.clone()]);
        sql.push_list(numbers);
        sql.push(tail);
        sql
    };
    const OLD: &str =
        "SELECT number FROM tasks WHERE user_id = $1 AND deleted_at <= $2 AND number IN ";
    if db.backend() == DbBackend::Sqlite {
        let ids = OLD.replacen("number", "id", 1);
        let words = named(&format!("DELETE FROM task_words WHERE rowid IN ({ids}"), ")");
        words.run(&tx).await.map_err(store_error)?;
    }
    let tags =
        named(&format!("DELETE FROM task_tags WHERE user_id = $1 AND number IN ({OLD}"), ")");
    tags.run(&tx).await.map_err(store_error)?;
    let tasks =
        named("DELETE FROM tasks WHERE user_id = $1 AND deleted_at <= $2 AND number IN ", "");
    let gone = tasks.run(&tx).await.map_err(store_error)?;
    let count = "UPDATE owners SET trashed = trashed - $2 WHERE user_id = $1";
    let gone_here = i64::try_from(gone).map_err(StoreError::broken)?;
    Sql::new(count, [user.0.into(), gone_here.into()]).run(&tx).await.map_err(store_error)?;
    tx.commit().await.map_err(store_error)?;
    Ok(gone)
}

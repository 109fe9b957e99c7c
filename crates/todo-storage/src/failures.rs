//! How often something was tried and failed, so that guessing a password takes long.

use jiff::Timestamp;
use todo_core::StoreError;

use crate::{
    Database,
    rows::{Cells, micros},
    sql::Sql,
};

pub(crate) async fn lookup(
    db: &Database,
    key: &str,
    now: Timestamp,
) -> Result<Option<(u32, Timestamp)>, StoreError> {
    let text = "SELECT count, until FROM sign_in_attempts WHERE key = $1 AND until > $2";
    let Some(row) = db.one(&Sql::new(text, [key.into(), micros(now)])).await? else {
        return Ok(None);
    };
    let mut cells = Cells::of(&row);
    Ok(Some((counted(cells.next()?), cells.instant()?)))
}

pub(crate) async fn count(
    db: &Database,
    key: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<u32, StoreError> {
    let sql = Sql::new(
        "INSERT INTO sign_in_attempts (key, count, until) VALUES ($1, 1, $3)
         ON CONFLICT (key) DO UPDATE SET
             count = CASE WHEN sign_in_attempts.until > $2 THEN sign_in_attempts.count + 1 ELSE 1 END,
             until = excluded.until
         RETURNING count",
        [key.into(), micros(now), micros(until)],
    );
    let row = db.run_returning(&sql).await?;
    let row = row.ok_or_else(|| StoreError::broken("a count was not returned"))?;
    Ok(counted(Cells::of(&row).next()?))
}

pub(crate) async fn forget(db: &Database, key: &str) -> Result<(), StoreError> {
    db.run(&Sql::new("DELETE FROM sign_in_attempts WHERE key = $1", [key.into()])).await?;
    Ok(())
}

fn counted(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

//! The history of a user's tasks.

use jiff::Timestamp;
use sea_orm::QueryResult;
use todo_core::{
    Actor, ChangeSeq, ConversationId, PlanId, StoreError, UserId,
    tasks::{Change, ChangeQuery},
};

use crate::{
    Database,
    rows::{Cells, micros},
    sql::Sql,
};

/// The columns that [`change`] reads, of the table `c`.
pub(crate) const CHANGE: &str = "c.seq, c.verb, c.actor_kind, c.actor_id, c.conversation_id, c.plan_id, c.at, c.undoes, \
                                 c.undone_by, c.rows";

/// A change from the columns of [`CHANGE`].
pub(crate) fn change(row: &QueryResult) -> Result<Change, StoreError> {
    let mut cells = Cells::of(row);
    Ok(Change {
        seq: ChangeSeq(cells.next()?),
        verb: cells.name()?,
        actor: Actor { kind: cells.name()?, id: cells.next()? },
        conversation: cells.next::<Option<i64>>()?.map(ConversationId),
        plan: cells.next::<Option<i64>>()?.map(PlanId),
        at: cells.instant()?,
        undoes: cells.json_list()?,
        undone_by: cells.next::<Option<i64>>()?.map(ChangeSeq),
        rows: cells
            .next::<Option<String>>()?
            .map_or(Ok(Vec::new()), |rows| crate::rows::parsed(&rows))?,
    })
}

/// Changes as the query asks for them.
pub(crate) async fn list(
    db: &Database,
    user: UserId,
    query: &ChangeQuery,
) -> Result<Vec<Change>, StoreError> {
    let mut sql = Sql::new(format!("SELECT {CHANGE} FROM changes c"), []);
    let user = sql.bind(user.0);
    sql.push(&format!(" WHERE c.user_id = {user}"));
    if let Some(task) = query.task {
        let task = sql.bind(task.0);
        sql.push(&format!(
            " AND c.seq IN (SELECT k.seq FROM change_tasks k WHERE k.user_id = {user} AND k.number = {task})"
        ));
    }
    if !query.only.is_empty() {
        sql.push(" AND c.seq IN ");
        sql.push_list(&query.only.iter().map(|seq| seq.0).collect::<Vec<_>>());
    }
    for (bound, compare) in [(query.after, ">"), (query.before, "<")] {
        if let Some(seq) = bound {
            let seq = sql.bind(seq.0);
            sql.push(&format!(" AND c.seq {compare} {seq}"));
        }
    }
    if let Some(actor) = &query.actor {
        push_actor(&mut sql, actor);
    }
    let limit = sql.bind(i64::try_from(query.limit).unwrap_or(i64::MAX));
    let direction = if query.after.is_some() { "" } else { " DESC" };
    sql.push(&format!(" ORDER BY c.seq{direction} LIMIT {limit}"));
    db.all(&sql).await?.iter().map(change).collect()
}

/// Adds the condition that this actor wrote the change.
pub(crate) fn push_actor(sql: &mut Sql, actor: &Actor) {
    let kind = sql.bind(actor.kind.as_str());
    let id = sql.bind(actor.id.as_deref().unwrap_or_default());
    sql.push(&format!(" AND c.actor_kind = {kind} AND COALESCE(c.actor_id, '') = {id}"));
}

/// When tasks were completed. A task that stays completed knows it itself; one that repeats moved on, and its change
/// knows.
pub(crate) async fn completions(
    db: &Database,
    user: UserId,
    since: Timestamp,
) -> Result<Vec<Timestamp>, StoreError> {
    let sql = Sql::new(
        "SELECT completed_at, 1 FROM tasks WHERE user_id = $1 AND completed_at >= $2
         UNION ALL
         SELECT at, moved_on FROM changes WHERE user_id = $1 AND at >= $2 AND moved_on > 0 AND undone_by IS NULL",
        [user.0.into(), micros(since)],
    );
    let mut completions = Vec::new();
    for row in db.all(&sql).await? {
        let mut cells = Cells::of(&row);
        let (at, count) = (cells.instant()?, cells.next::<i64>()?);
        completions.extend(std::iter::repeat_n(at, usize::try_from(count).unwrap_or(0)));
    }
    Ok(completions)
}

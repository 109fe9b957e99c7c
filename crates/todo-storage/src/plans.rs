//! Commands that wait for a person.

use async_trait::async_trait;
use jiff::Timestamp;
use sea_orm::QueryResult;
use todo_core::{
    ChangeSeq, ConversationId, PlanId, StoreError, UserId,
    plans::{NewPlan, Plan, PlanStore},
};

use crate::{
    Database,
    error::store_error,
    rows::{Cells, json, micros, named},
    sql::Sql,
};

const PLAN: &str = "SELECT id, title, command, rows, asked_by, conversation_id, created_at, expires_at, answer, change_seq FROM plans";

#[async_trait]
impl PlanStore for Database {
    async fn insert(&self, user: UserId, plan: NewPlan) -> Result<Plan, StoreError> {
        let tx = self.begin().await?;
        let next = "UPDATE owners SET next_plan = next_plan + 1 WHERE user_id = $1 RETURNING next_plan - 1";
        let row = Sql::new(next, [user.0.into()]).one(&tx).await.map_err(store_error)?;
        let row = row.ok_or_else(|| StoreError::broken(format!("user {user} has no row")))?;
        let id = PlanId(Cells::of(&row).next()?);
        insert(user, id, &plan).run(&tx).await.map_err(store_error)?;
        tx.commit().await.map_err(store_error)?;

        let NewPlan { title, command, rows, asked_by, conversation, created_at, expires_at } = plan;
        Ok(Plan {
            id,
            title,
            command,
            rows,
            asked_by,
            conversation,
            created_at,
            expires_at,
            answer: None,
            change: None,
        })
    }

    async fn plan(&self, user: UserId, id: PlanId) -> Result<Option<Plan>, StoreError> {
        self.one(&select_one(user, id, "")).await?.as_ref().map(plan).transpose()
    }

    async fn waiting(&self, user: UserId, now: Timestamp) -> Result<Vec<Plan>, StoreError> {
        let text = format!(
            "{PLAN} WHERE user_id = $1 AND answer IS NULL AND expires_at > $2 ORDER BY id DESC"
        );
        self.all(&Sql::new(text, [user.0.into(), micros(now)])).await?.iter().map(plan).collect()
    }

    async fn cancel(&self, user: UserId, id: PlanId, now: Timestamp) -> Result<bool, StoreError> {
        let sql = Sql::new(
            "UPDATE plans SET answer = 'cancelled' WHERE user_id = $1 AND id = $2 AND answer IS NULL AND expires_at > $3",
            [user.0.into(), id.0.into(), micros(now)],
        );
        Ok(self.run(&sql).await? == 1)
    }
}

/// One plan; `lock` is what [`Database::for_update`] says inside a transaction that writes, else empty.
pub(crate) fn select_one(user: UserId, id: PlanId, lock: &str) -> Sql {
    Sql::new(format!("{PLAN} WHERE user_id = $1 AND id = $2{lock}"), [user.0.into(), id.0.into()])
}

/// A plan from the columns of [`PLAN`].
pub(crate) fn plan(row: &QueryResult) -> Result<Plan, StoreError> {
    let mut cells = Cells::of(row);
    Ok(Plan {
        id: PlanId(cells.next()?),
        title: cells.next()?,
        command: cells.json()?,
        rows: cells.json_list()?,
        asked_by: cells.next::<String>()?.parse().map_err(StoreError::broken)?,
        conversation: cells.next::<Option<i64>>()?.map(ConversationId),
        created_at: cells.instant()?,
        expires_at: cells.instant()?,
        answer: cells.next::<Option<String>>()?.as_deref().map(named).transpose()?,
        change: cells.next::<Option<i64>>()?.map(ChangeSeq),
    })
}

fn insert(user: UserId, id: PlanId, plan: &NewPlan) -> Sql {
    Sql::new(
        "INSERT INTO plans (user_id, id, title, command, rows, asked_by, conversation_id, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        [
            user.0.into(),
            id.0.into(),
            plan.title.as_str().into(),
            json(&plan.command).into(),
            json(&plan.rows).into(),
            plan.asked_by.to_string().into(),
            plan.conversation.map(|id| id.0).into(),
            micros(plan.created_at),
            micros(plan.expires_at),
        ],
    )
}

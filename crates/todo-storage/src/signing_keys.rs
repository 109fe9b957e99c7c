//! The keys that sign tokens.

use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, Condition, DbBackend, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    Select, sea_query::Expr,
};
use todo_core::{StoreError, accounts::SigningKey};

use crate::{
    Database,
    entities::{
        all,
        signing_key::{Column, Entity, Model},
    },
    error::store_error,
    sql::Sql,
};

/// Held while a key is added. The number is the word "keys".
const LOCK: i64 = 0x6b65_7973;

pub(crate) async fn list(db: &Database, now: Timestamp) -> Result<Vec<SigningKey>, StoreError> {
    let in_use = Condition::any()
        .add(Column::RetiredAt.is_null())
        .add(Column::RetiredAt.gt(now.as_microsecond()));
    let find = newest_first().filter(in_use);
    let rows = db.read(|on| all(find.clone(), on)).await?;
    rows.into_iter().map(SigningKey::try_from).collect()
}

/// Adds a key and retires the older ones, unless another replica was quicker.
pub(crate) async fn add(
    db: &Database,
    key: &SigningKey,
    newest: Option<&str>,
    retire_at: Timestamp,
) -> Result<bool, StoreError> {
    let tx = db.begin().await?;
    if db.backend() == DbBackend::Postgres {
        Sql::new("SELECT pg_advisory_xact_lock($1)", [LOCK.into()])
            .one(&tx)
            .await
            .map_err(store_error)?;
    }
    let newest_now = newest_first().one(&tx).await.map_err(store_error)?;
    if newest_now.as_ref().map(|row| row.kid.as_str()) != newest {
        return Ok(false);
    }
    Entity::update_many()
        .col_expr(Column::RetiredAt, Expr::value(retire_at.as_microsecond()))
        .filter(Column::RetiredAt.is_null())
        .exec(&tx)
        .await
        .map_err(store_error)?;
    let row = Model::from(key).into_active_model();
    Entity::insert(row).exec_without_returning(&tx).await.map_err(store_error)?;
    tx.commit().await.map_err(store_error)?;
    Ok(true)
}

fn newest_first() -> Select<Entity> {
    Entity::find().order_by_desc(Column::CreatedAt).order_by_desc(Column::Kid)
}

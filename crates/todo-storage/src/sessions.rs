//! Sessions: who is signed in where.

use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, sea_query::OnConflict,
};
use todo_core::{
    StoreError, UserId,
    accounts::{Session, TokenHash, User},
};

use crate::{
    Database,
    entities::{all, session},
    rows::{Cells, micros},
    sql::Sql,
};

pub(crate) async fn insert(db: &Database, new: &Session) -> Result<(), StoreError> {
    let row = session::Model::from(new).into_active_model();
    // Twice the same session is one session.
    let stored_before = OnConflict::column(session::Column::TokenHash).do_nothing().to_owned();
    db.write(|on| {
        let insert = session::Entity::insert(row.clone()).on_conflict(stored_before.clone());
        async move { insert.exec_without_returning(&on).await }
    })
    .await?;
    Ok(())
}

/// The session of a token with its user. Every request asks this.
pub(crate) async fn lookup(
    db: &Database,
    token: &TokenHash,
) -> Result<Option<(Session, User)>, StoreError> {
    let sql = Sql::new(
        "SELECT s.id, s.user_id, s.created_at, s.updated_at, s.expires_at, s.remember, s.ip_address, s.user_agent,
                u.email, u.name, u.image, u.created_at, u.updated_at
         FROM sessions s JOIN users u ON u.user_id = s.user_id WHERE s.token_hash = $1",
        [token.to_vec().into()],
    );
    let Some(row) = db.one(&sql).await? else { return Ok(None) };
    let mut cells = Cells::of(&row);
    let session = Session {
        id: cells.next()?,
        user: UserId(cells.next()?),
        token_hash: *token,
        created_at: cells.instant()?,
        updated_at: cells.instant()?,
        expires_at: cells.instant()?,
        remember: cells.next()?,
        ip_address: cells.next()?,
        user_agent: cells.next()?,
    };
    let user = User {
        id: session.user,
        email: cells.next()?,
        name: cells.next()?,
        image: cells.next()?,
        created_at: cells.instant()?,
        updated_at: cells.instant()?,
    };
    Ok(Some((session, user)))
}

pub(crate) async fn list(
    db: &Database,
    user: UserId,
    now: Timestamp,
) -> Result<Vec<Session>, StoreError> {
    let living = session::Entity::find()
        .filter(session::Column::UserId.eq(user.0))
        .filter(session::Column::ExpiresAt.gt(now.as_microsecond()))
        .order_by_desc(session::Column::CreatedAt);
    let rows = db.read(|on| all(living.clone(), on)).await?;
    rows.into_iter().map(Session::try_from).collect()
}

pub(crate) async fn prolong(
    db: &Database,
    token: &TokenHash,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    let sql = Sql::new(
        "UPDATE sessions SET updated_at = $2, expires_at = $3 WHERE token_hash = $1",
        [token.to_vec().into(), micros(now), micros(expires_at)],
    );
    db.run(&sql).await?;
    Ok(())
}

pub(crate) async fn end(
    db: &Database,
    user: UserId,
    token: &TokenHash,
) -> Result<bool, StoreError> {
    let text = "DELETE FROM sessions WHERE token_hash = $1 AND user_id = $2";
    Ok(db.run(&Sql::new(text, [token.to_vec().into(), user.0.into()])).await? == 1)
}

pub(crate) async fn end_others(
    db: &Database,
    user: UserId,
    keep: Option<&TokenHash>,
) -> Result<(), StoreError> {
    let mut sql = Sql::new("DELETE FROM sessions WHERE user_id = $1", [user.0.into()]);
    if let Some(keep) = keep {
        let keep = sql.bind(keep.to_vec());
        sql.push(&format!(" AND token_hash <> {keep}"));
    }
    db.run(&sql).await?;
    Ok(())
}

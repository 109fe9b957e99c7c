//! Users. Sessions, signing keys and failures are next door.

use async_trait::async_trait;
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseConnection, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, Set, sea_query::OnConflict,
};
use todo_core::{
    StoreError, UserId,
    accounts::{AccountStore, EmailTaken, Session, SigningKey, TokenHash, User},
    settings::Settings,
    tasks::Owner,
};

use crate::{
    Database,
    entities::{all, one, user},
    error::store_error,
    failures,
    rows::json,
    sessions, signing_keys,
    sql::Sql,
};

#[async_trait]
impl AccountStore for Database {
    async fn sign_up(
        &self,
        user: &User,
        password_hash: &str,
        settings: &Settings,
    ) -> Result<Result<(), EmailTaken>, StoreError> {
        let tx = self.begin().await?;
        let row = user::Model::new(user, password_hash).into_active_model();
        let same_email = OnConflict::column(user::Column::Email).do_nothing().to_owned();
        let inserted = user::Entity::insert(row)
            .on_conflict(same_email)
            .exec_without_returning(&tx)
            .await
            .map_err(store_error)?;
        if inserted == 0 {
            return Ok(Err(EmailTaken));
        }
        insert_owner(&Owner::new(user.id, settings.clone())).run(&tx).await.map_err(store_error)?;
        tx.commit().await.map_err(store_error)?;
        Ok(Ok(()))
    }

    async fn by_email(&self, email: &str) -> Result<Option<(User, String)>, StoreError> {
        let find = user::Entity::find().filter(user::Column::Email.eq(email));
        let found = self.read(|on| one(find.clone(), on)).await?;
        found.map(user::Model::into_parts).transpose()
    }

    async fn by_id(&self, id: UserId) -> Result<Option<(User, String)>, StoreError> {
        let found = self.read(|on| one(user::Entity::find_by_id(id.0), on)).await?;
        found.map(user::Model::into_parts).transpose()
    }

    async fn users(&self, limit: u64) -> Result<Vec<User>, StoreError> {
        let find = user::Entity::find().order_by_asc(user::Column::UserId).limit(limit);
        let rows = self.read(|on| all(find.clone(), on)).await?;
        rows.into_iter().map(|row| Ok(row.into_parts()?.0)).collect()
    }

    async fn update(&self, user: &User) -> Result<(), StoreError> {
        let row = user::ActiveModel {
            user_id: Set(user.id.0),
            name: Set(user.name.clone()),
            image: Set(user.image.clone()),
            updated_at: Set(user.updated_at.as_microsecond()),
            ..Default::default()
        };
        self.write(|on| overwrite(row.clone(), on)).await?;
        Ok(())
    }

    async fn set_password(&self, id: UserId, hash: &str, now: Timestamp) -> Result<(), StoreError> {
        let row = user::ActiveModel {
            user_id: Set(id.0),
            password_hash: Set(hash.to_owned()),
            updated_at: Set(now.as_microsecond()),
            ..Default::default()
        };
        self.write(|on| overwrite(row.clone(), on)).await?;
        Ok(())
    }

    async fn delete_user(&self, id: UserId) -> Result<(), StoreError> {
        delete_user(self, id).await
    }

    async fn insert_session(&self, session: &Session) -> Result<(), StoreError> {
        sessions::insert(self, session).await
    }

    async fn session(&self, token: &TokenHash) -> Result<Option<(Session, User)>, StoreError> {
        sessions::lookup(self, token).await
    }

    async fn sessions(&self, user: UserId, now: Timestamp) -> Result<Vec<Session>, StoreError> {
        sessions::list(self, user, now).await
    }

    async fn prolong(
        &self,
        token: &TokenHash,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        sessions::prolong(self, token, now, expires_at).await
    }

    async fn end_session(&self, user: UserId, token: &TokenHash) -> Result<bool, StoreError> {
        sessions::end(self, user, token).await
    }

    async fn end_sessions(&self, user: UserId, keep: Option<&TokenHash>) -> Result<(), StoreError> {
        sessions::end_others(self, user, keep).await
    }

    async fn signing_keys(&self, now: Timestamp) -> Result<Vec<SigningKey>, StoreError> {
        signing_keys::list(self, now).await
    }

    async fn add_signing_key(
        &self,
        key: &SigningKey,
        newest: Option<&str>,
        retire_at: Timestamp,
    ) -> Result<bool, StoreError> {
        signing_keys::add(self, key, newest, retire_at).await
    }

    async fn failures(
        &self,
        key: &str,
        now: Timestamp,
    ) -> Result<Option<(u32, Timestamp)>, StoreError> {
        failures::lookup(self, key, now).await
    }

    async fn count_failure(
        &self,
        key: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<u32, StoreError> {
        failures::count(self, key, now, until).await
    }

    async fn forget_failures(&self, key: &str) -> Result<(), StoreError> {
        failures::forget(self, key).await
    }
}

async fn overwrite(row: user::ActiveModel, on: DatabaseConnection) -> Result<(), DbErr> {
    row.update_without_returning(&on).await.map(drop)
}

fn insert_owner(owner: &Owner) -> Sql {
    Sql::new(
        "INSERT INTO owners (user_id, next_number, seq, open, done, trashed, settings, next_conversation, next_plan)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 1, 1)",
        [
            owner.user.0.into(),
            owner.next_number.0.into(),
            owner.seq.0.into(),
            owner.open.into(),
            owner.done.into(),
            owner.trashed.into(),
            json(&owner.settings).into(),
        ],
    )
}

/// Every table with rows of a user. The owner comes first: whoever writes tasks holds it, and then finds it gone.
const OWNED: [&str; 12] = [
    "owners",
    "users",
    "sessions",
    "tasks",
    "task_tags",
    "tags",
    "changes",
    "change_tasks",
    "idempotency",
    "plans",
    "conversations",
    "messages",
];

async fn delete_user(db: &Database, id: UserId) -> Result<(), StoreError> {
    let tx = db.begin().await?;
    if db.backend() == sea_orm::DbBackend::Sqlite {
        let words =
            "DELETE FROM task_words WHERE rowid IN (SELECT id FROM tasks WHERE user_id = $1)";
        Sql::new(words, [id.0.into()]).run(&tx).await.map_err(store_error)?;
    }
    for table in OWNED {
        let text = format!("DELETE FROM {table} WHERE user_id = $1");
        Sql::new(text, [id.0.into()]).run(&tx).await.map_err(store_error)?;
    }
    tx.commit().await.map_err(store_error)
}

use sea_orm::entity::prelude::*;
use todo_core::{StoreError, UserId, accounts::Session};

use super::instant;

/// One sign-in on one device.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) token_hash: Vec<u8>,
    pub(crate) id: String,
    pub(crate) user_id: i64,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
    pub(crate) expires_at: i64,
    pub(crate) remember: bool,
    pub(crate) ip_address: String,
    pub(crate) user_agent: String,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&Session> for Model {
    fn from(session: &Session) -> Self {
        Self {
            token_hash: session.token_hash.to_vec(),
            id: session.id.clone(),
            user_id: session.user.0,
            created_at: session.created_at.as_microsecond(),
            updated_at: session.updated_at.as_microsecond(),
            expires_at: session.expires_at.as_microsecond(),
            remember: session.remember,
            ip_address: session.ip_address.clone(),
            user_agent: session.user_agent.clone(),
        }
    }
}

impl TryFrom<Model> for Session {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            user: UserId(row.user_id),
            token_hash: row.token_hash.as_slice().try_into().map_err(StoreError::broken)?,
            created_at: instant(row.created_at)?,
            updated_at: instant(row.updated_at)?,
            expires_at: instant(row.expires_at)?,
            remember: row.remember,
            ip_address: row.ip_address,
            user_agent: row.user_agent,
        })
    }
}

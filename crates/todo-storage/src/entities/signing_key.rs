use sea_orm::entity::prelude::*;
use todo_core::{StoreError, accounts::SigningKey};

use super::instant;

/// A key that signs tokens. Its private half is sealed.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signing_keys")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) kid: String,
    pub(crate) public: Vec<u8>,
    pub(crate) private_sealed: Vec<u8>,
    pub(crate) created_at: i64,
    pub(crate) active_from: i64,
    pub(crate) retired_at: Option<i64>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&SigningKey> for Model {
    fn from(key: &SigningKey) -> Self {
        Self {
            kid: key.kid.clone(),
            public: key.public.clone(),
            private_sealed: key.private_sealed.clone(),
            created_at: key.created_at.as_microsecond(),
            active_from: key.active_from.as_microsecond(),
            retired_at: key.retired_at.map(jiff::Timestamp::as_microsecond),
        }
    }
}

impl TryFrom<Model> for SigningKey {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            kid: row.kid,
            public: row.public,
            private_sealed: row.private_sealed,
            created_at: instant(row.created_at)?,
            active_from: instant(row.active_from)?,
            retired_at: row.retired_at.map(instant).transpose()?,
        })
    }
}

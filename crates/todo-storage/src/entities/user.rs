use sea_orm::entity::prelude::*;
use todo_core::{StoreError, UserId, accounts::User};

use super::instant;

/// Somebody with an account. The MCP service needs no access to this table.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) user_id: i64,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) image: Option<String>,
    pub(crate) password_hash: String,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub(crate) fn new(user: &User, password_hash: &str) -> Self {
        Self {
            user_id: user.id.0,
            email: user.email.clone(),
            name: user.name.clone(),
            image: user.image.clone(),
            password_hash: password_hash.to_owned(),
            created_at: user.created_at.as_microsecond(),
            updated_at: user.updated_at.as_microsecond(),
        }
    }

    /// The user and the hash of the password.
    pub(crate) fn into_parts(self) -> Result<(User, String), StoreError> {
        let user = User {
            id: UserId(self.user_id),
            email: self.email,
            name: self.name,
            image: self.image,
            created_at: instant(self.created_at)?,
            updated_at: instant(self.updated_at)?,
        };
        Ok((user, self.password_hash))
    }
}

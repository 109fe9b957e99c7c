//! Changing what is shown of a user.

use todo_core::accounts::User;

use super::Name;
use crate::auth::Auth;
use crate::error::AuthError;
use crate::wire;

/// What to change; `None` leaves a thing as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileChange {
    /// Another name.
    pub name: Option<Name>,
    /// Another picture, or none any more.
    pub image: Option<Option<String>>,
}

impl Auth {
    /// Changes a user's profile.
    ///
    /// # Errors
    /// There is nothing to change, or the store fails.
    pub async fn update_profile(
        &self,
        user: &User,
        change: ProfileChange,
    ) -> Result<User, AuthError> {
        if change == ProfileChange::default() {
            return Err(AuthError::NothingToUpdate);
        }
        let mut user = user.clone();
        if let Some(name) = change.name {
            user.name = name.into_string();
        }
        if let Some(image) = change.image {
            user.image = image;
        }
        user.updated_at = wire::now(self.clock());
        self.store().update(&user).await?;
        self.sessions().forget(user.id);
        Ok(user)
    }
}

//! Changing the password.

use std::fmt;

use todo_core::accounts::User;

use super::Begun;
use crate::auth::Auth;
use crate::error::AuthError;
use crate::passwords::check_length;
use crate::sessions::{Device, LiveSession};
use crate::wire;

/// The old password and the new one, as they were typed.
#[derive(Clone)]
pub struct NewPassword {
    /// Proves that it is the user who asks.
    pub current: String,
    /// Takes its place.
    pub new: String,
    /// Whether all other devices are signed out.
    pub revoke_others: bool,
}

impl fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewPassword")
            .field("revoke_others", &self.revoke_others)
            .finish_non_exhaustive()
    }
}

impl Auth {
    /// Changes the password. When the other devices are signed out, this one gets a new session as well: whoever
    /// knows the old token is out, too.
    ///
    /// # Errors
    /// The current password is another one, or was wrong too often; the new one is too short or too long.
    pub async fn change_password(
        &self,
        live: &LiveSession,
        change: &NewPassword,
        device: Device,
    ) -> Result<Option<Begun>, AuthError> {
        check_length(&change.new)?;
        self.check_password(&live.user, &change.current, &device).await?;
        let hash = self.passwords().hash(&change.new).await?;
        self.store().set_password(live.user.id, &hash, wire::now(self.clock())).await?;
        if !change.revoke_others {
            return Ok(None);
        }
        self.sessions().end_all(live.user.id, None).await?;
        let (token, live) =
            self.sessions().begin(&live.user, device, live.session.remember).await?;
        Ok(Some(Begun { token, live }))
    }

    /// Checks the password of somebody who is signed in, under the same limits as a sign-in: a session that was left
    /// open is no place to guess from.
    pub(super) async fn check_password(
        &self,
        user: &User,
        password: &str,
        device: &Device,
    ) -> Result<(), AuthError> {
        self.limits().check_sign_in(&user.email, device.address).await?;
        let Some((_, hash)) = self.store().by_id(user.id).await? else {
            return Err(AuthError::WrongPassword);
        };
        if self.passwords().verify(password, &hash).await? {
            return Ok(());
        }
        self.limits().sign_in_failed(&user.email, device.address).await?;
        Err(AuthError::WrongPassword)
    }
}

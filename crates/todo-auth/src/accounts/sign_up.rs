//! Making an account.

use todo_core::UserId;
use todo_core::accounts::User;
use todo_core::settings::Settings;
use todo_service::config::Mode;

use super::{Begun, Email, Name};
use crate::auth::Auth;
use crate::error::AuthError;
use crate::passwords::check_length;
use crate::sessions::Device;
use crate::wire;

/// Somebody who wants an account.
#[derive(Clone)]
pub struct NewAccount {
    /// The address to sign in with.
    pub email: Email,
    /// What to call them.
    pub name: Name,
    /// An address of a picture.
    pub image: Option<String>,
    /// The password, as it was typed.
    pub password: String,
    /// The first settings.
    pub settings: Settings,
    /// Whether the session lives on after the browser is closed.
    pub remember: bool,
}

impl Auth {
    /// Makes an account and signs in to it.
    ///
    /// # Errors
    /// Sign-up is off, the password is too short or too long, the address has an account, or there were too many
    /// sign-ups.
    pub async fn sign_up(&self, wanted: NewAccount, device: Device) -> Result<Begun, AuthError> {
        if !self.settings().allow_sign_up {
            return Err(AuthError::SignUpDisabled);
        }
        check_length(&wanted.password)?;
        if self.settings().mode == Mode::Production {
            self.limits().take_sign_up(device.address).await?;
        }
        // Known before the costly hash; whoever is faster in between is caught by the store.
        if self.store().by_email(wanted.email.as_str()).await?.is_some() {
            return Err(AuthError::EmailTaken);
        }
        let hash = self.passwords().hash(&wanted.password).await?;
        let now = wire::now(self.clock());
        let user = User {
            id: UserId::draw(now, self.entropy()),
            email: wanted.email.as_str().to_owned(),
            name: wanted.name.into_string(),
            image: wanted.image,
            created_at: now,
            updated_at: now,
        };
        let stored = self.store().sign_up(&user, &hash, &wanted.settings).await?;
        stored.map_err(|_| AuthError::EmailTaken)?;
        tracing::info!(user.id = %user.id, "signed up");
        let (token, live) = self.sessions().begin(&user, device, wanted.remember).await?;
        Ok(Begun { token, live })
    }
}

impl std::fmt::Debug for NewAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewAccount").field("settings", &self.settings).finish_non_exhaustive()
    }
}

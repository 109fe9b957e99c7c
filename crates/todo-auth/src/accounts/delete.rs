//! Leaving.

use crate::auth::Auth;
use crate::error::AuthError;
use crate::sessions::{Device, FRESH, LiveSession};

impl Auth {
    /// Deletes an account with everything in it. Takes the password, or a session that has just begun.
    ///
    /// # Errors
    /// The password is another one; or there is none, and the session began more than a day ago.
    pub async fn delete_account(
        &self,
        live: &LiveSession,
        password: Option<&str>,
        device: &Device,
    ) -> Result<(), AuthError> {
        let age = self.clock().now().duration_since(live.session.created_at);
        match password {
            Some(password) => self.check_password(&live.user, password, device).await?,
            None if age >= FRESH => return Err(AuthError::NotFresh),
            None => {}
        }
        self.store().delete_user(live.user.id).await?;
        self.sessions().forget(live.user.id);
        tracing::info!(user.id = %live.user.id, "deleted an account");
        Ok(())
    }
}

//! Signing in.

use std::fmt;

use super::{Begun, Email};
use crate::auth::Auth;
use crate::error::AuthError;
use crate::sessions::Device;

/// Somebody who says who they are.
#[derive(Clone)]
pub struct Credentials {
    /// The address of the account.
    pub email: Email,
    /// The password, as it was typed.
    pub password: String,
    /// Whether the session lives on after the browser is closed.
    pub remember: bool,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials([redacted])")
    }
}

impl Auth {
    /// Signs in. An unknown address and a wrong password take the same time and get the same answer.
    ///
    /// # Errors
    /// Address or password are wrong, or were too often.
    pub async fn sign_in(&self, shown: &Credentials, device: Device) -> Result<Begun, AuthError> {
        let (email, address) = (shown.email.as_str(), device.address);
        self.limits().check_sign_in(email, address).await?;
        let user = match self.store().by_email(email).await? {
            Some((user, hash)) => {
                self.passwords().verify(&shown.password, &hash).await?.then_some(user)
            }
            None => {
                self.passwords().verify_nobody(&shown.password).await?;
                None
            }
        };
        let Some(user) = user else {
            self.limits().sign_in_failed(email, address).await?;
            return Err(AuthError::WrongCredentials);
        };
        self.limits().signed_in(email).await?;
        let (token, live) = self.sessions().begin(&user, device, shown.remember).await?;
        Ok(Begun { token, live })
    }
}

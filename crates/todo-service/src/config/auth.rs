//! Accounts: the secret, the public address, and who may join.

use super::{ConfigError, Mode, Origin, Secret, switch};

/// Settings of sign-up, sessions and tokens.
#[derive(Debug, Clone, clap::Args)]
pub struct AuthConfig {
    /// Signs cookies and seals keys, at least 32 characters; required in production.
    #[arg(long = "better-auth-secret", env = "BETTER_AUTH_SECRET", value_name = "SECRET")]
    pub secret: Option<Secret>,
    /// The origin under which browsers reach the app; https turns on secure cookies.
    #[arg(long = "better-auth-url", env = "BETTER_AUTH_URL", value_name = "ORIGIN")]
    pub public_origin: Option<Origin>,
    /// Whether new accounts may be made.
    #[arg(
        long = "allow-sign-up",
        env = "ALLOW_SIGN_UP",
        value_name = "BOOLEAN",
        default_value = "true",
        value_parser = switch::parse,
        action = clap::ArgAction::Set
    )]
    pub allow_sign_up: bool,
}

impl AuthConfig {
    /// The fewest characters of a secret that production accepts.
    pub const MIN_SECRET: usize = 32;

    /// Rejects what `mode` does not accept.
    ///
    /// # Errors
    /// In production the secret is missing or too short.
    pub fn validate(&self, mode: Mode) -> Result<(), ConfigError> {
        let length = self.secret.as_ref().map_or(0, |secret| secret.expose().chars().count());
        if mode == Mode::Production && length < Self::MIN_SECRET {
            let why = format!(
                "is required in production: at least {} random characters, the same for every replica",
                Self::MIN_SECRET
            );
            return Err(ConfigError::invalid("BETTER_AUTH_SECRET", why));
        }
        Ok(())
    }
}

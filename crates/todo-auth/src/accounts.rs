//! The use cases of accounts. Routes translate to these and decide nothing.

mod delete;
mod email;
mod name;
mod password;
mod profile;
mod sign_in;
mod sign_up;

pub use email::{Email, NotAnEmail};
pub use name::{BadName, Name};
pub use password::NewPassword;
pub use profile::ProfileChange;
pub use sign_in::Credentials;
pub use sign_up::NewAccount;

use crate::sessions::LiveSession;
use crate::tokens::SessionToken;

/// A session that was just begun, with the token that only its client will know.
#[derive(Debug, Clone)]
pub struct Begun {
    /// For the client.
    pub token: SessionToken,
    /// The session and its user.
    pub live: LiveSession,
}

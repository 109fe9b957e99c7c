//! Whether a server lets us in, and if not, whether waiting may help.

use std::{fmt, io::ErrorKind};

use sqlx::{ConnectOptions, Connection};

use super::postgres;
use crate::error::{Fault, driver_fault};

/// A server does not let us in. Prints as the rest of a sentence, without addresses and passwords.
#[derive(Debug)]
pub enum Unreachable {
    /// It is not there, is starting, or takes no more connections at the moment.
    Away(String),
    /// It answered with a no that waiting does not change: password, name of the database, TLS.
    Refused(String),
}

impl fmt::Display for Unreachable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Away(why) | Self::Refused(why)) = self;
        f.write_str(why)
    }
}

impl std::error::Error for Unreachable {}

/// Connects once, outside of any pool, which would hide the reason.
pub(super) async fn reach(url: &str) -> Result<(), Unreachable> {
    let options =
        postgres::options(url).map_err(|error| Unreachable::Refused(error.to_string()))?;
    let connection = options.connect().await.map_err(|error| judged(&error))?;
    // It was of use already; the server cleans up after it in any case.
    let _ = connection.close().await;
    Ok(())
}

fn judged(error: &sqlx::Error) -> Unreachable {
    let why = match error {
        sqlx::Error::Database(cause) => cause.message().to_owned(),
        sqlx::Error::Io(cause) => cause.to_string(),
        sqlx::Error::Tls(cause) => cause.to_string(),
        other => other.to_string(),
    };
    let is_final = match error {
        sqlx::Error::Tls(_) => true,
        // What TLS says when it does not believe the other side.
        sqlx::Error::Io(cause) => cause.kind() == ErrorKind::InvalidData,
        other => driver_fault(other) == Fault::Broken,
    };
    if is_final { Unreachable::Refused(why) } else { Unreachable::Away(why) }
}

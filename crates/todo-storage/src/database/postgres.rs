//! The pool of PostgreSQL, and when its connections are believed to be alive.

use std::{
    str::FromStr,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use sea_orm::{DatabaseConnection, SqlxPostgresConnector};
use sqlx::{
    ConnectOptions, Connection,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use todo_core::StoreError;

use crate::options::without_channel_binding;

/// A connection that lay idle for longer is asked whether it is alive before it is used: a firewall may have cut it.
const ASK_AFTER: Duration = Duration::from_secs(30);

/// An idle connection is closed after this, so that a database that sleeps when nobody is there can fall asleep.
const CLOSE_AFTER: Duration = Duration::from_secs(4 * 60);

/// How long a migration waits for its connection.
pub(super) const PATIENT: Duration = Duration::from_secs(30);

/// When a connection was last found dead. Those that have been idle since before are asked before they are used.
///
/// So a healthy connection costs no extra round trip, and after a restart of the server one failure is enough.
#[derive(Clone, Default)]
pub(super) struct Trust(Arc<Mutex<Option<Instant>>>);

impl Trust {
    /// A connection was found dead.
    pub(super) fn lose(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Whether a connection that was idle for so long needs no question.
    fn holds(&self, idle_for: Duration) -> bool {
        let lost = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        idle_for < ASK_AFTER && lost.is_none_or(|lost| lost.elapsed() > idle_for)
    }
}

/// A pool that connects when it is first used.
pub(super) fn open(
    url: &str,
    max_connections: u32,
    acquire_timeout: Duration,
    trust: &Trust,
) -> Result<DatabaseConnection, StoreError> {
    let options = options(url)?;
    let trust = trust.clone();
    let pool = PgPoolOptions::new()
        .max_connections(max_connections)
        .acquire_timeout(acquire_timeout)
        .idle_timeout(CLOSE_AFTER)
        .test_before_acquire(false)
        .before_acquire(move |connection, meta| {
            let trusted = trust.holds(meta.idle_for);
            Box::pin(async move { Ok(trusted || connection.ping().await.is_ok()) })
        })
        .connect_lazy_with(options);
    Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool))
}

/// How to connect to the server at this address.
pub(super) fn options(url: &str) -> Result<PgConnectOptions, StoreError> {
    let options = PgConnectOptions::from_str(&without_channel_binding(url))
        .map_err(StoreError::broken)?
        .application_name("todo")
        // Poolers refuse a connection that asks for it, and we store no fractions.
        .extra_float_digits(None)
        .disable_statement_logging();
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_is_asked_when_it_slept_long_or_through_an_outage() {
        let trust = Trust::default();

        assert!(trust.holds(Duration::from_secs(1)));
        assert!(!trust.holds(ASK_AFTER));

        trust.lose();

        assert!(!trust.holds(Duration::from_secs(1)));
        assert!(trust.holds(Duration::ZERO));
    }
}

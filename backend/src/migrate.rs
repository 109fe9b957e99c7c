//! `backend migrate`: what a pod's init container runs, often before the database is there.

use std::time::Duration;

use anyhow::{Context as _, bail};
use todo_core::StoreError;
use todo_service::config::DatabaseUrl;
use todo_storage::{Database, Unreachable};
use tokio::time::{Instant, sleep, timeout};

/// How long a server may take to let us in; one that does not answer at all is asked again then.
const ATTEMPT: Duration = Duration::from_secs(5);
/// Between two attempts.
const PAUSE: Duration = Duration::from_millis(500);
/// Between two log lines about waiting.
const NEWS: Duration = Duration::from_secs(5);

/// Migrates `database`, whose server is at `url`; waits for up to `patience` for one that cannot be reached yet.
///
/// # Errors
/// The server refuses us, is not there in time, or a migration failed.
pub(crate) async fn migrate(
    database: &Database,
    url: &DatabaseUrl,
    patience: Duration,
) -> anyhow::Result<()> {
    let began = Instant::now();
    let mut told = None::<Instant>;
    loop {
        let why = match attempt(database, url).await? {
            None => return Ok(()),
            Some(why) => why,
        };
        if began.elapsed() + PAUSE > patience {
            bail!("the database {url} could not be reached within {} s: {why}", patience.as_secs());
        }
        if told.is_none_or(|told| told.elapsed() >= NEWS) {
            told = Some(Instant::now());
            let waited_s = began.elapsed().as_secs();
            tracing::warn!(waited_s, "waiting for the database {url}: {why}");
        }
        sleep(PAUSE).await;
    }
}

/// Why it has to be tried again, or nothing when it is done.
async fn attempt(database: &Database, url: &DatabaseUrl) -> anyhow::Result<Option<String>> {
    match timeout(ATTEMPT, database.reach()).await {
        Err(_) => return Ok(Some(format!("no answer within {} s", ATTEMPT.as_secs()))),
        Ok(Err(Unreachable::Away(why))) => return Ok(Some(why)),
        Ok(Err(Unreachable::Refused(why))) => bail!("the database {url} refuses us: {why}"),
        Ok(Ok(())) => {}
    }
    match database.migrate().await {
        Ok(()) => Ok(None),
        Err(error @ StoreError::Unavailable(_)) => Ok(Some(error.to_string())),
        Err(error) => Err(error).with_context(|| format!("the database {url} cannot be migrated")),
    }
}

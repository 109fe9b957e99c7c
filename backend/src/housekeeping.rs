//! What grows old is taken away, in small steps, by every replica's own loop.

use std::{sync::Arc, time::Duration};

use todo_core::{Clock, accounts::Housekeeping};
use todo_service::Shutdown;

/// How long the loop rests when there is nothing left to do. A database that sleeps when nobody asks stays asleep.
const REST: Duration = Duration::from_secs(10 * 60);
/// How long it rests between two steps, so that it never crowds out people.
const PAUSE: Duration = Duration::from_millis(200);
/// How many rows of each kind go in one step.
const STEP: u64 = 500;

/// Sweeps until the program stops.
pub async fn keep_house(
    store: Arc<dyn Housekeeping>,
    clock: Arc<dyn Clock>,
    app: super::App,
    shutdown: Shutdown,
) {
    loop {
        let rest = match store.sweep(clock.now(), STEP).await {
            Ok(0) => REST,
            Ok(rows) => {
                tracing::info!(rows, "swept");
                PAUSE
            }
            Err(error) => {
                tracing::warn!(%error, "could not sweep");
                REST
            }
        };
        app.chat_limit.tidy();
        tokio::select! {
            () = tokio::time::sleep(rest) => {}
            () = shutdown.started() => return,
        }
    }
}

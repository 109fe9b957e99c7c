//! Ctrl-C: noticed once, felt everywhere that waits.

use std::{future::Future, time::Duration};

use tokio_util::sync::CancellationToken;

/// Whether the person asked to stop. Everything that waits, waits on this too.
#[derive(Debug, Clone, Default)]
pub(crate) struct Interrupt(CancellationToken);

/// The person pressed Ctrl-C.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("interrupted")]
pub(crate) struct Interrupted;

impl Interrupted {
    /// Whether that is why a command ended.
    pub(crate) fn caused(error: &anyhow::Error) -> bool {
        error.chain().any(<dyn std::error::Error>::is::<Self>)
    }
}

impl Interrupt {
    /// Starts to listen for Ctrl-C and, on Unix, for a polite request to end and for a terminal that is closed: what we
    /// have started runs in groups of its own and would go on without us.
    pub(crate) fn listen() -> Self {
        let interrupt = Self::default();
        let token = interrupt.0.clone();
        tokio::spawn(async move {
            asked_to_stop().await;
            token.cancel();
        });
        interrupt
    }

    /// Ends when the person asks to stop.
    pub(crate) async fn happened(&self) {
        self.0.cancelled().await;
    }

    /// An error when the person has asked to stop.
    pub(crate) fn check(&self) -> Result<(), Interrupted> {
        if self.0.is_cancelled() { Err(Interrupted) } else { Ok(()) }
    }

    /// The outcome of `work`, unless the person asks to stop before; `work` is dropped then.
    pub(crate) async fn or<T>(&self, work: impl Future<Output = T>) -> Result<T, Interrupted> {
        tokio::select! {
            biased;
            () = self.happened() => Err(Interrupted),
            outcome = work => Ok(outcome),
        }
    }

    /// Waits, unless the person asks to stop.
    pub(crate) async fn sleep(&self, time: Duration) -> Result<(), Interrupted> {
        self.or(tokio::time::sleep(time)).await
    }
}

#[cfg(unix)]
async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};

    let signals = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
    // A signal that cannot be listened for ends us in its own way.
    let heard = signals.into_iter().filter_map(|kind| signal(kind).ok()).map(|mut signal| {
        Box::pin(async move {
            if signal.recv().await.is_none() {
                std::future::pending::<()>().await;
            }
        })
    });
    futures::future::select_all(heard).await;
}

#[cfg(not(unix))]
async fn asked_to_stop() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

//! The end of a program, as everything that runs can see it.

use std::io;

use futures::Stream;
use futures::StreamExt as _;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// Says when to stop. Clones share one state.
///
/// The first signal starts the drain: readiness fails, streams end, requests in flight finish. A second one (an
/// impatient Ctrl-C) ends it.
#[derive(Debug, Clone, Default)]
pub struct Shutdown {
    drain: CancellationToken,
    abort: CancellationToken,
}

impl Shutdown {
    /// Stops on SIGTERM and SIGINT. Needs a Tokio runtime.
    ///
    /// # Errors
    /// The signals cannot be watched.
    pub fn signals() -> io::Result<Self> {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let shutdown = Self::manual();
        let told = shutdown.clone();
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                }
                if told.is_draining() {
                    told.abort.cancel();
                } else {
                    tracing::info!("stopping: finishing what is in flight");
                    told.start();
                }
            }
        });
        Ok(shutdown)
    }

    /// Stops when [`Shutdown::start`] is called.
    pub fn manual() -> Self {
        Self::default()
    }

    /// Starts the drain; calling it again changes nothing.
    pub fn start(&self) {
        self.drain.cancel();
    }

    /// Whether the drain has started.
    pub fn is_draining(&self) -> bool {
        self.drain.is_cancelled()
    }

    /// Waits for the drain to start.
    pub async fn started(&self) {
        self.drain.cancelled().await;
    }

    /// The token that fires when the drain starts, for whoever wants one.
    pub fn token(&self) -> CancellationToken {
        self.drain.clone()
    }

    /// `stream`, ending early when the drain starts. Every endless response must be wrapped, or it holds up the end.
    pub fn end_with<S: Stream>(&self, stream: S) -> impl Stream<Item = S::Item> + use<S> {
        stream.take_until(self.drain.clone().cancelled_owned())
    }

    /// Waits for the order not to wait any longer.
    pub(crate) async fn aborted(&self) {
        self.abort.cancelled().await;
    }
}

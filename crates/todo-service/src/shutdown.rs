//! The end of a program, as everything that runs can see it.

use std::{io, time::Duration};

use futures::Stream;
use futures::StreamExt as _;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// How long a program that is being replaced still takes requests. Its neighbours keep connections to it, and learn on
/// each of them, with an answer, that it is the last.
const LINGER: Duration = Duration::from_secs(5);

/// Says when to stop. Clones share one state.
///
/// It goes in three steps. The *drain* starts: readiness fails, streams end, every answer closes its connection. Then
/// the program *closes*: no more requests, those in flight finish. SIGTERM, which a cluster sends, leaves some seconds
/// between the two; Ctrl-C does not. A second signal *aborts* what is in flight.
#[derive(Debug, Clone, Default)]
pub struct Shutdown {
    drain: CancellationToken,
    close: CancellationToken,
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
            tokio::select! {
                _ = terminate.recv() => told.linger(LINGER),
                _ = interrupt.recv() => told.start(),
            }
            tracing::info!("stopping: finishing what is in flight");
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            told.close.cancel();
            told.abort.cancel();
        });
        Ok(shutdown)
    }

    /// Stops when [`Shutdown::start`] or [`Shutdown::linger`] is called.
    pub fn manual() -> Self {
        Self::default()
    }

    /// Starts the drain and closes; calling it again changes nothing.
    pub fn start(&self) {
        self.drain.cancel();
        self.close.cancel();
    }

    /// Starts the drain, and closes after `time`. Needs a Tokio runtime.
    pub fn linger(&self, time: Duration) {
        self.drain.cancel();
        let close = self.close.clone();
        tokio::spawn(async move {
            tokio::time::sleep(time).await;
            close.cancel();
        });
    }

    /// Whether the drain has started.
    pub fn is_draining(&self) -> bool {
        self.drain.is_cancelled()
    }

    /// Waits for the drain to start.
    pub async fn started(&self) {
        self.drain.cancelled().await;
    }

    /// `stream`, ending early when the drain starts. Every endless response must be wrapped, or it holds up the end.
    pub fn end_with<S: Stream>(&self, stream: S) -> impl Stream<Item = S::Item> + use<S> {
        stream.take_until(self.drain.clone().cancelled_owned())
    }

    /// Waits for the moment from which no requests are taken.
    pub(crate) async fn closing(&self) {
        self.close.cancelled().await;
    }

    /// Waits for the order not to wait any longer.
    pub(crate) async fn aborted(&self) {
        self.abort.cancelled().await;
    }
}

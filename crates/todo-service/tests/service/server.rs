//! A router behind a real listener.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::Router;
use todo_service::Shutdown;
use todo_service::serve::serve_with_limit;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

/// A server of this test, on a port that the system picked.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) shutdown: Shutdown,
    serving: JoinHandle<std::io::Result<()>>,
}

impl Server {
    /// Serves what `router` makes of the server's own shutdown.
    pub(crate) async fn start(router: impl FnOnce(&Shutdown) -> Router) -> Self {
        Self::start_with_limit(Duration::from_secs(5), router).await
    }

    /// As [`Server::start`], with a limit for requests in flight.
    pub(crate) async fn start_with_limit(
        limit: Duration,
        router: impl FnOnce(&Shutdown) -> Router,
    ) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let shutdown = Shutdown::manual();
        let serving =
            tokio::spawn(serve_with_limit(listener, router(&shutdown), shutdown.clone(), limit));
        Self { address, shutdown, serving }
    }

    pub(crate) fn base(&self) -> Url {
        format!("http://{}", self.address).parse().unwrap()
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Waits until the server has ended by itself.
    pub(crate) async fn ended(self) {
        self.serving.await.unwrap().unwrap();
    }
}

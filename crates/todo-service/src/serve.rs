//! Serving a router until it is time to stop.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::{HeaderValue, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::Instant;
use tower::ServiceExt as _;

use crate::shutdown::Shutdown;

/// How long requests in flight may take after the drain began. Kubernetes kills at 40 s, of which `preStop` takes 10.
pub const DRAIN_LIMIT: Duration = Duration::from_secs(25);

/// How long the end of a program may wait for others, such as a database that has vanished, after the drain.
pub const FAREWELL_LIMIT: Duration = Duration::from_secs(2);

/// How long a connection may be idle or be sending headers. Hyper knows one limit for both. It is above the idle
/// limits of proxies (60 s in ingress-nginx, 90 s in Traefik), so that they close first and never send a request
/// into a connection that we are closing.
const HEADER_LIMIT: Duration = Duration::from_secs(100);

/// After an accept that failed for want of file descriptors or memory.
const ACCEPT_PAUSE: Duration = Duration::from_millis(500);

/// Serves `router` on `listener` until `shutdown`, and lets requests in flight finish for up to [`DRAIN_LIMIT`]. The
/// peer's address is in every request as `ConnectInfo<SocketAddr>`.
///
/// # Errors
/// The listener has no local address. Failures of single connections are logged.
pub async fn serve(listener: TcpListener, router: Router, shutdown: Shutdown) -> io::Result<()> {
    serve_with_limit(listener, router, shutdown, DRAIN_LIMIT).await
}

/// As [`serve`], with another limit for requests in flight.
///
/// # Errors
/// As [`serve`].
pub async fn serve_with_limit(
    listener: TcpListener,
    router: Router,
    shutdown: Shutdown,
    drain_limit: Duration,
) -> io::Result<()> {
    tracing::info!(address = %listener.local_addr()?, "listening");
    let mut connections = JoinSet::new();
    let mut deadline = None;
    // While it drains, the last connection to go is the end: whoever knew us has been told.
    while deadline.is_none() || !connections.is_empty() {
        tokio::select! {
            () = shutdown.started(), if deadline.is_none() => {
                deadline = Some(Instant::now() + drain_limit);
            }
            () = shutdown.closing() => break,
            // Finished connections are collected as they end, so that the set holds only living ones.
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    connections.spawn(connection(stream, peer, router.clone(), shutdown.clone()));
                }
                Err(error) => pause_after(&error).await,
            },
        }
    }
    drop(listener);
    let deadline = deadline.unwrap_or_else(|| Instant::now() + drain_limit);
    drain(connections, &shutdown, deadline).await;
    Ok(())
}

/// A client that left before we accepted is no reason to wait; a lack of resources is.
async fn pause_after(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        tracing::error!(%error, "cannot accept connections");
        tokio::time::sleep(ACCEPT_PAUSE).await;
    }
}

async fn connection(stream: TcpStream, peer: SocketAddr, router: Router, shutdown: Shutdown) {
    // Answers are small and written once: waiting to fill a packet would only delay them.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "cannot set TCP_NODELAY");
    }
    let told = shutdown.clone();
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        let (router, shutdown) = (router.clone(), told.clone());
        async move {
            let mut response = answer(router, request.map(Body::new)).await;
            if shutdown.is_draining() {
                response
                    .headers_mut()
                    .insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            Ok::<_, Infallible>(response)
        }
    });
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_LIMIT)
        .serve_connection(TokioIo::new(stream), service);
    let mut serving = std::pin::pin!(serving);
    let result = tokio::select! {
        result = serving.as_mut() => result,
        () = shutdown.closing() => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = result {
        tracing::debug!(%error, "connection ended");
    }
}

async fn answer(router: Router, request: axum::extract::Request) -> axum::response::Response {
    match router.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

async fn drain(mut connections: JoinSet<()>, shutdown: &Shutdown, deadline: Instant) {
    let finished = async { while connections.join_next().await.is_some() {} };
    let in_time = tokio::select! {
        () = finished => true,
        () = tokio::time::sleep_until(deadline) => false,
        () = shutdown.aborted() => false,
    };
    if !in_time {
        tracing::warn!(connections = connections.len(), "stopped with requests in flight");
        connections.shutdown().await;
    }
}

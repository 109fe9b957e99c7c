//! The seam between the services: another part of the system, in this process or at an address.
//!
//! Nothing outside this module knows which it is. Both ways take the same requests, keep the same headers and stream
//! in both directions; dropping a call or a response cancels it on the other side.

mod error;
mod hop;
mod proxy;
mod remote;
mod retry;

use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use bytes::Bytes;
use http::{Extensions, HeaderValue, Request, Response, header};
use tower::ServiceExt as _;
use url::Url;

use crate::telemetry;

pub use error::UpstreamError;
pub use proxy::{forward, proxy};
pub use remote::client;

/// The largest answer that [`Upstream::call`] takes into memory.
const ANSWER_LIMIT: usize = 16 * 1024 * 1024;

/// Another part of the system.
#[derive(Clone)]
pub enum Upstream {
    /// A router of this process, called without a socket.
    Local(Router),
    /// A service at an address.
    Remote {
        /// Scheme, host and port; a path is put before that of each request.
        base: Url,
        /// From [`client`], which sets time limits.
        client: reqwest::Client,
    },
}

impl Upstream {
    /// A router of this process.
    pub fn local(router: Router) -> Self {
        Self::Local(router)
    }

    /// The service at `base`, with a client of its own.
    pub fn remote(base: Url) -> Self {
        let client = client(&base);
        Self::Remote { base, client }
    }

    /// Sends a request whose URI is a path with an optional query, and returns when the headers of the answer are
    /// there. Nothing limits the time until then or the length of the stream behind them; the caller may drop either.
    ///
    /// # Errors
    /// The other side cannot be reached or breaks off. Every answer is `Ok`, whatever its status.
    pub async fn send(&self, mut request: Request<Body>) -> Result<Response<Body>, UpstreamError> {
        hop::strip(request.headers_mut());
        telemetry::inject(request.headers_mut());
        let mut response = match self {
            Self::Local(router) => call_local(router.clone(), request).await,
            Self::Remote { base, client } => remote::send(client, base, request).await?,
        };
        hop::strip(response.headers_mut());
        Ok(response)
    }

    /// Sends a request and reads the whole answer, all within `limit`.
    ///
    /// # Errors
    /// As [`Upstream::send`]; and the answer takes longer than `limit` or is larger than 16 MiB.
    pub async fn call(
        &self,
        request: Request<Bytes>,
        limit: Duration,
    ) -> Result<Response<Bytes>, UpstreamError> {
        let exchange = async {
            let (parts, body) = self.send(request.map(Body::from)).await?.into_parts();
            let bytes = to_bytes(body, ANSWER_LIMIT).await.map_err(UpstreamError::interrupted)?;
            Ok(Response::from_parts(parts, bytes))
        };
        tokio::time::timeout(limit, exchange).await.unwrap_or(Err(UpstreamError::Timeout))
    }

    /// Sends a request that is safe to repeat, again and again for up to `patience` while the other side cannot be
    /// reached, breaks off, or answers 502, 503 or 504. After that the last answer counts.
    ///
    /// # Errors
    /// As [`Upstream::send`], of the last attempt.
    pub async fn send_retrying(
        &self,
        request: Request<Bytes>,
        patience: Duration,
    ) -> Result<Response<Body>, UpstreamError> {
        retry::send(self, request, patience).await
    }
}

impl fmt::Debug for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Local(_) => f.write_str("Local"),
            // Without user and path: an address may hold a password.
            Self::Remote { base, .. } => {
                write!(f, "Remote({})", base.origin().ascii_serialization())
            }
        }
    }
}

/// Calls a router as a connection would: with a `Host`, and without what other routers noted in the extensions, such
/// as the path parameters that they matched. The client's address stays.
async fn call_local(router: Router, mut request: Request<Body>) -> Response<Body> {
    let headers = request.headers_mut();
    headers.entry(header::HOST).or_insert(HeaderValue::from_static("localhost"));
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().copied();
    *request.extensions_mut() = Extensions::new();
    if let Some(peer) = peer {
        request.extensions_mut().insert(peer);
    }
    match router.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

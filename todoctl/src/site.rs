//! Plain requests to the app, at an address that need not be what its name resolves to.

use std::{net::SocketAddr, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, header};
use todo_api::{Transport, TransportError};

/// How long one request may take. A turn of chat that acts takes less.
const LIMIT: Duration = Duration::from_secs(15);

const CONNECT_LIMIT: Duration = Duration::from_secs(3);

/// The app under its host name at one address.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    host: String,
    secure: bool,
    address: SocketAddr,
    trust: Option<reqwest::Certificate>,
    client: reqwest::Client,
}

impl Site {
    /// The app that calls itself `host`, at `address`. Where it is `secure`, its certificate must be valid for the
    /// host, or be signed by `trust`.
    pub(crate) fn at(
        host: &str,
        secure: bool,
        address: SocketAddr,
        trust: Option<reqwest::Certificate>,
    ) -> Self {
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT_LIMIT)
            .timeout(LIMIT)
            .redirect(reqwest::redirect::Policy::none())
            // The name leads to the address, whatever it resolves to here.
            .resolve(host, address)
            .tls_certs_merge(trust.clone())
            .no_proxy()
            .build()
            .expect("the TLS library is compiled in");
        Self { host: host.to_owned(), secure, address, trust, client }
    }

    /// Where it is.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The same host somewhere else.
    pub(crate) fn moved(&self, address: SocketAddr) -> Self {
        Self::at(&self.host, self.secure, address, self.trust.clone())
    }

    /// One `GET`.
    pub(crate) async fn get(&self, path: &str) -> Result<Response<Bytes>, TransportError> {
        let request = Request::get(path).body(Bytes::new());
        self.send(request.map_err(|error| TransportError(error.into()))?).await
    }

    /// A client of the REST interface that sends `headers` with every request.
    pub(crate) fn client(&self, headers: HeaderMap) -> todo_api::Client {
        todo_api::Client::new(std::sync::Arc::new(self.clone()), headers)
    }

    /// One request with a JSON body and without any credentials.
    pub(crate) async fn post(
        &self,
        path: &str,
        body: &serde_json::Value,
    ) -> Result<Response<Bytes>, TransportError> {
        self.client(HeaderMap::new()).send(Method::POST, path, Some(body)).await
    }

    /// Its address in a browser: `http://todo.local`.
    pub(crate) fn url(&self) -> String {
        let (scheme, usual) = if self.secure { ("https", 443) } else { ("http", 80) };
        match self.address.port() {
            port if port == usual => format!("{scheme}://{}", self.host),
            port => format!("{scheme}://{}:{port}", self.host),
        }
    }
}

#[async_trait]
impl Transport for Site {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let (mut parts, body) = request.into_parts();
        // Without the port: a forwarded port of this machine is none that the app knows itself by.
        if let Ok(host) = self.host.parse() {
            parts.headers.insert(header::HOST, host);
        }
        let sent = self
            .client
            .request(parts.method, format!("{}{}", self.url(), parts.uri))
            .headers(parts.headers)
            .body(body)
            .send()
            .await;
        let failed = |error: reqwest::Error| TransportError(error.without_url().into());
        let mut answer = sent.map_err(failed)?;
        let mut response = Response::builder().status(answer.status());
        if let Some(headers) = response.headers_mut() {
            *headers = std::mem::take(answer.headers_mut());
        }
        let body = answer.bytes().await.map_err(failed)?;
        response.body(body).map_err(|error| TransportError(error.into()))
    }
}

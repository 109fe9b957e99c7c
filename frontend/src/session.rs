//! Who asks: the part of the browser's request that the backend needs, and the cookies that it sends back.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use todo_api::{Client, Transport, TransportError};
use todo_service::Upstream;
use todo_service::client_address::FORWARDED_FOR;
use todo_service::telemetry::REQUEST_ID;

use crate::Services;

/// How long the backend may take, and how long for a turn of the chat, in which a language model may think.
const PATIENCE: Duration = Duration::from_secs(30);
const PATIENCE_WITH_CHAT: Duration = Duration::from_secs(150);

const FORWARDED: [HeaderName; 6] = [
    header::COOKIE,
    header::HOST,
    header::USER_AGENT,
    HeaderName::from_static("x-forwarded-host"),
    HeaderName::from_static("x-forwarded-proto"),
    REQUEST_ID,
];

/// The person in front of the browser.
pub(crate) struct Visitor {
    /// Calls the backend in their name.
    pub(crate) client: Client,
    relay: Arc<Relay>,
    headers: HeaderMap,
}

impl Visitor {
    /// Whether the browser holds a session cookie, good or not.
    pub(crate) fn has_session(&self) -> bool {
        let cookies = self.headers.get_all(header::COOKIE).iter();
        cookies
            .filter_map(|value| value.to_str().ok())
            .any(|cookies| cookies.contains("better-auth.session_token="))
    }

    /// The client of the same person with the cookies that the backend has just set: after a sign-up they are not in the
    /// browser yet.
    pub(crate) fn signed_in(&self) -> Client {
        let mut headers = self.headers.clone();
        let pairs: Vec<String> = self.relay.cookies().iter().filter_map(pair).collect();
        if let Ok(cookies) = HeaderValue::from_str(&pairs.join("; ")) {
            headers.insert(header::COOKIE, cookies);
        }
        Client::new(self.relay.clone(), headers)
    }
}

/// Name and value of a `Set-Cookie`.
fn pair(cookie: &HeaderValue) -> Option<String> {
    cookie.to_str().ok()?.split(';').next().map(|pair| pair.trim().to_owned())
}

impl FromRequestParts<Services> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        services: &Services,
    ) -> Result<Self, Infallible> {
        let relay = parts.extensions.get::<Arc<Relay>>().cloned();
        // Without the layer everything works but the renewal of cookies.
        let relay = relay.unwrap_or_else(|| {
            Arc::new(Relay::new(services.backend.clone(), peer(&parts.extensions)))
        });
        let mut headers = HeaderMap::new();
        for name in FORWARDED {
            for value in parts.headers.get_all(&name) {
                headers.append(&name, value.clone());
            }
        }
        if let Some(chain) = forwarded_for(&parts.headers, relay.peer) {
            headers.insert(FORWARDED_FOR, chain);
        }
        Ok(Self { client: Client::new(relay.clone(), headers.clone()), relay, headers })
    }
}

/// The chain of proxies with the address that called us at its end.
fn forwarded_for(headers: &HeaderMap, peer: Option<SocketAddr>) -> Option<HeaderValue> {
    let before = headers
        .get_all(FORWARDED_FOR)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .map(str::to_owned);
    let chain: Vec<String> =
        before.chain(peer.map(|peer| peer.ip().to_canonical().to_string())).collect();
    if chain.is_empty() { None } else { HeaderValue::from_str(&chain.join(", ")).ok() }
}

fn peer(extensions: &http::Extensions) -> Option<SocketAddr> {
    extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0)
}

/// The way to the backend for one request of a browser. It keeps the cookies of the answers: a session that is used is
/// renewed, whichever call used it.
struct Relay {
    backend: Upstream,
    peer: Option<SocketAddr>,
    cookies: Mutex<Vec<HeaderValue>>,
}

impl Relay {
    fn new(backend: Upstream, peer: Option<SocketAddr>) -> Self {
        Self { backend, peer, cookies: Mutex::default() }
    }

    fn cookies(&self) -> Vec<HeaderValue> {
        self.cookies.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[async_trait]
impl Transport for Relay {
    async fn send(
        &self,
        mut request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let patience =
            if request.uri().path().ends_with("/chat") { PATIENCE_WITH_CHAT } else { PATIENCE };
        if let Some(peer) = self.peer {
            request.extensions_mut().insert(ConnectInfo(peer));
        }
        let answer = self
            .backend
            .call(request, patience)
            .await
            .map_err(|error| TransportError(error.into()))?;
        let set = answer.headers().get_all(header::SET_COOKIE).iter().cloned();
        self.cookies.lock().unwrap_or_else(PoisonError::into_inner).extend(set);
        Ok(answer)
    }
}

/// Layer that hands the cookies which the backend set during a request on to the browser, each once.
pub(crate) async fn relay_cookies(
    State(services): State<Services>,
    mut request: Request,
    next: Next,
) -> Response {
    let relay = Arc::new(Relay::new(services.backend, peer(request.extensions())));
    request.extensions_mut().insert(relay.clone());
    let mut response = next.run(request).await;
    let cookies = relay.cookies();
    for (at, cookie) in cookies.iter().enumerate() {
        // The last word on a cookie counts: calls at the same time may each have renewed it.
        let later = cookies[at + 1..].iter();
        if !later.clone().any(|other| name(other) == name(cookie)) {
            response.headers_mut().append(header::SET_COOKIE, cookie.clone());
        }
    }
    response
}

fn name(cookie: &HeaderValue) -> Option<&[u8]> {
    cookie.as_bytes().split(|byte| *byte == b'=').next()
}

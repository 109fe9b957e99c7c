//! Where a request comes from.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use http::header;
use http::request::Parts;
use todo_service::client_address::client_address;

use crate::auth::Auth;
use crate::sessions::Device;

/// Longer names of programs are cut.
const LONGEST_AGENT: usize = 512;

impl FromRequestParts<Auth> for Device {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, auth: &Auth) -> Result<Self, Infallible> {
        // A request without a connection came from within this process.
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0.ip());
        let agent = parts.headers.get(header::USER_AGENT);
        let agent =
            agent.map(|value| String::from_utf8_lossy(value.as_bytes())).unwrap_or_default();
        Ok(Self {
            address: client_address(&parts.headers, peer, &auth.settings().trusted_proxies),
            user_agent: agent.chars().take(LONGEST_AGENT).collect(),
        })
    }
}

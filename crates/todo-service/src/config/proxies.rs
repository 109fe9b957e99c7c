//! Which neighbours may say who the client is.

use std::net::IpAddr;
use std::str::FromStr;

use super::Network;

/// Loopback, link-local, private and carrier-grade ranges: where our own frontend and an ingress live.
const LOCAL: [&str; 9] = [
    "127.0.0.0/8",
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "169.254.0.0/16",
    "100.64.0.0/10",
    "::1",
    "fc00::/7",
    "fe80::/10",
];

/// The proxies whose `X-Forwarded-For` is believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedProxies(Vec<Network>);

impl TrustedProxies {
    /// Nobody: the client is whoever connects.
    pub fn none() -> Self {
        Self(Vec::new())
    }

    /// Addresses that cannot come from the internet; the default.
    pub fn local() -> Self {
        Self(LOCAL.iter().map(|text| text.parse().expect("our own ranges parse")).collect())
    }

    /// Whether a request from `address` may carry somebody else's address.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(address))
    }
}

impl FromStr for TrustedProxies {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim() {
            "none" => Ok(Self::none()),
            "local" => Ok(Self::local()),
            list => {
                let parts = list.split(',').map(str::trim).filter(|part| !part.is_empty());
                parts.map(str::parse).collect::<Result<_, _>>().map(Self)
            }
        }
    }
}

/// Who stands between us and the client.
#[derive(Debug, Clone, clap::Args)]
pub struct ProxyConfig {
    /// Proxies whose X-Forwarded-For is believed: addresses and ranges with commas between, `none`, or `local` for
    /// loopback, link-local and private addresses.
    #[arg(
        long = "trusted-proxies",
        env = "TRUSTED_PROXIES",
        value_name = "LIST",
        default_value = "local"
    )]
    pub trusted: TrustedProxies,
}

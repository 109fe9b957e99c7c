//! Who is calling, seen through proxies.

use std::net::{IpAddr, SocketAddr};

use http::HeaderMap;

use crate::config::TrustedProxies;

/// The header in which each proxy appends the address that it was called from.
pub const FORWARDED_FOR: &str = "x-forwarded-for";

/// The client's address: the last one in the chain of proxies that is not itself a trusted proxy.
///
/// `X-Forwarded-For` is read from right to left, because only what trusted proxies wrote can be believed. An entry
/// that is no address ends the reading.
pub fn client_address(headers: &HeaderMap, peer: IpAddr, trusted: &TrustedProxies) -> IpAddr {
    let mut client = peer.to_canonical();
    let values: Vec<_> = headers.get_all(FORWARDED_FOR).iter().collect();
    let entries = values.iter().rev().flat_map(|value| value.to_str().unwrap_or("?").rsplit(','));
    for entry in entries {
        if !trusted.contains(client) {
            break;
        }
        let Some(address) = parse(entry.trim()) else { break };
        client = address;
    }
    client
}

/// An address with or without a port, the forms that proxies write.
fn parse(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    let address = bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|a| a.ip()))?;
    Some(IpAddr::to_canonical(&address))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(forwarded: &[&str], peer: &str, trusted: &str) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(FORWARDED_FOR, value.parse().expect("a header value"));
        }
        let peer = peer.parse().expect("an address");
        client_address(&headers, peer, &trusted.parse().expect("a list")).to_string()
    }

    #[test]
    fn a_stranger_cannot_claim_another_address() {
        assert_eq!(address(&["198.51.100.1"], "203.0.113.9", "10.0.0.0/8"), "203.0.113.9");
        assert_eq!(address(&["198.51.100.1"], "10.0.0.9", "none"), "10.0.0.9");
    }

    #[test]
    fn trusted_proxies_are_skipped_from_the_right() {
        let chain = ["198.51.100.1, 203.0.113.9", "10.0.0.2"];

        assert_eq!(address(&chain, "10.0.0.1", "10.0.0.0/8"), "203.0.113.9");
    }

    #[test]
    fn ports_and_mapped_addresses_are_understood() {
        assert_eq!(address(&["203.0.113.9:4711"], "::ffff:10.0.0.1", "10.0.0.0/8"), "203.0.113.9");
        assert_eq!(address(&["[2001:db8::1]:443"], "10.0.0.1", "10.0.0.0/8"), "2001:db8::1");
    }

    #[test]
    fn what_is_no_address_ends_the_reading() {
        assert_eq!(address(&["203.0.113.9, unknown"], "10.0.0.1", "10.0.0.0/8"), "10.0.0.1");
    }

    #[test]
    fn in_a_cluster_the_client_is_found_behind_ingress_and_frontend() {
        // The ingress wrote the first entry, the frontend the second; the peer is the frontend's pod.
        assert_eq!(address(&["203.0.113.9, 10.42.0.5"], "10.42.0.17", "local"), "203.0.113.9");
    }

    #[test]
    fn when_everyone_is_trusted_the_first_one_is_the_client() {
        assert_eq!(address(&["10.0.0.3, 10.0.0.2"], "10.0.0.1", "local"), "10.0.0.3");
    }
}

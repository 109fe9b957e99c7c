//! Origins and networks, as settings name them.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use url::Url;

/// A web origin (`https://todo.example`), in the exact form in which a browser sends it.
#[derive(Clone, PartialEq, Eq)]
pub struct Origin(Url);

impl Origin {
    /// Scheme, host and port without a slash; a default port is left out.
    pub fn ascii(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// Host, with the port unless it is the default one: what a `Host` header says.
    pub fn host(&self) -> String {
        self.0.authority().to_owned()
    }

    /// Whether browsers reach us over TLS, and cookies may be `Secure`.
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }
}

impl FromStr for Origin {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "must be an origin such as https://todo.example, without a path";
        let url = Url::parse(text).map_err(|_| EXPECTED)?;
        let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        let is_open = url.username().is_empty() && url.password().is_none();
        if matches!(url.scheme(), "http" | "https") && is_bare && is_open {
            Ok(Self(url))
        } else {
            Err(EXPECTED)
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.ascii())
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A range of addresses in CIDR notation; a single address is a range of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    prefix: u8,
}

impl Network {
    /// Whether `address` lies in this range. IPv4 inside IPv6 counts as IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        let (own, width) = bits(self.first);
        let (other, other_width) = bits(address.to_canonical());
        let ignored = u32::from(width - self.prefix);
        // A shift by the whole width is not defined, and an empty prefix holds everything.
        width == other_width
            && own.checked_shr(ignored).unwrap_or(0) == other.checked_shr(ignored).unwrap_or(0)
    }
}

/// The bits of an address and how many there are.
fn bits(address: IpAddr) -> (u128, u8) {
    match address {
        IpAddr::V4(v4) => (u128::from(u32::from(v4)), 32),
        IpAddr::V6(v6) => (u128::from(v6), 128),
    }
}

impl FromStr for Network {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "must hold addresses or ranges such as 10.0.0.0/8";
        let (address, prefix) = text.split_once('/').unzip();
        let first: IpAddr = address.unwrap_or(text).parse().map_err(|_| EXPECTED)?;
        let (_, width) = bits(first);
        let prefix = prefix.map_or(Ok(width), str::parse).map_err(|_| EXPECTED)?;
        if prefix > width {
            return Err(EXPECTED);
        }
        Ok(Self { first, prefix })
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_takes_the_form_that_browsers_send() {
        let origin = |text: &str| text.parse::<Origin>().map(|origin| origin.ascii());

        assert_eq!(origin("HTTPS://Todo.Example:443/"), Ok("https://todo.example".into()));
        assert_eq!(origin("http://127.0.0.1:3000"), Ok("http://127.0.0.1:3000".into()));
        for bad in
            ["todo.example", "ftp://todo.example", "https://todo.example/app", "https://a:b@c"]
        {
            assert!(origin(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_network_holds_exactly_its_addresses() {
        let holds = |network: &str, address: &str| {
            let network: Network = network.parse().expect("valid");
            network.contains(address.parse().expect("an address"))
        };

        assert!(holds("10.0.0.0/8", "10.255.1.2"));
        assert!(!holds("10.0.0.0/8", "11.0.0.1"));
        assert!(holds("192.0.2.7", "192.0.2.7"));
        assert!(!holds("192.0.2.7", "192.0.2.8"));
        assert!(holds("fc00::/7", "fd12::1"));
        assert!(holds("0.0.0.0/0", "203.0.113.1"));
        assert!(!holds("::/0", "203.0.113.1"));
        assert!(holds("10.0.0.0/8", "::ffff:10.1.1.1"));
        assert!("10.0.0.0/33".parse::<Network>().is_err());
        assert!("ten".parse::<Network>().is_err());
    }
}

//! Asking a service whether it is ready, with nothing but a socket.

use std::{
    fmt,
    io::{self, Read as _, Write as _},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream, ToSocketAddrs as _},
    str::FromStr,
    time::{Duration, Instant},
};

/// How long an answer may take in all.
const LIMIT: Duration = Duration::from_secs(2);

/// More than any answer about health has.
const LONGEST: u64 = 16 * 1024;

/// Where a service says whether it is ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readiness {
    host: String,
    path: String,
}

impl Readiness {
    /// Below `prefix` ([`HEALTH`](crate::health::HEALTH) or the frontend's), at the port of the service that listens
    /// at `listen`. What listens everywhere is asked over loopback.
    pub fn new(listen: SocketAddr, prefix: &str) -> Self {
        let host = match listen.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
            ip => ip,
        };
        let host = SocketAddr::new(host, listen.port()).to_string();
        Self { host, path: format!("{prefix}/ready") }
    }

    /// Asks once.
    ///
    /// # Errors
    /// Nobody answers within two seconds, or not in HTTP.
    pub fn ask(&self) -> Result<Answer, Silence> {
        self.exchange(Instant::now() + LIMIT)
            .map_err(|cause| Silence { host: self.host.clone(), cause })
    }

    fn exchange(&self, deadline: Instant) -> io::Result<Answer> {
        let mut stream = self.connect(deadline)?;
        stream.set_write_timeout(Some(left(deadline)?))?;
        let Self { host, path } = self;
        write!(stream, "GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n")?;

        let mut text = Vec::new();
        let mut part = [0; 1024];
        loop {
            stream.set_read_timeout(Some(left(deadline)?))?;
            match stream.read(&mut part)? {
                0 => break,
                count => text.extend_from_slice(&part[..count]),
            }
            if text.len() as u64 > LONGEST {
                break;
            }
        }
        Answer::parse(&String::from_utf8_lossy(&text))
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "the answer is not HTTP"))
    }

    /// To the first of the host's addresses that takes the connection.
    fn connect(&self, deadline: Instant) -> io::Result<TcpStream> {
        let mut refused = io::Error::new(io::ErrorKind::NotFound, "the name has no address");
        for address in self.host.to_socket_addrs()? {
            match TcpStream::connect_timeout(&address, left(deadline)?) {
                Ok(stream) => return Ok(stream),
                Err(error) => refused = error,
            }
        }
        Err(refused)
    }
}

impl FromStr for Readiness {
    type Err = &'static str;

    fn from_str(url: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "must be an address such as http://backend-service:8000/health";
        let url = url::Url::parse(url).map_err(|_| EXPECTED)?;
        match (url.scheme(), url.host_str(), url.port_or_known_default()) {
            ("http", Some(host), Some(port)) => {
                Ok(Self { host: format!("{host}:{port}"), path: url.path().to_owned() })
            }
            _ => Err(EXPECTED),
        }
    }
}

impl fmt::Display for Readiness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "http://{}{}", self.host, self.path)
    }
}

fn left(deadline: Instant) -> io::Result<Duration> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(left) }
}

/// What a service says about itself. Prints as its status with what explains it (`503 {"reason":"database",…}`), unless
/// that is a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status of the HTTP answer.
    pub status: u16,
    body: String,
}

impl Answer {
    fn parse(text: &str) -> Option<Self> {
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.strip_prefix("HTTP/1.")?.split(' ').nth(1)?.parse().ok()?;
        Some(Self { status, body: body.trim().to_owned() })
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { status, body } = self;
        if body.starts_with('{') { write!(f, "{status} {body}") } else { write!(f, "{status}") }
    }
}

/// Nobody answered.
#[derive(Debug, thiserror::Error)]
#[error("no answer at {host}: {cause}")]
pub struct Silence {
    host: String,
    cause: io::Error,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(listen: &str) -> String {
        Readiness::new(listen.parse().expect("an address"), "/health").host
    }

    #[test]
    fn what_listens_everywhere_is_asked_over_loopback() {
        assert_eq!(asked("0.0.0.0:8000"), "127.0.0.1:8000");
        assert_eq!(asked("[::]:8000"), "[::1]:8000");
        assert_eq!(asked("192.0.2.7:8000"), "192.0.2.7:8000");
    }

    #[test]
    fn another_address_is_given_as_a_url() {
        let asked = |url: &str| url.parse::<Readiness>().map(|asked| (asked.host, asked.path));
        let expected = |host: &str, path: &str| Ok((host.to_owned(), path.to_owned()));

        assert_eq!(asked("http://mcp-service:8001/mcp"), expected("mcp-service:8001", "/mcp"));
        assert_eq!(asked("http://todo.local"), expected("todo.local:80", "/"));
        assert!(asked("https://todo.local").is_err());
        assert!(asked("mcp-service:8001").is_err());
    }

    #[test]
    fn an_answer_shows_its_status_and_why() {
        let text = "HTTP/1.1 503 Service Unavailable\r\na: b\r\n\r\n{\"reason\":\"database\"}\r\n";

        let answer = Answer::parse(text).expect("an answer");

        assert_eq!(answer.status, 503);
        assert_eq!(answer.to_string(), r#"503 {"reason":"database"}"#);
        assert_eq!(Answer::parse("SSH-2.0-OpenSSH\r\n\r\n"), None);
    }
}

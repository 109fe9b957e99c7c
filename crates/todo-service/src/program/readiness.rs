//! Asking a service on this machine whether it is ready, with nothing but a socket.

use std::{
    fmt,
    io::{self, Read as _, Write as _},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream},
    time::{Duration, Instant},
};

/// How long an answer may take in all.
const LIMIT: Duration = Duration::from_secs(2);

/// More than any answer about health has.
const LONGEST: u64 = 16 * 1024;

/// Where a service says whether it is ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readiness {
    address: SocketAddr,
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
        Self { address: (host, listen.port()).into(), path: format!("{prefix}/ready") }
    }

    /// Asks once.
    ///
    /// # Errors
    /// Nobody answers within two seconds, or not in HTTP.
    pub fn ask(&self) -> Result<Answer, Silence> {
        self.exchange(Instant::now() + LIMIT)
            .map_err(|cause| Silence { address: self.address, cause })
    }

    fn exchange(&self, deadline: Instant) -> io::Result<Answer> {
        let mut stream = TcpStream::connect_timeout(&self.address, left(deadline)?)?;
        stream.set_write_timeout(Some(left(deadline)?))?;
        let (path, host) = (&self.path, self.address);
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
}

fn left(deadline: Instant) -> io::Result<Duration> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(left) }
}

/// What a service says about itself. Prints as its status with what explains it: `503 {"reason":"database",…}`.
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

    /// Whether it is ready.
    pub fn is_ready(&self) -> bool {
        self.status == 200
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.status, self.body)
    }
}

/// Nobody answered.
#[derive(Debug, thiserror::Error)]
#[error("no answer at {address}: {cause}")]
pub struct Silence {
    address: SocketAddr,
    cause: io::Error,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(listen: &str) -> String {
        Readiness::new(listen.parse().expect("an address"), "/health").address.to_string()
    }

    #[test]
    fn what_listens_everywhere_is_asked_over_loopback() {
        assert_eq!(asked("0.0.0.0:8000"), "127.0.0.1:8000");
        assert_eq!(asked("[::]:8000"), "[::1]:8000");
        assert_eq!(asked("192.0.2.7:8000"), "192.0.2.7:8000");
    }

    #[test]
    fn an_answer_shows_its_status_and_why() {
        let text = "HTTP/1.1 503 Service Unavailable\r\na: b\r\n\r\n{\"reason\":\"database\"}\r\n";

        let answer = Answer::parse(text).expect("an answer");

        assert!(!answer.is_ready());
        assert_eq!(answer.to_string(), r#"503 {"reason":"database"}"#);
        assert_eq!(Answer::parse("SSH-2.0-OpenSSH\r\n\r\n"), None);
    }
}

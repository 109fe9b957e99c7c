//! Addresses that a program listens on.

use std::net::{Ipv4Addr, SocketAddr};

use tokio::net::TcpListener;

use super::ConfigError;

/// Where a program listens.
#[derive(Debug, Clone, clap::Args)]
pub struct ListenConfig {
    /// Address and port of public traffic; images set 0.0.0.0. Default: 127.0.0.1 and the program's own port.
    #[arg(long = "listen", env = "LISTEN", value_name = "ADDRESS:PORT", value_parser = socket_address)]
    pub public: Option<SocketAddr>,
    /// Address and port of `/metrics`; off unless set, and no ingress points there.
    #[arg(long = "metrics-listen", env = "METRICS_LISTEN", value_name = "ADDRESS:PORT", value_parser = socket_address)]
    pub metrics: Option<SocketAddr>,
}

impl ListenConfig {
    /// The public address: the configured one, or loopback and `port`.
    pub fn address(&self, port: u16) -> SocketAddr {
        self.public.unwrap_or_else(|| (Ipv4Addr::LOCALHOST, port).into())
    }

    /// Opens the public listener.
    ///
    /// # Errors
    /// The address is taken or not ours; the message names the key and the address.
    pub async fn bind(&self, port: u16) -> Result<TcpListener, ConfigError> {
        let address = self.address(port);
        TcpListener::bind(address).await.map_err(|error| {
            ConfigError::invalid("LISTEN", format!("cannot be opened at {address}: {error}"))
        })
    }

    /// Rejects addresses that parse but cannot work together.
    ///
    /// # Errors
    /// `METRICS_LISTEN` is the public address (port 0 never is: the system picks two different ones).
    pub fn validate(&self, port: u16) -> Result<(), ConfigError> {
        let public = self.address(port);
        if public.port() != 0 && self.metrics == Some(public) {
            return Err(ConfigError::invalid("METRICS_LISTEN", "must differ from LISTEN"));
        }
        Ok(())
    }
}

fn socket_address(text: &str) -> Result<SocketAddr, &'static str> {
    text.parse()
        .map_err(|_| "must be an IP address and a port, such as 127.0.0.1:8000 or [::]:8000")
}

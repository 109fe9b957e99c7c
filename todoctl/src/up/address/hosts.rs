//! The hosts file: whether a name leads to an address, and how to make it so on this system.

use std::{net::SocketAddr, time::Duration};

/// A name that is not known is sometimes asked of the whole network first.
const PATIENCE: Duration = Duration::from_secs(2);

/// Whether `host` leads to `address` on this machine.
pub(super) async fn knows(host: &str, address: SocketAddr) -> bool {
    let asked = tokio::net::lookup_host((host, address.port()));
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(mut found)) => found.any(|found| found.ip() == address.ip()),
        _ => false,
    }
}

/// What to run for it, for each system whose browser may be used.
pub(super) fn lines(ip: &str, host: &str) -> Vec<String> {
    let unix = format!("  echo \"{ip} {host}\" | sudo tee -a /etc/hosts");
    let windows = format!(
        "  Add-Content C:\\Windows\\System32\\drivers\\etc\\hosts \"{ip} {host}\"    (PowerShell, as administrator)"
    );
    if cfg!(windows) {
        vec![windows]
    } else if std::env::var_os("WSL_DISTRO_NAME").is_some() {
        // The browser is mostly Windows'.
        vec![unix, windows]
    } else {
        vec![unix]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_name_that_leads_there_needs_no_line() {
        assert!(knows("localhost", "127.0.0.1:80".parse().unwrap()).await);
        assert!(!knows("localhost", "192.0.2.7:80".parse().unwrap()).await);
    }
}

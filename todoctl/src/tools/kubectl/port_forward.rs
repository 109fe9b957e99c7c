//! A port of this machine that leads into the cluster.

use std::time::Duration;

use anyhow::{Result, bail};

use super::Kubectl;
use crate::tools::program::Running;

/// Nobody keeps one open for a day.
const LIMIT: Duration = Duration::from_hours(24);

/// An open way into the cluster; it closes when dropped.
#[derive(Debug)]
pub(crate) struct PortForward {
    /// The port on 127.0.0.1.
    pub(crate) port: u16,
    running: Running,
}

impl PortForward {
    pub(super) async fn open(kubectl: &Kubectl, target: &str, port: u16) -> Result<Self> {
        let program = kubectl.program(format!("open a way to {target}")).limit(LIMIT);
        let ports = format!(":{port}");
        let mut running =
            program.args(["port-forward", target, &ports, "--address=127.0.0.1"]).start()?;

        let mut said = Vec::new();
        while let Some(line) = running.line().await? {
            if let Some(port) = local_port(&line) {
                return Ok(Self { port, running });
            }
            said.push(line);
        }
        bail!("could not open a way to {target}\n{}", said.join("\n"))
    }

    /// Where it listens: `http://127.0.0.1:PORT`.
    pub(crate) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Closes it.
    pub(crate) async fn close(self) {
        self.running.stop().await;
    }
}

/// The port in `Forwarding from 127.0.0.1:40123 -> 3000`.
fn local_port(line: &str) -> Option<u16> {
    let rest = line.strip_prefix("Forwarding from 127.0.0.1:")?;
    rest.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chosen_port_is_read_from_the_line_that_kubectl_prints() {
        assert_eq!(local_port("Forwarding from 127.0.0.1:40123 -> 3000"), Some(40123));
        assert_eq!(local_port("Forwarding from [::1]:40123 -> 3000"), None);
        assert_eq!(local_port("Handling connection for 40123"), None);
    }
}

//! A way to a server that can be shut, so that for those who come through it the server is gone.

use std::net::{Ipv4Addr, SocketAddr};

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};

/// Passes connections on to a server while it is open. Shut, it cuts them, and its address refuses new ones.
pub struct Gate {
    address: SocketAddr,
    server: String,
    open: Option<JoinHandle<()>>,
}

impl Gate {
    /// A password to look for where none may be. A server that trusts its clients ignores it.
    pub const PASSWORD: &str = "never-to-be-seen";

    /// A gate to the server at `server`, shut.
    ///
    /// # Panics
    /// The machine has no port left.
    pub async fn shut_before(server: impl Into<String>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        Self { address, server: server.into(), open: None }
    }

    /// Where to connect.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Lets everybody through.
    ///
    /// # Panics
    /// Somebody else took the port.
    pub async fn open(&mut self) {
        let listener = TcpListener::bind(self.address).await.expect("the port is still ours");
        self.open = Some(tokio::spawn(pass_on(listener, self.server.clone())));
    }

    /// Cuts every connection and lets nobody in.
    pub async fn shut(&mut self) {
        if let Some(open) = self.open.take() {
            open.abort();
            // Until it is really gone, and with it the listener and the connections.
            let _ = open.await;
        }
    }
}

async fn pass_on(listener: TcpListener, server: String) {
    let mut connections = JoinSet::new();
    while let Ok((mut client, _)) = listener.accept().await {
        let server = server.clone();
        connections.spawn(async move {
            if let Ok(mut server) = TcpStream::connect(server).await {
                let _ = copy_bidirectional(&mut client, &mut server).await;
            }
        });
    }
}

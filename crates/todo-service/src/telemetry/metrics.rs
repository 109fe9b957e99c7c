//! Metrics for Prometheus.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use http::header;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;

use crate::serve::serve;
use crate::shutdown::Shutdown;

/// How often the exporter folds what was recorded into its buckets.
const UPKEEP: Duration = Duration::from_secs(5);

/// Upper ends of the duration buckets in seconds.
const BUCKETS: [f64; 14] =
    [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// Starts to collect metrics, and serves them at `http://address/metrics` until `shutdown`. Returns the address that
/// it listens on. Without this call measuring costs next to nothing.
///
/// # Errors
/// The address cannot be opened, or the program collects metrics already.
pub async fn serve_metrics(address: SocketAddr, shutdown: &Shutdown) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("duration_seconds".into()), &BUCKETS)
        .and_then(PrometheusBuilder::install_recorder)
        .map_err(io::Error::other)?;
    tokio::spawn(upkeep(handle.clone(), shutdown.clone()));
    let router = Router::new().route("/metrics", get(move || std::future::ready(page(&handle))));
    tokio::spawn(serve(listener, router, shutdown.clone()));
    Ok(address)
}

fn page(handle: &PrometheusHandle) -> ([(header::HeaderName, &'static str); 1], String) {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], handle.render())
}

async fn upkeep(handle: PrometheusHandle, shutdown: Shutdown) {
    let mut ticks = tokio::time::interval(UPKEEP);
    loop {
        tokio::select! {
            () = shutdown.started() => return,
            _ = ticks.tick() => handle.run_upkeep(),
        }
    }
}

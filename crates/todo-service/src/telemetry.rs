//! What a program says about itself: log lines on stderr, metrics on a port of their own, traces to a collector.

mod log;
mod metrics;
mod observe;
mod request_id;
mod traces;

pub use log::{TelemetryError, init};
pub use metrics::serve_metrics;
pub use observe::observe;
pub use request_id::{REQUEST_ID, RequestId};
pub use traces::Telemetry;
pub(crate) use traces::inject;

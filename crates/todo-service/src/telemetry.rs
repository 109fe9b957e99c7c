//! What a program says about itself: log lines on stderr, metrics on a port of their own.

mod log;
mod metrics;
mod observe;
mod request_id;

pub use log::{TelemetryError, init};
pub use metrics::serve_metrics;
pub use observe::observe;
pub use request_id::{REQUEST_ID, RequestId};

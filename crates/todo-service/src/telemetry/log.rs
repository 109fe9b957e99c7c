//! Log lines.

use std::io::{self, IsTerminal as _};

use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer, Registry, fmt};

use super::Telemetry;
use crate::config::TelemetryConfig;

/// Logging cannot start.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The program has set it up before.
    #[error("logging is set up already")]
    AlreadySet(#[from] tracing_subscriber::util::TryInitError),
    /// The filter is not one; [`LogFilter`](crate::config::LogFilter) lets none such through.
    #[error("the log filter cannot be read")]
    Filter(#[from] tracing_subscriber::filter::ParseError),
    /// The exporter of traces does not take the address.
    #[error("OTEL_EXPORTER_OTLP_ENDPOINT cannot be used")]
    Collector(#[from] opentelemetry_otlp::ExporterBuildError),
}

/// Starts logging for the whole program, to stderr: stdout belongs to MCP over stdio and to the terminal client. A
/// person at a terminal gets short lines, everybody else one JSON object a line. With a collector configured, spans go
/// there under the name of `service`, until what this returns is dropped at the program's end.
///
/// # Errors
/// Logging was set up before, or the collector's address cannot be used.
pub fn init(config: &TelemetryConfig, service: &'static str) -> Result<Telemetry, TelemetryError> {
    let filter = EnvFilter::builder().parse(config.log.directives())?;
    let lines: Box<dyn Layer<Registry> + Send + Sync> = if io::stderr().is_terminal() {
        fmt::layer().compact().with_target(false).with_writer(io::stderr).boxed()
    } else {
        fmt::layer()
            .json()
            .flatten_event(true)
            .with_span_list(false)
            .with_writer(io::stderr)
            .boxed()
    };
    // For everybody, not for this layer alone: a library that asks whether a line would be logged, as the driver of
    // PostgreSQL does, makes a layer's own filter swallow the next line.
    let telemetry = Telemetry::new(config.collector.as_ref(), service)?;
    let traces = telemetry.layer(service);
    tracing_subscriber::registry().with(lines).with(traces).with(filter).try_init()?;
    std::panic::set_hook(Box::new(log_panic));
    Ok(telemetry)
}

/// Panics are lines like all others, so that those who collect JSON find them, with the request's span around them.
fn log_panic(panic: &std::panic::PanicHookInfo<'_>) {
    let message = panic.payload_as_str().unwrap_or("no message");
    let location = panic.location().map(ToString::to_string).unwrap_or_default();
    tracing::error!(panic = message, location, "a panic: this is a bug");
}

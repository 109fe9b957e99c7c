//! Spans for an OpenTelemetry collector, and the context that ties the services' spans together.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use opentelemetry::propagation::{Extractor, Injector, TextMapPropagator as _};
use opentelemetry::trace::{TraceContextExt as _, TracerProvider as _};
use opentelemetry_otlp::{ExporterBuildError, SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing::{Span, Subscriber};
use tracing_opentelemetry::OpenTelemetrySpanExt as _;
use tracing_subscriber::Layer;
use tracing_subscriber::registry::LookupSpan;

use crate::config::ServiceUrl;

/// How long the end of a program waits for a collector to take the last spans.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// What runs as long as the program does; dropping it sends the last spans.
pub struct Telemetry(Option<SdkTracerProvider>);

impl Telemetry {
    /// With a collector: sends spans there, in the background and in batches. Otherwise nothing.
    pub(super) fn new(
        collector: Option<&ServiceUrl>,
        service: &'static str,
    ) -> Result<Self, ExporterBuildError> {
        let Some(collector) = collector else { return Ok(Self(None)) };
        let address = format!("{}/v1/traces", collector.url().as_str().trim_end_matches('/'));
        let exporter = SpanExporter::builder().with_http().with_endpoint(address).build()?;
        let provider = SdkTracerProvider::builder()
            .with_resource(Resource::builder().with_service_name(service).build())
            .with_batch_exporter(exporter)
            .build();
        Ok(Self(Some(provider)))
    }

    /// The layer that makes our spans those of the collector.
    pub(super) fn layer<S>(&self, service: &'static str) -> Option<impl Layer<S> + use<S>>
    where
        S: Subscriber + for<'span> LookupSpan<'span>,
    {
        let tracer = self.0.as_ref()?.tracer(service);
        Some(tracing_opentelemetry::layer().with_tracer(tracer).with_location(false))
    }
}

impl Drop for Telemetry {
    fn drop(&mut self) {
        if let Some(provider) = &self.0
            && let Err(error) = provider.shutdown_with_timeout(LAST_WORDS)
        {
            tracing::warn!(%error, "the last spans were not sent");
        }
    }
}

impl fmt::Debug for Telemetry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Telemetry").field(&self.0.is_some()).finish()
    }
}

/// Makes `span` a part of the trace that the sender of these headers began (W3C Trace Context).
pub(crate) fn parent(span: &Span, headers: &HeaderMap) {
    let context = TraceContextPropagator::new().extract(&Received(headers));
    // Without a collector nobody listens, and that is no failure.
    if context.span().span_context().is_valid() && span.set_parent(context).is_err() {
        tracing::trace!("the span belongs to no trace");
    }
}

/// Tells the receiver of these headers which trace the current span belongs to.
pub(crate) fn inject(headers: &mut HeaderMap) {
    let context = Span::current().context();
    if context.span().span_context().is_valid() {
        TraceContextPropagator::new().inject_context(&context, &mut Sent(headers));
    }
}

struct Received<'a>(&'a HeaderMap);

impl Extractor for Received<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.to_str().ok()
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(HeaderName::as_str).collect()
    }
}

struct Sent<'a>(&'a mut HeaderMap);

impl Injector for Sent<'_> {
    fn set(&mut self, key: &str, value: String) {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(key), HeaderValue::try_from(value)) {
            self.0.insert(name, value);
        }
    }
}

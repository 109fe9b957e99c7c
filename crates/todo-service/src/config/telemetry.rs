//! How much a program says about itself.

use std::str::FromStr;

use tracing_subscriber::EnvFilter;

use super::ServiceUrl;

/// Which log lines are written: a bare level, or `tracing` directives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogFilter(String);

impl LogFilter {
    const LEVELS: [&'static str; 6] = ["trace", "debug", "info", "warn", "error", "off"];
    /// Our own crates by the beginning of their names. A bare level means them; libraries stay at warnings.
    const OURS: [&'static str; 4] = ["todo", "backend", "frontend", "mcp"];

    /// Writes whole answers of a provider into its lines, and with them what people said.
    const QUIET: &'static str = "genai=off";

    /// The filter in the syntax of `tracing_subscriber`.
    pub fn directives(&self) -> &str {
        &self.0
    }
}

impl FromStr for LogFilter {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "must be trace, debug, info, warn, error or off, or directives such as info,todo_auth=debug";
        let level = text.to_ascii_lowercase();
        if Self::LEVELS.contains(&level.as_str()) {
            let foreign = if matches!(level.as_str(), "error" | "off") { &level } else { "warn" };
            let ours = Self::OURS.map(|target| format!("{target}={level}")).join(",");
            return Ok(Self(format!("{foreign},{ours},{}", Self::QUIET)));
        }
        // A lone word would be taken for the name of a crate, and a misspelt level would pass in silence.
        let is_directive = text.contains('=') && EnvFilter::builder().parse(text).is_ok();
        is_directive.then(|| Self(text.to_owned())).ok_or(EXPECTED)
    }
}

/// Log lines and traces.
#[derive(Debug, Clone, clap::Args)]
pub struct TelemetryConfig {
    /// A level (trace, debug, info, warn, error, off) or directives such as `info,todo_auth=debug`.
    #[arg(long = "log-level", env = "LOG_LEVEL", value_name = "LEVEL", default_value = "info")]
    pub log: LogFilter,
    /// Base address of an OpenTelemetry collector that takes OTLP over HTTP; traces are off without one.
    #[arg(
        long = "otel-exporter-otlp-endpoint",
        env = "OTEL_EXPORTER_OTLP_ENDPOINT",
        value_name = "URL"
    )]
    pub collector: Option<ServiceUrl>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_level_speaks_of_our_own_crates() {
        let filter: LogFilter = "DEBUG".parse().expect("valid");

        assert_eq!(
            filter.directives(),
            "warn,todo=debug,backend=debug,frontend=debug,mcp=debug,genai=off"
        );
    }

    #[test]
    fn directives_pass_and_misspelt_levels_do_not() {
        assert!("warn,todo_auth=debug".parse::<LogFilter>().is_ok());
        assert!("verbose".parse::<LogFilter>().is_err());
        assert!("todo=loud".parse::<LogFilter>().is_err());
    }
}

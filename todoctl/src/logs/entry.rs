//! One line that a program logged, understood.

use std::fmt;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

/// How much a line matters; more is greater.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, clap::ValueEnum, Default,
)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Level {
    Trace,
    Debug,
    #[default]
    Info,
    Warn,
    Error,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Trace => "TRACE",
            Self::Debug => "DEBUG",
            Self::Info => "INFO",
            Self::Warn => "WARN",
            Self::Error => "ERROR",
        })
    }
}

/// A line of our own programs, or any other text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    /// When; other programs' lines have none.
    pub(crate) at: Option<Timestamp>,
    pub(crate) level: Option<Level>,
    pub(crate) message: String,
    /// Everything else that the line and its request say.
    pub(crate) fields: Map<String, Value>,
}

/// What [`Entry`] is read from; the rest of the object are the fields.
#[derive(Deserialize)]
struct Json {
    timestamp: Option<Timestamp>,
    level: Level,
    #[serde(default)]
    message: String,
    #[serde(default)]
    span: Map<String, Value>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// What a reader looks for first, in this order; a request's name, which is long, stands last.
const FIRST: [&str; 6] = ["method", "route", "status", "duration_ms", "check", "error"];
const LAST: &str = "request_id";

/// Said in every line and of no use to a reader.
const NOISE: [&str; 3] = ["target", "name", "service"];

impl Entry {
    /// Reads one line. What is not JSON of ours is text, which PostgreSQL and libraries write.
    pub(crate) fn read(line: &str) -> Self {
        let Ok(json) = serde_json::from_str::<Json>(line) else {
            return Self { at: None, level: None, message: line.to_owned(), fields: Map::new() };
        };
        let mut fields = json.span;
        fields.extend(json.rest);
        for key in NOISE {
            fields.remove(key);
        }
        Self { at: json.timestamp, level: Some(json.level), message: json.message, fields }
    }

    /// A field as text.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name)?.as_str()
    }
}

/// What it says, without time and level: `answered method=GET route=/today status=200`.
impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        let mut fields: Vec<(&String, &Value)> = self.fields.iter().collect();
        fields.sort_by_key(|(key, _)| match FIRST.iter().position(|first| first == key) {
            Some(place) => place,
            None => FIRST.len() + usize::from(*key == LAST),
        });
        for (key, value) in fields {
            match value {
                Value::String(text) if !text.contains(char::is_whitespace) && !text.is_empty() => {
                    write!(f, " {key}={text}")?;
                }
                value => write!(f, " {key}={value}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_json_line_reads_like_a_sentence() {
        let entry = Entry::read(
            r#"{"timestamp":"2026-11-21T15:00:00.123456Z","level":"INFO","message":"answered","status":200,"duration_ms":1.5,"target":"todo_service::telemetry::observe","span":{"method":"GET","name":"http.request","request_id":"ab12","route":"/today","service":"frontend"}}"#,
        );

        assert_eq!(entry.level, Some(Level::Info));
        assert_eq!(
            entry.to_string(),
            "answered method=GET route=/today status=200 duration_ms=1.5 request_id=ab12"
        );
    }

    #[test]
    fn values_with_blanks_are_quoted() {
        let entry = Entry::read(
            r#"{"level":"WARN","message":"not ready","check":"database","error":"it is not there"}"#,
        );

        assert_eq!(entry.to_string(), r#"not ready check=database error="it is not there""#);
    }

    #[test]
    fn other_text_stays_what_it_is() {
        let line = "2026-11-21 15:00:00.000 UTC [1] LOG:  database system is ready";

        assert_eq!(Entry::read(line).to_string(), line);
        assert_eq!(Entry::read("{}").message, "{}");
    }
}

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use todo_core::{
    quick_add::{Parsed, SpanKind},
    task::{Invalid, Priority},
};
use utoipa::ToSchema;

use super::{DueBody, PriorityBody, ReminderBody};

/// A line to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ParseRequest)]
pub struct ParseBody {
    /// The line; at most 4000 characters.
    pub text: String,
    /// Read it as if it were this moment.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub now: Option<Timestamp>,
    /// Spans (start and end in UTF-16 code units) that stay text.
    #[serde(default)]
    pub literal: Vec<(usize, usize)>,
}

/// What quick-add understood of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Parsed)]
pub struct ParsedBody {
    /// The task that would be added.
    pub task: ParsedTaskBody,
    /// What was recognised, in order, not overlapping.
    pub spans: Vec<SpanBody>,
    /// The next three dates of a repeat, after the first.
    pub next: Vec<String>,
}

/// The task that a line would add.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ParsedTask)]
pub struct ParsedTaskBody {
    /// What is left of the line.
    pub title: String,
    /// What stood behind `//`.
    pub description: Option<String>,
    /// Its priority.
    #[schema(value_type = PriorityBody)]
    pub priority: Priority,
    /// Its tags.
    pub tags: Vec<String>,
    /// When it is due.
    pub due: Option<DueBody>,
    /// How it repeats: an RRULE.
    pub repeat: Option<String>,
    /// When to speak up.
    pub reminders: Vec<ReminderBody>,
}

/// A recognised part of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Span)]
pub struct SpanBody {
    /// Where it begins, in UTF-16 code units (what JavaScript counts).
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// `due`, `repeat`, `priority`, `tag`, `reminder`, `description` or `quote`.
    #[schema(value_type = String)]
    pub kind: SpanKind,
    /// What it means, as words: "Sat 21 Nov, 17:00".
    pub value: String,
}

impl ParsedBody {
    /// As it is sent; `text` is the line, for counting.
    pub fn new(text: &str, parsed: &Parsed) -> Self {
        let next = match (&parsed.repeat, &parsed.due) {
            (Some(repeat), Some(due)) => {
                repeat.upcoming(due, 3).iter().map(ToString::to_string).collect()
            }
            _ => Vec::new(),
        };
        let utf16 = |byte: usize| text[..byte].encode_utf16().count();
        let spans = parsed.spans.iter().map(|span| SpanBody {
            start: utf16(span.start),
            end: utf16(span.end),
            kind: span.kind,
            value: span.value.clone(),
        });
        Self {
            task: ParsedTaskBody {
                title: parsed.title.clone(),
                description: parsed.description.clone(),
                priority: parsed.priority,
                tags: parsed.tags.iter().map(ToString::to_string).collect(),
                due: parsed.due.as_ref().map(DueBody::from),
                repeat: parsed.repeat.as_ref().map(ToString::to_string),
                reminders: parsed
                    .reminders
                    .iter()
                    .map(|r| ReminderBody { minutes_before: r.minutes_before })
                    .collect(),
            },
            spans: spans.collect(),
            next,
        }
    }
}

/// A span in UTF-16 code units as one in bytes.
///
/// # Errors
/// It does not lie in the text, or cuts a character.
pub fn utf8_span(text: &str, (start, end): (usize, usize)) -> Result<(usize, usize), Invalid> {
    let wrong =
        || Invalid::new("literal", "a literal span lies within the text and cuts no character");
    let byte = |wanted: usize| {
        let mut units = 0;
        for (at, c) in text.char_indices() {
            if units == wanted {
                return Ok(at);
            }
            units += c.len_utf16();
        }
        if units == wanted { Ok(text.len()) } else { Err(wrong()) }
    };
    if start >= end {
        return Err(wrong());
    }
    Ok((byte(start)?, byte(end)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_count_as_javascript_does() {
        let text = "😀 é tomorrow";

        assert_eq!(utf8_span(text, (5, 13)).unwrap(), (8, 16));
        assert!(utf8_span(text, (1, 3)).is_err());
        assert!(utf8_span(text, (5, 99)).is_err());
        assert!(utf8_span(text, (4, 4)).is_err());
    }
}

//! A task, and what can be sent to make or change one.

mod body;
mod new;
mod parse;
mod patch;

pub use body::{DueBody, PriorityBody, ReminderBody, TaskBody};
pub use new::{DueInputBody, NewTaskBody};
pub use parse::{ParseBody, ParsedBody, ParsedTaskBody, SpanBody, utf8_span};
pub use patch::{CompletionBody, PatchBody};

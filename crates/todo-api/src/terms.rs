//! The closed sets of words in the JSON, and what a repeat means, for clients that may not know the rules themselves.

use jiff::civil::{Date, Time};
pub use todo_core::{
    chats::{Ending, Role},
    settings::{Theme, WeekStart},
    task::Priority,
    tasks::{Sort, Status, Verb},
};
use todo_core::{repeat::Repeat, task::Due};

use crate::task::TaskBody;

/// An RRULE in plain English, like "Every other Friday"; `None` for what is no rule.
pub fn repeat_words(rule: &str) -> Option<String> {
    Repeat::parse(rule).ok().map(|repeat| repeat.describe())
}

/// The `n` days on which a repeating task comes after its date; fewer if it ends before.
pub fn next_days(task: &TaskBody, n: usize) -> Vec<Date> {
    let parts = || {
        let (rule, due) = (task.repeat.as_ref()?, task.due.as_ref()?);
        let time: Option<Time> = due.time.as_ref().and_then(|time| time.parse().ok());
        let time = time.map(|time| (time, due.timezone.clone().unwrap_or_default()));
        Some((Repeat::parse(rule).ok()?, Due { date: due.date.parse().ok()?, time }))
    };
    parts().map(|(repeat, due)| repeat.upcoming(&due, n)).unwrap_or_default()
}

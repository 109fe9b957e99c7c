//! The time that a set speaks of: "for this week", "before friday", "tomorrow".

use jiff::{ToSpan, civil::Date};
use todo_core::quick_add;

use super::{
    super::{request::Set, text::Clause},
    is_in,
};

/// The longest expression of time that is looked for, in words.
const LONGEST: usize = 6;

/// No question about tasks is longer than this, in words.
const LOOKED_AT: usize = 40;

/// Finds the longest expression of time and takes it as the set's due date.
pub(super) fn read(
    clause: &Clause<'_>,
    used: &mut [bool],
    set: &mut Set,
    context: &quick_add::Context<'_>,
) {
    let count = clause.len().min(LOOKED_AT);
    for length in (1..=LONGEST.min(count)).rev() {
        for start in 0..=count - length {
            if used[start..start + length].contains(&true) {
                continue;
            }
            let part = clause.part(start..start + length);
            let Some((from, to)) = range(&part, context) else { continue };
            used[start..start + length].fill(true);
            let lead = start
                .checked_sub(1)
                .filter(|at| !used[*at])
                .map(|at| clause.tokens[at].word.as_str());
            if set.due.is_empty() || set.due == "any" {
                (set.due, set.due_text) = filter(lead, from, to, part.source(), context.now.date());
            }
            return;
        }
    }
}

/// The days that a phrase is about. Words that are fillers on their own are none.
fn range(part: &Clause<'_>, context: &quick_add::Context<'_>) -> Option<(Date, Date)> {
    let first = part.tokens.first()?;
    let leads = is_in("by until till through before after since due for on at and or", &first.word);
    if first.quoted || leads || is_in("the a in from to of this", &first.word) && part.len() == 1 {
        return None;
    }
    // "later", "soon": a time, but none that could be listed.
    if part.reads("now") || part.reads("later") || part.reads("soon") {
        return None;
    }
    let text = part.source();
    if let Some(range) = quick_add::parse_range(text, context) {
        return Some(range);
    }
    if part.reads("my week") || part.reads("the week") || part.reads("week") {
        return quick_add::parse_range("this week", context);
    }
    let stripped = first.word.strip_suffix("'s").filter(|_| part.len() == 1);
    if let Some(day) = stripped {
        return quick_add::parse_range(day, context);
    }
    let when = quick_add::parse_when(text, context)?;
    let due = when.due.filter(|_| when.repeat.is_none() && !when.only_time)?;
    Some((due.date, due.date))
}

/// Days of the week and months with a capital.
fn named(words: &str) -> String {
    const NAMES: &str = "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august \
                         september october november december";
    let word = |word: &str| {
        let mut letters = word.chars();
        match letters.next().filter(|_| is_in(NAMES, word)) {
            Some(first) => first.to_uppercase().chain(letters).collect(),
            None => word.to_owned(),
        }
    };
    words.split(' ').map(word).collect::<Vec<String>>().join(" ")
}

/// The filter, and words that fit behind "tasks".
fn filter(lead: Option<&str>, from: Date, to: Date, words: &str, today: Date) -> (String, String) {
    let words = words.to_lowercase();
    let words = words.trim_end_matches("'s").trim_end_matches("’s");
    let words = named(words);
    let words = words.as_str();
    let before = |day: Date| day.checked_sub(1.day()).unwrap_or(day);
    let after = |day: Date| day.checked_add(1.day()).unwrap_or(day);
    match lead {
        Some("by" | "until" | "till" | "through") => (format!("..{to}"), format!("due by {words}")),
        Some("before") => (format!("..{}", before(from)), format!("due before {words}")),
        Some("after") => (format!("{}..", after(to)), format!("due after {words}")),
        Some("since" | "from") if to <= today => {
            (format!("{from}..{today}"), format!("due since {words}"))
        }
        _ => {
            let on = if words.ends_with("day")
                && from == to
                && !matches!(words, "today" | "yesterday")
                && !words.contains(' ')
            {
                "on "
            } else {
                ""
            };
            (format!("{from}..{to}"), format!("due {on}{words}"))
        }
    }
}

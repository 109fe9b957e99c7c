//! Numbers of tasks, and places in a list.

use super::phrases::NOUNS;
use crate::builtin::{request::Target, text::Clause};

/// The place in the middle of a list.
pub(crate) const MIDDLE: i64 = 0;

/// "task 3", "tasks 2, 4 and 6", "#3", "3 to 5", "number 3", "item 3", "3".
pub(super) fn numbers(clause: &Clause<'_>) -> Option<Target> {
    let mut numbers = Vec::new();
    let (mut of_tasks, mut of_rows) = (false, false);
    let mut at = 0;
    let mut range = false;
    while at < clause.len() {
        let token = &clause.tokens[at];
        at += 1;
        if token.quoted {
            return None;
        }
        match token.word.as_str() {
            "task" | "tasks" | "todo" | "todos" | "no" | "id" | "ids" | "reminder"
            | "reminders" => of_tasks = true,
            "item" | "items" | "row" | "rows" | "line" | "lines" | "entry" | "option"
            | "position" => of_rows = true,
            "the" | "and" | "or" | "number" | "numbers" | "nr" | "num" | "both" | "#" | "also"
            | "plus" | "nos" | "my" => {}
            "to" | "through" | "thru" | "till" | "until" if !numbers.is_empty() => range = true,
            word => {
                let (from, to) = number(word)?;
                of_tasks |= word.starts_with('#');
                let start = if std::mem::take(&mut range) {
                    numbers.last().map_or(from, |last| last + 1)
                } else {
                    from
                };
                if to < start || to - start > 200 {
                    return None;
                }
                numbers.extend(start..=to);
            }
        }
    }
    if numbers.is_empty() || range {
        return None;
    }
    Some(match (of_rows, of_tasks) {
        (true, false) => Target::Places(numbers),
        (_, true) => Target::Ids(numbers),
        _ => Target::Numbers(numbers),
    })
}

/// "3", "#3", "three", "3-5".
fn number(word: &str) -> Option<(i64, i64)> {
    let word = word.strip_prefix('#').unwrap_or(word);
    if let Some((from, to)) = word.split_once(['-', '–']) {
        return Some((from.parse().ok()?, to.parse().ok()?));
    }
    let spelled = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let value = match spelled.iter().position(|known| *known == word) {
        // "one" alone is a pronoun more often than a number.
        Some(0) => return None,
        Some(at) => at as i64 + 1,
        None if word.len() <= 9 && word.bytes().all(|b| b.is_ascii_digit()) => word.parse().ok()?,
        None => return None,
    };
    Some((value, value))
}

/// Small numbers in letters or digits.
pub(crate) fn count(word: &str) -> Option<i64> {
    if word == "one" { Some(1) } else { number(word).map(|(from, _)| from) }
}

/// "the first one", "the second and the third", "the last task", "the first two".
pub(super) fn places(clause: &Clause<'_>) -> Option<Target> {
    let words: Vec<&str> = clause.words().collect();
    let words = words.strip_prefix(&["the"]).unwrap_or(&words);
    let noun = |rest: &[&str]| match rest {
        [] => true,
        [noun] => NOUNS.contains(noun) && *noun != "on",
        [noun, "on" | "in" | "of", rest @ ..] | [noun, rest @ ..] if NOUNS.contains(noun) => rest
            .iter()
            .all(|word| ["the", "my", "list", "that", "this", "todo", "on", "in"].contains(word)),
        _ => false,
    };
    if let ["first" | "last" | "top", how_many, rest @ ..] = words
        && let Some(n) = number(how_many).map(|(n, _)| n).filter(|n| (2..=50).contains(n))
        && noun(rest)
    {
        return Some(Target::Run(if words[0] == "last" { -n } else { n }));
    }
    let mut places = Vec::new();
    let mut rest = words;
    loop {
        let [word, after @ ..] = rest else { return None };
        places.push(place(word)?);
        rest = after;
        let mut joined = false;
        while let ["and" | "the" | "one" | "or", after @ ..] = rest {
            if rest[0] == "one" && after.is_empty() {
                break;
            }
            joined |= rest[0] == "and" || rest[0] == "or";
            rest = after;
        }
        if !joined && rest.first().is_none_or(|word| place(word).is_none()) {
            break;
        }
    }
    // "second" and "last" are words of titles too, so a lone one needs a noun or the article.
    let lone = words.len() == clause.len()
        && clause.len() == 1
        && matches!(words[0], "second" | "top" | "last");
    (noun(rest) && !lone).then_some(Target::Places(places))
}

/// "first", "2nd", "last".
pub(crate) fn place(word: &str) -> Option<i64> {
    let known = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth",
    ];
    match word {
        "last" | "bottom" => return Some(-1),
        "top" => return Some(1),
        "middle" => return Some(MIDDLE),
        _ => {}
    }
    if let Some(at) = known.iter().position(|name| *name == word) {
        return Some(at as i64 + 1);
    }
    let digits = word
        .strip_suffix("st")
        .or(word.strip_suffix("nd"))
        .or(word.strip_suffix("rd"))
        .or(word.strip_suffix("th"))?;
    digits.parse().ok().filter(|n| (1..=200).contains(n))
}

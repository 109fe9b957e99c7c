//! How tasks are referred to: "task 3", "#3 and #5", "the second one", "it", "both", "everything due today", or a name.

use todo_core::quick_add;

use super::{
    request::{Set, Target},
    sets,
    text::{Clause, Pause},
};

/// References are shorter than this, in words; what is longer is at best a name.
const LONGEST: usize = 60;

/// What is put behind a reference and says nothing: "from my list".
const TAILS: &[&str] = &[
    "from my list",
    "off my list",
    "on my list",
    "in my list",
    "of my list",
    "to my list",
    "from the list",
    "off the list",
    "on the list",
    "in the list",
    "from my todo list",
    "off my todo list",
    "on my todo list",
    "from my todos",
    "from my tasks",
    "from my calendar",
    "off my calendar",
    "on my calendar",
    "from my schedule",
    "from my agenda",
    "off my plate",
    "from my reminders",
    "as well",
    "too",
    "also",
    "please",
    "now",
    "already",
    "right now",
    "anymore",
    "any more",
    "any longer",
    "for me",
    "from there",
    "off",
    "altogether",
    "entirely",
    "completely",
    "permanently",
    "for good",
    "forever",
    "instead",
    "again",
    "finally",
];

/// Nouns that may follow a number of place: "the first task".
const NOUNS: &[&str] = &[
    "one", "ones", "task", "tasks", "item", "items", "entry", "row", "line", "todo", "todos",
    "thing", "reminder", "option", "on",
];

const IT: &[&str] = &[
    "it",
    "that",
    "this",
    "that one",
    "this one",
    "that task",
    "this task",
    "the task",
    "that item",
    "this item",
    "the same",
    "the same one",
    "that reminder",
    "this reminder",
    "the reminder",
    "the one",
    "same",
    "that thing",
    "it all",
    "the last task you mentioned",
    "that todo",
    "the item",
];

const THEM: &[&str] = &[
    "them",
    "those",
    "these",
    "both",
    "both of them",
    "both of those",
    "both of these",
    "both tasks",
    "all of them",
    "all of these",
    "all of those",
    "all these",
    "all those",
    "them all",
    "they",
    "the two",
    "all three",
    "all four",
    "all five",
    "those tasks",
    "these tasks",
    "the lot",
    "all the above",
    "all of the above",
    "the two of them",
    "those two",
    "these two",
    "those three",
    "these three",
    "every one of them",
    "each of them",
    "them both",
    "all of it",
];

const NEWEST: &[&str] = &[
    "the last task i added",
    "the last one i added",
    "the task i just added",
    "the task i just created",
    "the one i just added",
    "what i just added",
    "my last task",
    "the newest task",
    "the latest task",
    "my newest task",
    "my latest task",
    "the last task i created",
    "the last thing i added",
    "the most recent task",
    "my most recent task",
    "the newest one",
    "the latest one",
    "the task i added last",
];

/// Reads a reference. Whatever is nothing else is a name.
pub(crate) fn read(clause: &Clause<'_>, context: &quick_add::Context<'_>) -> Target {
    let clause = trim(clause);
    if clause.is_empty() {
        return Target::Missing;
    }
    if clause.len() > LONGEST {
        return Target::Named(clause.source().to_owned());
    }
    if let Some(name) = clause.quoted() {
        return Target::Named(name.to_owned());
    }
    let is_one_of = |phrases: &[&str]| phrases.iter().any(|phrase| clause.reads(phrase));
    if is_one_of(IT) {
        return Target::It;
    }
    if is_one_of(THEM) {
        return Target::Them;
    }
    if is_one_of(NEWEST) {
        return Target::Newest;
    }
    if is_one_of(&["the other one", "the other", "the other task", "other one", "other"]) {
        return Target::Other;
    }
    numbers(&clause)
        .or_else(|| places(&clause))
        .or_else(|| except(&clause, context))
        .or_else(|| sets::bulk(&clause, context).map(Target::Set))
        .or_else(|| mixed(&clause, context))
        .unwrap_or_else(|| Target::Named(clause.source().to_owned()))
}

/// Without what says nothing at its ends.
pub(crate) fn trim<'a>(clause: &Clause<'a>) -> Clause<'a> {
    let mut clause = *clause;
    clause = without_list(&clause);
    while let Some(count) =
        TAILS.iter().find_map(|tail| clause.ends(tail)).filter(|count| *count < clause.len())
    {
        clause = clause.part(0..clause.len() - count);
    }
    clause
}

/// "milk from my shopping list": the list only says where it is.
fn without_list<'a>(clause: &Clause<'a>) -> Clause<'a> {
    let Some(last) = clause.len().checked_sub(1).filter(|last| clause.tokens[*last].is("list"))
    else {
        return *clause;
    };
    let leads = |at: &usize| {
        let (lead, owner) = (&clause.tokens[*at], &clause.tokens[at + 1]);
        ["from", "off", "on", "in", "of"].iter().any(|word| lead.is(word))
            && ["my", "the", "our"].iter().any(|word| owner.is(word))
    };
    match (last.saturating_sub(4)..last).find(leads) {
        Some(at)
            if at > 0
                && !["everything", "all", "anything", "tasks", "items", "things", "what"]
                    .iter()
                    .any(|word| clause.tokens[at - 1].is(word)) =>
        {
            clause.part(0..at)
        }
        _ => *clause,
    }
}

/// "task 3", "tasks 2, 4 and 6", "#3", "3 to 5", "number 3", "item 3", "3".
fn numbers(clause: &Clause<'_>) -> Option<Target> {
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
fn places(clause: &Clause<'_>) -> Option<Target> {
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

/// "everything except the dentist", "all but task 3".
fn except(clause: &Clause<'_>, context: &quick_add::Context<'_>) -> Option<Target> {
    let at = clause
        .tokens
        .iter()
        .position(|token| ["except", "but", "besides", "excluding"].iter().any(|w| token.is(w)))?;
    let before = clause.part(0..at);
    let mut after = clause.part(at + 1..clause.len());
    if let Some(count) = after.starts("for").or(after.starts("not")) {
        after = after.part(count..after.len());
    }
    let set = if before.reads("all")
        || before.reads("everything")
        || before.reads("all of them")
        || before.reads("them all")
        || before.reads("all of these")
    {
        Set::default()
    } else {
        sets::bulk(&before, context)?
    };
    (!after.is_empty()).then(|| Target::Except(set, Box::new(read(&after, context))))
}

/// "task 3 and the milk": more than one way of naming in one breath. Names alone stay together, because "milk and eggs"
/// may be one task; whoever knows the tasks takes them apart.
fn mixed(clause: &Clause<'_>, context: &quick_add::Context<'_>) -> Option<Target> {
    let parts = parts(clause);
    if parts.len() < 2 {
        return None;
    }
    let targets: Vec<Target> = parts.iter().map(|part| read(part, context)).collect();
    targets
        .iter()
        .any(|target| !matches!(target, Target::Named(_)))
        .then_some(Target::Several(targets))
}

/// The parts between commas and "and".
pub(crate) fn parts<'a>(clause: &Clause<'a>) -> Vec<Clause<'a>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, token) in clause.tokens.iter().enumerate() {
        if !token.quoted && (token.word == "and" || token.word == "plus") {
            if at > start {
                parts.push(clause.part(start..at));
            }
            start = at + 1;
        } else if token.pause == Pause::Comma {
            parts.push(clause.part(start..at + 1));
            start = at + 1;
        }
    }
    if start < clause.len() {
        parts.push(clause.part(start..clause.len()));
    }
    parts
}

//! Kinds of tasks, as questions and bulk commands name them: "everything overdue", "my high priority work tasks for this
//! week". Every word either narrows the set, is a filler, or is something to look for.

mod time;
mod words;

use todo_core::quick_add;

use super::{
    request::{Set, Which},
    text::Clause,
};
use words::{ALL, FILLERS, PHRASES, Role, TASK_NOUNS};

/// What a reading of a set found beside the set.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reading {
    pub(crate) set: Set,
    /// It speaks of tasks or of a list, so that a topic in it is a topic of tasks.
    pub(crate) of_tasks: bool,
    /// It says "all" or "every".
    pub(crate) all: bool,
}

/// Reads every word of a clause as part of a set.
pub(crate) fn read(clause: &Clause<'_>, context: &quick_add::Context<'_>) -> Reading {
    let mut reading = Reading::default();
    let mut used = vec![false; clause.len()];
    named_list(clause, &mut used, &mut reading);
    tags(clause, &mut used, &mut reading.set);
    phrases(clause, &mut used, &mut reading);
    time::read(clause, &mut used, &mut reading.set, context);
    nouns(clause, &mut used, &mut reading);
    let rest = clause
        .tokens
        .iter()
        .zip(&used)
        .filter(|(token, used)| !**used && !is_in(FILLERS, &token.word));
    let topic: Vec<&str> = rest
        .map(|(token, _)| clause.text[token.start..token.end].trim_matches(['#', '?']))
        .collect();
    reading.set.topic = topic.join(" ").chars().take(80).collect();
    if reading.set.status == Which::Completed && !reading.set.due.is_empty() {
        let set = &mut reading.set;
        (set.completed, set.completed_text) =
            (std::mem::take(&mut set.due), std::mem::take(&mut set.due_text));
        set.completed_text = set.completed_text.trim_start_matches("due ").to_owned();
    }
    reading
}

/// The tasks that a bulk command names: it has to say "all", or a kind in the plural.
pub(crate) fn bulk(clause: &Clause<'_>, context: &quick_add::Context<'_>) -> Option<Set> {
    let first = clause.tokens.first()?;
    let plural = clause.has_any(&[
        "tasks",
        "todos",
        "items",
        "reminders",
        "chores",
        "things",
        "ones",
        "stuff",
        "list",
        "lists",
    ]);
    let all = ALL.iter().any(|word| first.is(word)) || clause.has_any(&["everything", "anything"]);
    if !all && !plural {
        return None;
    }
    let reading = read(clause, context);
    let mut set = reading.set;
    if !set.topic.is_empty() && !reading.of_tasks && !all {
        return None;
    }
    // "all the milk" is a name; "the shopping list" is a set, "the list" is everything only when it says so.
    if !all && set.is_everything() && set.status == Which::Unsaid {
        let whole = clause.has_any(&["my", "entire", "whole", "list"]) && clause.len() <= 4;
        if !whole {
            return None;
        }
    }
    if all && set.topic.ends_with('s') && !set.topic.contains(' ') && set.tag.is_empty() {
        // "all groceries": probably a tag.
        set.tag = std::mem::take(&mut set.topic).to_lowercase();
        set.tag_is_guess = true;
    }
    if all
        && !set.topic.is_empty()
        && !reading.of_tasks
        && !clause.has_any(&["everything", "anything"])
    {
        return None;
    }
    if !set.topic.is_empty() && !set.tag.is_empty() && set.tag_is_guess {
        set.topic = format!("{} {}", set.topic, set.tag);
        set.tag.clear();
    }
    Some(set)
}

pub(crate) fn is_in(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}

/// Names of lists that mean all tasks: they are no tags.
pub(crate) fn is_plain_list(word: &str) -> bool {
    is_in(
        "todo todos to-do task tasks reminder reminders daily main current whole entire full own chore chores calendar agenda \
           things personal-todo master general",
        word,
    )
}

/// "my shopping list", "the list of groceries".
fn named_list(clause: &Clause<'_>, used: &mut [bool], reading: &mut Reading) {
    for (at, token) in clause.tokens.iter().enumerate() {
        if !token.is("list") && !token.is("lists") {
            continue;
        }
        if at == 0 && clause.len() > 1 && !clause.tokens[1].is("of") {
            // "list my tasks" is a verb.
            continue;
        }
        reading.of_tasks = true;
        used[at] = true;
        if let Some(before) = at.checked_sub(1)
            && !is_in(FILLERS, &clause.tokens[before].word)
            && !is_in(TASK_NOUNS, &clause.tokens[before].word)
            && !used[before]
        {
            used[before] = true;
            if !is_plain_list(&clause.tokens[before].word)
                && !is_in(ALL_WORDS, &clause.tokens[before].word)
            {
                let mut from = before;
                // "my new house list" has a name of two words.
                if let Some(more) = before.checked_sub(1)
                    && more > 0
                    && !is_in(FILLERS, &clause.tokens[more].word)
                    && !is_in(TASK_NOUNS, &clause.tokens[more].word)
                    && clause.tokens[more - 1].is("my")
                {
                    from = more;
                    used[more] = true;
                }
                reading.set.tag = tag_name(&clause.part(from..at));
            }
        }
    }
}

const ALL_WORDS: &str = "all whole entire complete full";

/// A name of a list as a tag.
pub(crate) fn tag_name(clause: &Clause<'_>) -> String {
    let words: Vec<&str> = clause.words().collect();
    let name = words.join("-");
    name.trim_start_matches('#').trim_end_matches("'s").to_owned()
}

/// "#work", "tagged work", "with the tag work".
fn tags(clause: &Clause<'_>, used: &mut [bool], set: &mut Set) {
    for (at, token) in clause.tokens.iter().enumerate() {
        if used[at] || token.quoted {
            continue;
        }
        if let Some(name) = token
            .word
            .strip_prefix('#')
            .filter(|name| !name.is_empty() && name.parse::<i64>().is_err())
        {
            set.tag = name.to_owned();
            used[at] = true;
        } else if ["tagged", "tag", "labeled", "labelled", "label", "category"]
            .iter()
            .any(|word| token.is(word))
        {
            used[at] = true;
            let fillers = clause.tokens[at + 1..]
                .iter()
                .take_while(|t| is_in("with as the tag label", &t.word))
                .count();
            let next = at + 1 + fillers;
            if let Some(name) = clause.tokens.get(next) {
                set.tag = name.word.trim_start_matches('#').to_owned();
                used[at..=next].fill(true);
            }
        }
    }
}

/// Fixed phrases, longest first.
fn phrases(clause: &Clause<'_>, used: &mut [bool], reading: &mut Reading) {
    for (phrases, role) in PHRASES {
        for phrase in phrases.split(',') {
            let words = phrase.split(' ').count();
            for at in 0..clause.len().saturating_sub(words - 1) {
                if used[at..at + words].contains(&true)
                    || !clause.part(at..at + words).reads(phrase)
                {
                    continue;
                }
                used[at..at + words].fill(true);
                take(*role, &mut reading.set);
            }
        }
    }
}

fn take(role: Role, set: &mut Set) {
    match role {
        Role::Status(status) => set.status = status,
        Role::Due(due, text) => (set.due, set.due_text) = (due.to_owned(), text.to_owned()),
        Role::Priority(priority) => set.priority = priority.to_owned(),
        Role::Sort(sort) => set.sort = sort.to_owned(),
    }
}

/// "work tasks": the word before the noun narrows.
fn nouns(clause: &Clause<'_>, used: &mut [bool], reading: &mut Reading) {
    for (at, token) in clause.tokens.iter().enumerate() {
        if ALL.iter().any(|word| token.is(word)) {
            reading.all = true;
        }
        if used[at] || !is_in(TASK_NOUNS, token.meant.unwrap_or(&token.word)) {
            continue;
        }
        used[at] = true;
        reading.of_tasks = true;
        let Some(before) = at.checked_sub(1) else { continue };
        let word = &clause.tokens[before];
        if !used[before]
            && !word.quoted
            && !is_in(FILLERS, &word.word)
            && reading.set.tag.is_empty()
        {
            used[before] = true;
            reading.set.tag = word.word.trim_end_matches("'s").to_owned();
            reading.set.tag_is_guess = true;
        }
    }
}

//! Adding. What a pattern leaves is the task, whatever it looks like: "add a task to complete the tax form".

mod lists;
mod parts;
mod table;

use std::sync::LazyLock;

use super::{
    super::{
        pattern::Book,
        request::{Adding, Request},
        target,
        text::{Clause, Pause},
    },
    Scene,
};
pub(crate) use lists::tail;
pub(crate) use parts::adding;
use table::{Kind, TABLE};

static BOOK: LazyLock<Book<Kind>> = LazyLock::new(|| Book::new(TABLE));

pub(super) fn read(clause: &Clause<'_>, scene: &Scene<'_>) -> Option<Request> {
    let (clause, if_absent) = parts::condition(clause);
    let request = read_plain(&clause, scene)?;
    Some(match request {
        Request::Add(adding) => {
            Request::Add(Adding { if_absent: adding.if_absent || if_absent, ..adding })
        }
        other => other,
    })
}

fn read_plain(clause: &Clause<'_>, scene: &Scene<'_>) -> Option<Request> {
    // "what do I need to do?" asks, however much it sounds like a wish.
    if clause.asks() && !clause.has_any(&["add", "remind", "create", "put"]) {
        return None;
    }
    BOOK.find(clause, |kind, holes| {
        let text = holes.get("text", clause);
        let adding = match kind {
            Kind::Empty => empty(&holes.get("tag", clause))?,
            Kind::Listed => {
                let named = holes.get("tag", clause);
                let colon = clause
                    .tokens
                    .iter()
                    .any(|token| token.is("list") && token.pause >= Pause::Colon);
                let makes = clause.starts("to").or(clause.starts("on")).is_none()
                    && !clause.has_any(&["to", "on", "onto", "in", "into"]);
                if named.len() > 3
                    || makes && !colon && !text.is_empty() && !clause.has_any(&["with"])
                {
                    return None;
                }
                adding(&text, Some(&named))
            }
            Kind::Ranked => {
                let level = super::priority::level(&holes.get("level", clause))?;
                let mut adding = adding(&text, None);
                for line in &mut adding.lines {
                    *line = format!("{line} !{level}");
                }
                adding
            }
            Kind::Several => several(&text)?,
            Kind::Heading => {
                let when = holes.get("when", clause);
                let before = clause.tokens.iter().rfind(|t| t.end <= text.tokens[0].start)?;
                if before.pause != Pause::Colon {
                    return None;
                }
                let mut adding = several(&text)?;
                if !when.is_empty() {
                    todo_core::quick_add::parse_when(when.source(), scene.context)?;
                    for line in &mut adding.lines {
                        *line = format!("{line} {}", when.source());
                    }
                }
                adding
            }
            Kind::ListLabel => {
                let named = holes.get("tag", clause);
                if named.len() > 2 || clause.tokens.iter().take(5).all(|t| t.pause != Pause::Colon)
                {
                    return None;
                }
                let list = clause.tokens.iter().position(|t| t.pause == Pause::Colon)?;
                if clause.tokens[list].start >= text.tokens[0].start {
                    return None;
                }
                let mut adding = adding(&text, Some(&named));
                adding.lines = lists::items(&text).unwrap_or(adding.lines);
                adding
            }
            Kind::NeedAdd => {
                let place = ["to the", "to my", "to our", "to their", "to his", "to her"];
                let (rest, _) = lists::tail(&text);
                let into = (1..text.len()).any(|at| {
                    let rest = text.part(at..text.len());
                    place.iter().any(|lead| rest.starts(lead).is_some())
                });
                if into && rest.len() == text.len() && target::count(&text.tokens[0].word).is_none()
                {
                    let verb = clause.tokens.iter().position(|token| token.is("add"))?;
                    adding(&clause.part(verb..clause.len()), None)
                } else {
                    adding(&text, None)
                }
            }
            Kind::Urgent => {
                let first = text.tokens.first()?;
                let before = clause.tokens.iter().rfind(|t| t.end <= first.start)?;
                let verb = super::super::sets::is_in(super::bare::VERBS, &first.word);
                if before.pause != Pause::Colon && (!verb || first.quoted || text.len() < 2) {
                    return None;
                }
                let level = super::priority::level(&holes.get("level", clause))?;
                let mut adding = adding(&text, None);
                for line in &mut adding.lines {
                    *line = format!("{line} !{level}");
                }
                adding
            }
            Kind::Afterthought => {
                let remind = clause.tokens.iter().position(|token| token.is("remind"))?;
                if remind == 0 || clause.tokens[remind - 1].pause < Pause::Comma || text.len() < 3 {
                    return None;
                }
                let said = plainly(&text);
                let when = holes.get("when", clause);
                if !when.is_empty() {
                    todo_core::quick_add::parse_when(when.source(), scene.context)?;
                }
                Adding {
                    lines: vec![format!("{said} {}", when.source()).trim().to_owned()],
                    ..Adding::default()
                }
            }
            Kind::Wish => {
                let first = text.tokens.first().filter(|token| !token.quoted)?;
                if text.len() < 2 || !super::super::sets::is_in(super::bare::VERBS, &first.word) {
                    return None;
                }
                adding(&text, None)
            }
            Kind::Remind if asks(&text) || text.starts("me").is_some() => return None,
            Kind::Remind => remind(&text, &holes.get("when", clause), scene)?,
            Kind::Fact => fact(&text, &holes.get("when", clause), scene)?,
            Kind::Label if !is_label(clause) || asks(&text) => return None,
            Kind::Label => adding(&text, None),
            Kind::Add if asks(&text) && !clause.tokens[0].is("add") => return None,
            Kind::Add if is_knowing(&text) || is_number_of_task(clause, &text) => return None,
            Kind::Add => {
                added(clause, &text, holes.has("name").then(|| holes.get("name", clause)).as_ref())
            }
        };
        Some(Request::Add(adding))
    })
}

/// "task buy milk" is a label only with a colon or a dash: "task: buy milk".
fn is_label(clause: &Clause<'_>) -> bool {
    let first = &clause.tokens[0];
    matches!(first.pause, Pause::Colon | Pause::Stop)
}

/// "I need to know what is due", "I have to see my list": not something to do later.
fn is_knowing(text: &Clause<'_>) -> bool {
    ["know", "see", "view", "delete task", "remove task", "complete task", "mark task", "add"]
        .iter()
        .any(|phrase| {
            text.starts(phrase).is_some()
                && (phrase.len() > 4
                    || text.has_any(&[
                        "task", "tasks", "list", "todos", "what", "what's", "how", "which", "due",
                        "when", "a", "to",
                    ]))
        })
        && !text.tokens[0].quoted
}

/// "set task 2 to …": the number of a task, not the name of one.
fn is_number_of_task(clause: &Clause<'_>, text: &Clause<'_>) -> bool {
    let Some(first) = text.tokens.first() else { return false };
    let before = clause.tokens.iter().rfind(|token| token.end <= first.start);
    let noun = before.is_some_and(|token| {
        ["task", "tasks", "item", "items", "todo", "reminder"].iter().any(|word| token.is(word))
    });
    noun && !first.quoted && text.len() > 1 && target::count(&first.word).is_some()
}

/// A question in place of something to do.
fn asks(text: &Clause<'_>) -> bool {
    let words =
        ["what", "what's", "which", "when", "how", "who", "where", "when's", "if", "whether"];
    text.tokens.first().is_some_and(|token| words.iter().any(|word| token.is(word)))
}

fn empty(tag: &Clause<'_>) -> Option<Adding> {
    if tag.is_empty() {
        return Some(Adding::default());
    }
    // "add a shopping task": the name of a list, and nothing to put on it.
    (tag.len() == 1
        && !tag.tokens[0].quoted
        && super::super::sets::is_in(
            "shopping grocery groceries work home personal school household",
            &tag.tokens[0].word,
        ))
    .then(|| Adding { tags: vec![tag.tokens[0].word.clone()], ..Adding::default() })
}

/// "mum's birthday is on 9 march" without its verb, as it stands on paper.
fn plainly(text: &Clause<'_>) -> String {
    let verb = (1..text.len().saturating_sub(1)).find(|at| {
        let is = text.tokens[*at].is("is") || text.tokens[*at].is("are");
        is && ["on", "at", "in", "due"].iter().any(|word| text.tokens[at + 1].is(word))
    });
    match verb {
        Some(at) => {
            format!("{} {}", text.part(0..at).source(), text.part(at + 1..text.len()).source())
        }
        None => text.source().to_owned(),
    }
}

fn several(text: &Clause<'_>) -> Option<Adding> {
    let mut adding = adding(text, None);
    let [line] = adding.lines.as_slice() else { return Some(adding) };
    let tokens = super::super::text::tokens(line);
    let items: Vec<String> = target::parts(&Clause::new(line, &tokens))
        .iter()
        .map(|part| part.source().to_owned())
        .collect();
    if items.len() < 2 {
        return None;
    }
    adding.lines = items;
    Some(adding)
}

fn added(clause: &Clause<'_>, text: &Clause<'_>, name: Option<&Clause<'_>>) -> Adding {
    let mut adding = adding(text, name);
    // "schedule a meeting with Ana": what is scheduled is the title.
    if let Some(noun) = clause.tokens.iter().find(|token| {
        token.end <= text.tokens.first().map_or(usize::MAX, |t| t.start)
            && super::super::sets::is_in(
                "meeting appointment call visit session event checkup interview lunch dinner",
                &token.word,
            )
    }) && ["schedule", "plan", "arrange", "book", "set"]
        .iter()
        .any(|verb| clause.tokens[0].is(verb))
    {
        let from = if clause.tokens[0].is("schedule") || clause.tokens[0].is("set") {
            noun.start
        } else {
            clause.tokens[0].start
        };
        let end = clause.tokens.last().map_or(from, |token| token.end);
        adding.lines = vec![clause.text[from..end].to_owned()];
    }
    adding
}

fn remind(text: &Clause<'_>, when: &Clause<'_>, scene: &Scene<'_>) -> Option<Adding> {
    let mut adding = adding(text, None);
    if !when.is_empty() {
        // "tomorrow remind me to …", "in an hour remind me to …"
        todo_core::quick_add::parse_when(when.source(), scene.context)?;
        for line in &mut adding.lines {
            *line = format!("{line} {}", when.source());
        }
    }
    Some(adding)
}

/// "I have a dentist appointment on friday" is one to keep only because of its date.
fn fact(text: &Clause<'_>, when: &Clause<'_>, scene: &Scene<'_>) -> Option<Adding> {
    if text.len() > 25
        || text.has_any(&[
            "nothing", "no", "idea", "question", "problem", "tasks", "task", "idea", "feeling",
        ])
    {
        return None;
    }
    if when.is_empty() {
        let parsed = todo_core::quick_add::parse(text.source(), scene.context);
        // "I had my blood taken yesterday" tells of something.
        parsed.due.as_ref().filter(|due| due.date >= scene.context.now.date())?;
        return Some(adding(text, None));
    }
    todo_core::quick_add::parse_when(when.source(), scene.context)?;
    // Whether there is such a task already, only the list knows: then it is that one's date.
    None
}

//! Adding. What a pattern leaves is the task, whatever it looks like: "add a task to complete the tax form".

mod lists;
mod parts;

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

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Add,
    /// Several at once, between commas.
    Several,
    /// The list comes first.
    Listed,
    /// "an urgent task to …"
    Ranked,
    /// "remind me what is due" asks.
    Remind,
    /// A fact with a date: "I have a meeting on friday".
    Fact,
    /// "task: buy milk"
    Label,
    /// What to add is missing.
    Empty,
}

const TABLE: &[(Kind, &str)] = &[
    (
        Kind::Empty,
        "
        add|create|make|new|insert|record|enter|start|set|put <det>* <task> up?
        add|create|make|new|insert|record something|one|more|another|it?
        add|create|make <det>* <task> to|on|in|for my|the <list>
        add something|one|another to|on my|the <list>
        add|put to|on my|the <list>
        remind me
        remind me of|about|to something|stuff?
        i need|want a|another reminder|task|todo
        set a|another reminder
        <task> <task>?
        new one
        add <det>* new? {tag} <task>",
    ),
    (Kind::Remind, "note to self|myself {text}"),
    (
        Kind::Several,
        "
        <addverb> these|following|the|multiple|some|several|two|three|four|five|six|all|of|few|a|couple|2|3|4|5|6* new? tasks|items|todos|things|reminders|chores|errands for|to|me* {text}
        <addverb> the|all? following|these {text}
        my tasks|todos for today|tomorrow? are {text}",
    ),
    (
        Kind::Listed,
        "
        create|make|start|begin|new a|an|my|our new? {tag} list with|of|for? {text?}
        <addverb> to|on|onto|in|into my|the|our {tag} list {text}
        to|on|onto|in|into my|the|our {tag} list add|put|write|include {text}",
    ),
    (
        Kind::Ranked,
        "
        <addverb> a|an|another|the|new* {level} new? <task> to|for|called|named|about|that|saying* {text}
        a|an|new|another* {level} <task> to|for|called|named|about* {text}",
    ),
    (
        Kind::Add,
        "
        <addverb> down? <det>* <task> down? named|called|titled|labeled|saying|reading|that's|which|that|says|is|to|for|about|of|with|the|title|name|text|description|me|i|need|have|should|must* {text}
        <addverb> <det>* <task> {text}
        new|another <task> to|for|called|named|about|that|says|saying* {text}
        <task> to|called|named {text}
        write|jot|note|put|take|get|log|mark down {text}
        write|jot|note|put|get {text} down
        add|create|insert|append|include|enter|record|log|register|queue|save|note|jot {text}
        i need|want you? to? add {text}
        i|we forgot to add|mention|put|write|note {text}
        put|stick|throw|pop|get|place|slap|write|toss|chuck|schedule {text} on|in|onto|into|to my|the|our|a {name?} <list>
        i need|want {text} on|in my|the|our {name?} <list>
        {text} needs|has to|should go|be on|to|in my|the {name?} <list>
        add|put in|on {text}
        schedule|plan|arrange|book|set up? a|an|the|my? meeting|appointment|call|visit|session|reminder|event|time|checkup|interview|lunch|dinner|date {text?}",
    ),
    (
        Kind::Remind,
        "
        remind|reminder|remember|reminding me|us? again|also|later|please? to|about|of|that|for|i|we|need|have|should|must|gotta|got* {text}
        set|create|make|add|give|send me? a|an|another|the reminder|reminders|alert|notification me? to|about|of|that|for|i|need|have* {text}
        {when} remind me to|about|of|that? {text}
        don't|do not? let me forget to|about|that|i|need|have* {text}
        don't|do not? forget to|about|that|i|need|have* {text}
        i don't want to forget to|about? {text}
        i|we can't|shouldn't|mustn't|must|should not? forget to|about? {text}
        i|we shouldn't|can't forget to|about? {text}
        i|we need|have|want|must|should|ought|got|gotta to? remember to|about|that|i|need|have* {text}
        make sure i|that|we|to|don't|forget|remember* {text}
        be sure to|i {text}
        remember to {text}
        keep in mind to|that {text}
        i'd|i better|hate|would like|should? not|to? forget to|about? {text}",
    ),
    (
        Kind::Add,
        "
        i|we really|also|still|just|definitely|absolutely|actually|probably|urgently* need|have|ought|got|gotta|needa|hafta to {text}
        i|we really|also|still|just|definitely* must|gotta|should|needa|hafta {text}
        i've|we've|ive also|still|really* got to {text}
        need|have|got|gotta|hafta|must to {text}
        gotta|must|hafta {text}
        i'm|we're supposed|meant|due to {text}
        i'd|i|you better {text}
        i|we will|shall need|have to {text}
        i'll|we'll need|have to {text}
        it's time to {text}
        time to {text}
        i|we need|want {text} done|finished|completed|sorted by|before|on|until {when}
        to do {text}
        there's|there is? {text} to do
        next time remind me {text}
        i promised to|i'd|that|i* {text}
        i'm going|gonna|planning to {text}
        i plan|intend to|on {text}",
    ),
    (
        Kind::Fact,
        "
        i|we have|got|'ve|had got? a|an|my|another|the|to|some {text}
        i've|we've got? a|an|my|another|the|some? {text}
        there's|there is|will be? a|an|another|the? {text}
        my|our {text} is|are|starts|begins on|at|in|due|this|next|by? {when}
        the|a|an {text} is|starts|begins on|at|due|by? {when}",
    ),
    (Kind::Add, "another|new one {text}"),
    (Kind::Label, "task|todo|todos|reminder|reminders|tasks|note|memo|new {text}"),
];

static BOOK: LazyLock<Book<Kind>> = LazyLock::new(|| Book::new(TABLE));

pub(super) fn read(clause: &Clause<'_>, scene: &Scene<'_>) -> Option<Request> {
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
        parsed.due.as_ref()?;
        return Some(adding(text, None));
    }
    todo_core::quick_add::parse_when(when.source(), scene.context)?;
    // Whether there is such a task already, only the list knows: then it is that one's date.
    None
}

//! Notes.

use std::sync::LazyLock;

use super::{
    super::{
        pattern::Book,
        request::{Action, Request, Target},
        target,
        text::{Clause, Pause},
    },
    Scene,
};

#[derive(Debug, Clone, Copy)]
enum Kind {
    Set,
    /// What is said comes first, then the task.
    Clear,
    It,
}

const TABLE: &[(Kind, &str)] = &[
    (
        Kind::Clear,
        "
        remove|delete|clear|erase|drop the|its? description|note|notes|details|comment|comments from|of|on|for {task}
        remove|delete|clear {task} description|notes|note",
    ),
    (
        Kind::Set,
        "
        add|put|attach|write|leave|append|make|set a|the? note|notes|description|comment|detail|details to|on|for|of|in {colon} {text}
        add|put|attach|write|leave|append|set a|the? note|notes|description|comment|detail|details to|on|for|of|in {task} saying|that|with|as {text}
        set a|the? note|notes|description|comment to|on|for|of|in {task} to {text}
        add|put|attach|write|leave|append|set|make|change|update|edit a|an|the|this? note|notes|description|comment|detail|details {text} to|on|for {task}
        add|put|write|attach|append {quote} to|in|as|on the|a? description|note|notes|details of|for|to|on {task}
        set|change|update|edit|make the? description|note|notes|details of|for|on|to {task} to|as|with {text}
        set|change|update|edit {task} description|notes|note|details to {text}
        describe {task} as|with {text}
        note on|for|to|about {colon} {text}
        the|a note|notes|description on|for|to|about|of {colon} {text}
        note on|for|to|about {known} {text}
        add {quote} as a? note|description|comment to|on|for {task}
        add|put|attach|write|leave|append a|the? note|notes|description|comment|detail|details to|on|for {known} {text}
        description|notes|note of|for {colon} {text}",
    ),
    (
        Kind::It,
        "
        with|add a|the? note|description|comment|notes saying|that|of|to? {text}
        note|description|notes|details {text}",
    ),
];

static BOOK: LazyLock<Book<Kind>> = LazyLock::new(|| Book::new(TABLE));

pub(super) fn read(clause: &Clause<'_>, scene: &Scene<'_>) -> Option<Request> {
    BOOK.find(clause, |kind, holes| {
        if holes.has("quote") && holes.get("quote", clause).quoted().is_none() {
            return None;
        }
        let notes_a_fact = ["make a note that", "make a note to", "take a note that"];
        if notes_a_fact.iter().any(|lead| clause.starts(lead).is_some()) {
            return None;
        }
        let written = holes.get("text", clause).tokens.first().map(|token| token.start);
        let before = clause.tokens.iter().rfind(|token| Some(token.start) < written);
        let is_heading = before.is_some_and(|token| token.pause == Pause::Colon);
        if is_heading
            && matches!(kind, Kind::Set)
            && written < holes.get("task", clause).tokens.first().map(|token| token.start)
        {
            // "add a note: ask for Ms Lee" names no task.
            return None;
        }
        let colon = holes.get("colon", clause);
        if holes.has("colon") && colon.tokens.last().is_none_or(|token| token.pause < Pause::Comma)
        {
            return None;
        }
        let known = holes.get("known", clause);
        let named = [colon, known]
            .into_iter()
            .find(|hole| !hole.is_empty())
            .unwrap_or_else(|| holes.get("task", clause));
        let target = match kind {
            // "note: buy milk" alone is a task; after one it is a note to it only when it says so.
            Kind::It
                if !scene.has_focus
                    || clause.tokens[0].is("note") && !clause.has_any(&["that", "saying"]) =>
            {
                return None;
            }
            Kind::It => Target::It,
            _ => target::read(&named, scene.context),
        };
        let to_self = ["self", "myself", "me"].iter().any(|word| named.reads(word));
        if to_self
            || matches!(target, Target::Missing | Target::Set(_))
            || holes.has("known") && matches!(target, Target::Named(_))
        {
            return None;
        }
        let text = match kind {
            Kind::Clear => "none".to_owned(),
            _ if holes.has("quote") => holes.get("quote", clause).plain().to_owned(),
            _ => holes.get("text", clause).plain().to_owned(),
        };
        (!text.trim().is_empty())
            .then_some(Request::Change { action: Action::Describe { text }, target })
    })
}

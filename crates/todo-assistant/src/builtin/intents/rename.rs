//! New names.

use std::sync::LazyLock;

use super::{
    super::{
        pattern::Book,
        request::{Action, Request, Target},
        target,
        text::Clause,
    },
    Scene,
};

#[derive(Debug, Clone, Copy)]
enum Kind {
    /// "rename": the whole title.
    Rename,
    /// "change milk to oat milk": perhaps a part of it.
    Change,
    /// "change Lisbon to Porto in the flights task"
    Inside,
    /// The last task is called wrongly.
    Call,
    /// The new name is missing.
    Ask,
}

const TABLE: &[(Kind, &str)] = &[
    (
        Kind::Rename,
        "
        rename|retitle|reword|rephrase {task} to|as|into {title}
        change|update|edit|set|make the|its? title|name|text|wording of|for {task} to|as {title}
        change|update|edit|set {task} title|name|text to {title}
        change|edit|update {task} so? it|to says|say|read|reads {title}
        give {task} the|a new? name|title {title}
        {task} should|must|needs to? be called|named|say|read|titled {title}
        {task} is|are now? called|named {title}
        {task} should say|read {title}
        set the? title of {task} to {title}",
    ),
    (
        Kind::Call,
        "
        call|name it|that|this {title}
        rename it|that|this? to|as {title}
        it should|must be? called|named|say|read|be {title}
        it's called|named {title}
        the? title|name should|is|must be? {title}
        change|set the? title|name to {title}
        i meant {title}
        rename to|as {title}",
    ),
    (Kind::Inside, "change|replace|swap|correct {old} to|with|by|into {title} in|on|of {task}"),
    (
        Kind::Change,
        "
        change|edit|update|modify|switch|turn|correct|fix|alter {task} to|into {title}
        replace|swap {task} with|by|for {title}
        make {task} say|read {title}
        call {task} {title} instead|now|from on?
        rename {task} {loose}
        fix|correct|change|update the? title|name of {task} {loose}",
    ),
    (
        Kind::Ask,
        "
        rename|retitle|reword {task}
        change|edit|update the? name|title of {task}",
    ),
];

static BOOK: LazyLock<Book<Kind>> = LazyLock::new(|| Book::new(TABLE));

pub(super) fn read(clause: &Clause<'_>, scene: &Scene<'_>) -> Option<Request> {
    BOOK.find(clause, |kind, holes| {
        let loose = holes.get("loose", clause);
        let title =
            if loose.is_empty() { strip_instead(&holes.get("title", clause)) } else { loose };
        let named = holes.get("task", clause);
        let target = match kind {
            Kind::Call => Target::It,
            _ => target::read(&named, scene.context),
        };
        if matches!(target, Target::Missing | Target::Set(_) | Target::Except(..))
            || matches!(kind, Kind::Call) && !scene.has_focus
        {
            return None;
        }
        if !loose.is_empty() && loose.quoted().is_none() && !matches!(target, Target::Ids(_)) {
            return None;
        }
        let of = match kind {
            Kind::Change => named.plain().to_owned(),
            Kind::Inside if !named.has_any(&["task", "item", "todo", "it", "reminder"]) => {
                return None;
            }
            Kind::Inside => holes.get("old", clause).plain().to_owned(),
            _ => String::new(),
        };
        if matches!(kind, Kind::Ask) {
            return Some(Request::Change {
                action: Action::Rename { title: String::new(), of: String::new() },
                target,
            });
        }
        let title = title.plain().trim().to_owned();
        let is_name = title.chars().any(char::is_alphanumeric);
        is_name.then_some(Request::Change { action: Action::Rename { title, of }, target })
    })
}

fn strip_instead<'a>(title: &Clause<'a>) -> Clause<'a> {
    match title.ends("instead").filter(|count| *count < title.len()) {
        Some(count) => title.part(0..title.len() - count),
        None => *title,
    }
}

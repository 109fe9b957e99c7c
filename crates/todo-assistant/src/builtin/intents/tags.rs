//! Tags, and moving tasks to a named list.

use std::sync::LazyLock;

use super::{
    super::{
        pattern::Book,
        request::{Action, Request, Target},
        sets, target,
        text::Clause,
    },
    Scene,
};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Add,
    /// Putting on a list: only what exists already, otherwise it is a task to add.
    Put,
    Remove,
    ItAdd,
}

const TABLE: &[(Kind, &str)] = &[
    (
        Kind::Remove,
        "
        remove|delete|drop|take|strip|clear its|the|all* tag|tags|label|labels from|off|of {task}
        remove|delete|drop|take|strip|clear the|a? tag|tags|label {tag} from|off|of {task}
        remove|delete|drop|take|strip the? {tag} tag|tags|label from|off|of {task}
        remove|delete|drop|take|strip {hash} from|off|of {task}
        untag {task} from|as|with {tag}
        untag {task}
        {task} is|are not|no longer|tagged {tag} anymore|any more?
        remove all? tags from|of|off {task}",
    ),
    (
        Kind::Add,
        "
        tag|label|categorize|categorise|file|classify|mark {task} with|as|under|by|to the|a? tag|label? {hash}
        tag|label|categorize|categorise|file|classify {task} with|as|under|by|to the|a|my? tag|label? {tag} list|tag?
        add|put|attach|apply|assign|set|give|use the|a? tag|tags|label|labels {tag} to|on|for|with {task}
        add|put|attach|apply|assign the|a? {tag} tag|label to|on|for {task}
        add|put|attach|apply {hash} to|on|for {task}
        give {task} the|a tag|label {tag}
        give {task} the|a {tag} tag|label
        add|put|set {task} tag|tags|label as|to? {hash}
        move|transfer {task} to|into|onto|under the|my|our {tag} list|category|folder
        tag {task} {hash}
        {task} belongs|goes to|on|in|under the|my|our {tag} list",
    ),
    (Kind::Put, "add|put|move {task} to|on|onto|in|into|under the|my|our {tag} list"),
    (
        Kind::ItAdd,
        "
        tag|label it|that|this as|with? {tag}
        tag|label as|with {tag}
        under|in|on the|my {tag} list",
    ),
];

static BOOK: LazyLock<Book<Kind>> = LazyLock::new(|| Book::new(TABLE));

pub(super) fn read(clause: &Clause<'_>, scene: &Scene<'_>) -> Option<Request> {
    BOOK.find(clause, |kind, holes| {
        let hash = holes.get("hash", clause);
        if holes.has("hash") && !hash.words().all(|word| word.starts_with('#') || word == "and") {
            return None;
        }
        let names = if holes.has("hash") { hash } else { holes.get("tag", clause) };
        let tags = names_of(&names);
        if tags.is_empty() && kind != Kind::Remove
            || tags.iter().any(|tag| sets::is_plain_list(tag))
            || tags.len() > 10
        {
            return None;
        }
        let target = match kind {
            Kind::ItAdd if scene.has_focus => Target::It,
            Kind::ItAdd => return None,
            _ => target::read(&holes.get("task", clause), scene.context),
        };
        let is_known = matches!(
            target,
            Target::Ids(_) | Target::It | Target::Them | Target::Places(_) | Target::Numbers(_)
        );
        if target == Target::Missing || kind == Kind::Put && !is_known {
            return None;
        }
        let action = match kind {
            Kind::Remove => Action::Tag { add: Vec::new(), remove: tags },
            _ => Action::Tag { add: tags, remove: Vec::new() },
        };
        Some(Request::Change { action, target })
    })
}

/// "work and urgent", "#home #garden"
fn names_of(clause: &Clause<'_>) -> Vec<String> {
    if clause.len() > 8 {
        return Vec::new();
    }
    let hashed = clause.words().any(|word| word.starts_with('#'));
    let parts = target::parts(clause);
    let names: Vec<String> = if hashed {
        clause
            .words()
            .filter(|word| word.starts_with('#'))
            .map(|word| word.trim_start_matches('#').to_owned())
            .collect()
    } else {
        parts.iter().map(sets::tag_name).collect()
    };
    names.into_iter().filter(|name| !name.is_empty() && name.chars().count() <= 50).collect()
}

//! Complete, reopen, delete, restore.

mod table;

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
use table::{DID, Kind, TABLE};

static BOOK: LazyLock<Book<Kind>> = LazyLock::new(|| Book::new(TABLE));
static DID_BOOK: LazyLock<Book<Kind>> = LazyLock::new(|| Book::new(DID));

/// Verbs alone: what is missing will be asked for.
const ALONE: &[(&str, Action)] = &[
    ("complete finish done", Action::Complete),
    ("delete remove erase", Action::Delete),
    ("reopen uncheck", Action::Reopen),
    ("restore undelete", Action::Restore),
];

/// Words that turn a statement round.
const NEGATIONS: &[&str] = &[
    "not", "never", "don't", "didn't", "haven't", "hasn't", "isn't", "won't", "can't", "wasn't",
    "couldn't", "aren't", "without", "if", "unless", "almost", "nearly", "half", "partly",
];

pub(super) fn read(clause: &Clause<'_>, scene: &Scene<'_>) -> Option<Request> {
    if let Some(action) = alone(clause) {
        return Some(Request::Change { action, target: Target::Missing });
    }
    let found = BOOK.find(clause, |kind, holes| {
        let named = holes.get("task", clause);
        let pronoun_only = named.is_empty();
        if pronoun_only && kind == Kind::Reopen {
            return Some((kind, Target::It));
        }
        if pronoun_only
            && (clause.reads("that's done") || kind == Kind::Complete && clause.len() <= 5)
        {
            return Some((kind, Target::It));
        }
        let negated = kind != Kind::Reopen
            && named.has_any(NEGATIONS)
            && !named.has_any(&["except"])
            && named.quoted().is_none();
        if kind == Kind::Complete && is_for_later(clause, &named, scene) {
            return None;
        }
        // "finish" and "complete" have no object in "mark as done".
        if pronoun_only || negated || is_nothing(&named) || is_verb_left(&named) {
            return None;
        }
        let target = match named.tokens {
            // "second is done"
            [one] if !one.quoted && target::place(&one.word).is_some() => {
                Target::Places(target::place(&one.word).into_iter().collect())
            }
            _ => target::read(&named, scene.context),
        };
        (target != Target::Missing).then_some((kind, target))
    });
    let (kind, target) = found.or_else(|| did(clause, scene))?;
    if target == Target::Missing {
        return None;
    }
    let action = match kind {
        Kind::Complete | Kind::Did | Kind::Stated => Action::Complete,
        Kind::Reopen => Action::Reopen,
        Kind::Delete | Kind::Unneeded => Action::Delete,
        Kind::Restore => Action::Restore,
    };
    Some(Request::Change { action, target })
}

/// Whether a clause says of a thing what was done with it: that counts only when it is a task.
pub(crate) fn is_statement(clause: &Clause<'_>, scene: &Scene<'_>) -> bool {
    BOOK.find(clause, |_, _| Some(())).is_none()
        && matches!(did(clause, scene), Some((Kind::Stated, _)))
}

/// "finish the report by friday" plans, it does not report.
fn is_for_later(clause: &Clause<'_>, named: &Clause<'_>, scene: &Scene<'_>) -> bool {
    let plans =
        ["finish", "complete", "close", "resolve"].iter().any(|verb| clause.tokens[0].is(verb));
    if !plans || named.len() > 30 || named.quoted().is_some() {
        return false;
    }
    let Some((range, when)) = todo_core::quick_add::find_when(named.source(), scene.context) else {
        return false;
    };
    let due = named.has_any(&["due", "from", "everything", "all", "my"])
        && named.has_any(&["due", "tasks", "everything", "all"]);
    range.end == named.source().len()
        && range.start > 0
        && (when.due.is_some() || when.repeat.is_some())
        && !due
        && target::count(&named.tokens[0].word).is_none()
        && !named.tokens[0].is("task")
}

fn alone(clause: &Clause<'_>) -> Option<Action> {
    let mut clause = *clause;
    for noun in [
        "a task",
        "the task",
        "task",
        "a todo",
        "something",
        "one",
        "an item",
        "tasks",
        "some tasks",
        "a reminder",
        "one of my tasks",
        "one task",
        "a task as done",
        "task as done",
        "as done",
        "a task as complete",
        "something as done",
    ] {
        if let Some(count) = clause.ends(noun).filter(|count| *count < clause.len()) {
            // "the task" is "it" where there is one; here it only counts as nothing without an article.
            if !noun.starts_with("the ") {
                clause = clause.part(0..clause.len() - count);
                break;
            }
        }
    }
    for lead in ["i", "i just", "just", "i've", "i have"] {
        if let Some(count) = clause.starts(lead).filter(|count| *count < clause.len())
            && clause.part(count..clause.len()).len() == 1
            && ["finished", "completed", "did"].iter().any(|verb| clause.tokens[count].is(verb))
        {
            return Some(Action::Complete);
        }
    }
    let [token] = clause.tokens else { return None };
    if token.is("mark") || token.is("check") || token.is("tick") {
        return Some(Action::Complete);
    }
    ALONE
        .iter()
        .find(|(words, _)| words.split(' ').any(|word| token.is(word)))
        .map(|(_, action)| action.clone())
}

/// "I paid the rent": a verb in the past, and then what.
fn did(clause: &Clause<'_>, scene: &Scene<'_>) -> Option<(Kind, Target)> {
    if clause.asks() || clause.len() > 14 {
        return None;
    }
    DID_BOOK.find(clause, |kind, holes| {
        let named = holes.get("task", clause);
        let first = named.tokens.first()?;
        if kind == Kind::Stated {
            return stated(&named, &holes.get("verb", clause), scene).map(|target| (kind, target));
        }
        let past = !first.quoted && is_past(&first.word) && named.len() >= 2;
        let negated = named.has_any(NEGATIONS);
        // "called him", "got all of it": the verb belongs to no name.
        let object = target::read(&named.part(1..named.len()), scene.context);
        let target = match object {
            Target::It | Target::Them | Target::Both | Target::Ids(_) | Target::Places(_) => object,
            _ => target::read(&named, scene.context),
        };
        (past && !negated).then_some((kind, target))
    })
}

/// "the trip is paid for" names "the trip paid": the verb has to be one of the task's, or one that says that anything is
/// done with.
fn stated(named: &Clause<'_>, verb: &Clause<'_>, scene: &Scene<'_>) -> Option<Target> {
    const OVER: &str = "fixed sorted handled settled back";
    const PEOPLE: &str = "i we you he she they it there this that i'm i've we've who what";
    let [verb] = verb.tokens else { return None };
    let of_people = named.words().any(|word| sets::is_in(PEOPLE, word));
    let is_over = sets::is_in(OVER, &verb.word);
    if of_people
        || named.has_any(NEGATIONS)
        || verb.quoted
        || named.tokens.iter().any(|token| token.quoted)
        || is_verb_left(named)
        || is_past(&named.tokens[0].word)
        || !is_over && !is_past(&verb.word)
    {
        return None;
    }
    match target::read(named, scene.context) {
        Target::Named(name) => Some(Target::Named(format!("{name} {}", verb.word))),
        other @ (Target::Ids(_) | Target::Places(_)) => Some(other),
        _ => None,
    }
}

/// Whether a word is the past form of a verb.
fn is_past(word: &str) -> bool {
    const PAST: &str = "bought paid wrote sent took got made did went fed met ran swept built brought found left sold told spoke gave saw \
                        drove ate read put set cut hung lent kept taught caught drew threw held sewed mowed did had sorted spent won \
                        submitted taken bought paid written sent";
    const NOT_PAST: &str = "need feed seed speed weed bleed breed red bed shed embed exceed proceed succeed indeed hundred kindred naked wicked";
    sets::is_in(PAST, word)
        || word.len() > 4 && word.ends_with("ed") && !sets::is_in(NOT_PAST, word)
}

fn is_nothing(named: &Clause<'_>) -> bool {
    ["nothing", "the", "a", "my", "as", "off", "up", "out", "to", "it as", "something", "anything"]
        .iter()
        .any(|words| named.reads(words))
}

/// "mark it as" would leave a preposition behind.
fn is_verb_left(named: &Clause<'_>) -> bool {
    let question =
        ["what", "which", "how", "when", "who", "where", "why", "does", "did", "do", "what's"];
    named
        .tokens
        .first()
        .is_some_and(|token| question.iter().any(|word| token.is(word)) && !token.quoted)
}

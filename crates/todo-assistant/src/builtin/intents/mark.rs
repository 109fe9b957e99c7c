//! Complete, reopen, delete, restore.

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
    Complete,
    /// A statement about the past, that completes only what is really on the list.
    Did,
    Reopen,
    Delete,
    /// A statement that deletes only what is really on the list.
    Unneeded,
    Restore,
}

const TABLE: &[(Kind, &str)] = &[
    (
        Kind::Reopen,
        "reopen|re-open|uncheck|uncomplete|untick|unmark|reactivate|unfinish {task}\nmark|set|put|make|change|flag|move {task} as|to|back? to|as? not done|complete|completed|finished yet?\nmark|set|put|make|change|flag|move {task} as|to|back? to|as? <undone> again?\nun-check|un-complete|un-mark {task}\nopen {task} again|back up?\n{task} is|are not done|finished|complete|completed|over yet|actually|after? all?\n{task} isn't|aren't|wasn't|weren't done|finished|complete|completed yet|actually|after? all?\ni haven't|didn't|couldn't actually|really|even|yet|finish|finished|complete|completed|done|do|get|got|to* {task} yet|today?\ni have|did not actually|really|even|yet|finish|finished|complete|completed|done|do|get|got|to* {task} yet|today?\ni'm not done|finished with {task} yet?\ni still have|need to do {task}\ni need|have to|must do|redo {task} again\nbring {task} back to my|the list|tasks|todos",
    ),
    (
        Kind::Restore,
        "restore|undelete|recover|un-delete|retrieve|resurrect|unremove {task} from|out? of? the? trash|bin|deleted?\nbring|get|put|take {task} back from|out|of|the|trash|bin|deleted|please*\nbring|get|put back {task}\nun delete {task}\ni want|need {task} back\ntake|get|pull|move {task} out|from of|from? the? trash|bin",
    ),
    (Kind::Complete, "got {task} done|finished|completed\nall? done|finished|through with {task}"),
    (
        Kind::Complete,
        "mark|set|flag|make|put|check|tick|cross|log|count|consider|call|report|change|move {task} as|to|down? as|to? <done> please|now|already?\nmark|check|tick|cross|scratch|strike off|as|out? <done>? {task}\ncheck|tick|cross|scratch|strike {task} off|out|through my|the|from|of|list|todo*\ncheck|tick|cross off|out {task}\ncomplete|finish|close|accomplish|conclude|fulfill|resolve|done|completed|finished|tick|mark|closeout {task}\n{task} is|are|has|have|was|were been|all|now|already|finally|both|as* <done> now|already|today|too?\n{task} 's|it's all|already|now|finally? <done> now?\n{task} <done>\nthat's|it's <done>\nit's|it already? been? <done>\ni'm|am all|already|finally|now? done|finished|through with {task}\nwe're|i'm|am done|finished {task}\n{task} can|should|could be|get closed|completed|marked|checked|ticked|crossed as|off? done|complete|completed?\nget {task} done|marked|completed|ticked|checked as|off? done?\nset status of {task} to <done>\nset|change the? status of|for {task} to <done>\n{task} check|checked|tick|ticked|crossed off?",
    ),
    (
        Kind::Complete,
        "i have|just|already|finally|also|actually* finished|completed|accomplished with|up? {task}\ni've just|already|finally|also|actually* finished|completed|accomplished|done with|up? {task}\nwe have|just|already|finally* finished|completed with? {task}\njust|finally|already finished|completed|did with? {task}\ni managed to {task}\ni got {task} done|finished|completed|over {x?}\ni got done|finished with {task}\ni did {task}\nwe did {task}\ni've got {task} done\ni have got {task} done\ni took care of {task}\ntook care of {task}\ni have|just|already|finally|also done {task}\ni already did {task}\ni just|also|finally did {task}\ni wrapped up {task}\nwrapped up {task}\n{task} has|have been taken care of\n{task} is|are taken care of\n{task} is out of the way",
    ),
    (
        Kind::Delete,
        "delete|remove|erase|trash|scrap|discard|ditch|bin|drop|kill|purge|dump|eliminate|wipe|axe|nuke|clear|del|rm {task}\nget rid of {task}\nrid me of {task}\ntake|pull|strike|wipe|knock|drop|scratch {task} off|out|from of|from? my|the? {x?}\ntake|wipe|strike|pull off|out {task}\nthrow|toss|chuck {task} away|out\nthrow|toss|chuck away|out {task}\nput|move|send|throw {task} in|into|to the trash|bin|garbage\nclear|clean|empty out? {task}\nclear {task} out|away|off\ncross|scratch {task} off because i|it {x}",
    ),
    (
        Kind::Unneeded,
        "cancel {task}\ni no longer need|have|want to? do? {task}\ni no longer need|want {task}\ni don't need|have|want to? do? {task} anymore|any|now|longer more|longer?\ni don't need|have|want to {task} anymore|any more?\ni don't need|want {task} on my list\nno need to|for {task} anymore|any|now more?\nno longer need to? {task}\n{task} is|are|was no longer needed|necessary|relevant|required|happening|on\n{task} is|are|was cancelled|canceled|obsolete|irrelevant|off|unnecessary\n{task} got|was|has been? cancelled|canceled\n{task} isn't|aren't needed|necessary|relevant|happening anymore|any more?\n{task} is|are not needed|necessary|relevant|happening anymore|any more?\nforget about? {task}\nskip {task}\nnever mind about? {task}\nnevermind about? {task}\ni won't|will not be? do|doing|need|needing {task} anymore?\ni'm not going to|gonna do? {task} anymore?\nwe don't need {task} anymore?\nwe no longer need {task}\nscratch {task}",
    ),
];

/// What people say when they did something: "I paid the rent".
const DID: &[(Kind, &str)] = &[(
    Kind::Did,
    "i|we already|just|finally|also|have|actually|now* {task} already|today|yesterday|just|this|last|now|finally|morning|night|evening*\ni've|we've already|just|finally|also|now* {task} already|today|now|yesterday?\njust|already|finally {task}\n{task}",
)];

static BOOK: LazyLock<Book<Kind>> = LazyLock::new(|| Book::new(TABLE));
static DID_BOOK: LazyLock<Book<Kind>> = LazyLock::new(|| Book::new(DID));

/// Verbs alone: what is missing will be asked for.
const ALONE: &[(&str, Action)] = &[
    ("complete delete-no finish done", Action::Complete),
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
        Some((kind, target::read(&named, scene.context)))
    });
    let (kind, target) = found.or_else(|| did(clause, scene))?;
    if target == Target::Missing {
        return None;
    }
    let action = match kind {
        Kind::Complete | Kind::Did => Action::Complete,
        Kind::Reopen => Action::Reopen,
        Kind::Delete | Kind::Unneeded => Action::Delete,
        Kind::Restore => Action::Restore,
    };
    Some(Request::Change { action, target })
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
        let past = !first.quoted && is_past(&first.word) && named.len() >= 2;
        let negated = named.has_any(NEGATIONS);
        (past && !negated).then(|| (kind, target::read(&named, scene.context)))
    })
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

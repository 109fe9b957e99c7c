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
        "
        reopen|re-open|uncheck|uncomplete|untick|unmark|reactivate|unfinish {task}
        mark|set|put|make|change|flag|move {task} as|to|back? to|as? not done|complete|completed|finished yet?
        mark|set|put|make|change|flag|move {task} as|to|back? to|as? <undone> again?
        un-check|un-complete|un-mark {task}
        open {task} again|back up?
        {task} is|are not done|finished|complete|completed|over yet|actually|after? all?
        {task} isn't|aren't|wasn't|weren't done|finished|complete|completed yet|actually|after? all?
        i haven't|didn't|couldn't actually|really|even|yet|finish|finished|complete|completed|done|do|get|got|to* {task} yet|today?
        i have|did not actually|really|even|yet|finish|finished|complete|completed|done|do|get|got|to* {task} yet|today?
        i'm not done|finished with {task} yet?
        it's|that's|it|that is? not actually|really|yet|quite* done|finished|complete|completed yet?
        it|that isn't|wasn't actually|really|quite* done|finished|complete|completed yet?
        i still have|need to do {task}
        i need|have to|must do|redo {task} again
        bring {task} back to my|the list|tasks|todos",
    ),
    (
        Kind::Restore,
        "
        restore|undelete|recover|un-delete|retrieve|resurrect|unremove {task} from|out? of? the? trash|bin|deleted?
        bring|get|put|take {task} back from|out|of|the|trash|bin|deleted|please*
        bring|get|put back {task}
        un delete {task}
        i want|need {task} back
        take|get|pull|move {task} out|from of|from? the? trash|bin",
    ),
    (Kind::Complete, "
        got {task} done|finished|completed
        all? done|finished|through with {task}"),
    (
        Kind::Complete,
        "
        mark|set|flag|make|put|check|tick|cross|log|count|consider|call|report|change|move {task} as|to|down? as|to? <done> please|now|already?
        mark|check|tick|cross|scratch|strike off|as|out? <done>? {task}
        check|tick|cross|scratch|strike {task} off|out|through my|the|from|of|list|todo*
        check|tick|cross off|out {task}
        complete|finish|close|accomplish|conclude|fulfill|resolve|done|completed|finished|tick|mark|closeout {task}
        {task} is|are|has|have|was|were been|all|now|already|finally|both|as* <done> now|already|today|too?
        {task} 's|it's all|already|now|finally? <done> now?
        {task} <done>
        that's|it's <done>
        it's|it already? been? <done>
        i'm|am all|already|finally|now? done|finished|through with {task}
        we're|i'm|am done|finished {task}
        {task} can|should|could be|get closed|completed|marked|checked|ticked|crossed as|off? done|complete|completed?
        get {task} done|marked|completed|ticked|checked as|off? done?
        set status of {task} to <done>
        set|change the? status of|for {task} to <done>
        {task} check|checked|tick|ticked|crossed off?",
    ),
    (
        Kind::Complete,
        "
        i have|just|already|finally|also|actually* finished|completed|accomplished with|up? {task}
        i've just|already|finally|also|actually* finished|completed|accomplished|done with|up? {task}
        we have|just|already|finally* finished|completed with? {task}
        just|finally|already finished|completed|did with? {task}
        i managed to {task}
        i got {task} done|finished|completed|over {x?}
        i got done|finished with {task}
        i did {task}
        we did {task}
        i've got {task} done
        i have got {task} done
        i took care of {task}
        took care of {task}
        i have|just|already|finally|also done {task}
        i already did {task}
        i just|also|finally did {task}
        i wrapped up {task}
        wrapped up {task}
        {task} has|have been taken care of
        {task} is|are taken care of
        {task} is out of the way",
    ),
    (
        Kind::Delete,
        "
        delete|remove|erase|trash|scrap|discard|ditch|bin|drop|kill|purge|dump|eliminate|wipe|axe|nuke|clear|del|rm {task}
        get rid of {task}
        rid me of {task}
        take|pull|strike|wipe|knock|drop|scratch {task} off|out|from of|from? my|the? {x?}
        take|wipe|strike|pull off|out {task}
        throw|toss|chuck {task} away|out
        throw|toss|chuck away|out {task}
        put|move|send|throw {task} in|into|to the trash|bin|garbage
        clear|clean|empty out? {task}
        clear {task} out|away|off
        cross|scratch {task} off because i|it {x}",
    ),
    (
        Kind::Unneeded,
        "
        cancel {task}
        i no longer need|have|want to? do? {task}
        i no longer need|want {task}
        i don't need|have|want to? do? {task} anymore|any|now|longer more|longer?
        i don't need|have|want to {task} anymore|any more?
        i don't need|want {task} on my list
        no need to|for {task} anymore|any|now more?
        no longer need to? {task}
        {task} is|are|was no longer needed|necessary|relevant|required|happening|on
        {task} is|are|was cancelled|canceled|obsolete|irrelevant|off|unnecessary
        {task} got|was|has been? cancelled|canceled
        {task} isn't|aren't needed|necessary|relevant|happening anymore|any more?
        {task} is|are not needed|necessary|relevant|happening anymore|any more?
        forget about? {task}
        skip {task}
        never mind about? {task}
        nevermind about? {task}
        i won't|will not be? do|doing|need|needing {task} anymore?
        i'm not going to|gonna do? {task} anymore?
        we don't need {task} anymore?
        we no longer need {task}
        scratch {task}",
    ),
];

/// What people say when they did something: "I paid the rent".
const DID: &[(Kind, &str)] = &[(
    Kind::Did,
    "
        i|we already|just|finally|also|have|actually|now* {task} already|today|yesterday|just|this|last|now|finally|morning|night|evening*
        i've|we've already|just|finally|also|now* {task} already|today|now|yesterday?
        just|already|finally {task}
        {task}",
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

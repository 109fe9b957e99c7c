//! Questions about tasks.

mod table;

use std::sync::LazyLock;

use super::{
    super::{
        pattern::Book,
        request::{Question, Request, Set, Target, Which},
        sets, target,
        text::Clause,
    },
    Scene,
};
use table::{Kind, TABLE};

static BOOK: LazyLock<Book<Kind>> = LazyLock::new(|| Book::new(TABLE));

pub(super) fn read(clause: &Clause<'_>, scene: &Scene<'_>) -> Option<Request> {
    let ticks = clause.starts("check off").is_some() || clause.starts("tick off").is_some();
    if ticks || clause.len() > 60 || clause.tokens[0].quoted {
        return None;
    }
    BOOK.find(clause, |kind, holes| question(kind, clause, holes, scene)).map(Request::Ask)
}

/// Reads what asks without a word of asking: "overdue tasks", "tomorrow?".
pub(super) fn read_loose(clause: &Clause<'_>, scene: &Scene<'_>) -> Option<Request> {
    if clause.len() > 20 || clause.tokens[0].quoted {
        return None;
    }
    // "and task 4?" asks about that one.
    if clause.asks()
        && let target @ (Target::Ids(_) | Target::Places(_)) = target::read(clause, scene.context)
    {
        return Some(Request::Ask(Question::Detail(target)));
    }
    let reading = sets::read(clause, scene.context);
    let set = &reading.set;
    if !set.topic.is_empty() {
        return None;
    }
    let timed = clause.asks() && (!set.due.is_empty() || set.status != Which::Unsaid);
    let names_tasks = reading.of_tasks && clause.len() <= 6;
    let narrow = clause.len() <= 3 && matches!(set.due.as_str(), "overdue" | "upcoming");
    let a_day = clause.len() <= 3 && !set.due.is_empty() && set.tag.is_empty() && !scene.has_focus;
    let is_list = timed || names_tasks || narrow || a_day;
    is_list.then(|| Request::Ask(Question::List(set_of(reading))))
}

/// What comes next of a task that comes back.
const NEXT: &[&str] =
    &["next time", "next one", "next date", "next", "the next time", "the next one"];

/// Questions about what is there, although they have the words of what was done.
const HAVING: &[&str] =
    &["what have i got", "what have we got", "what has he got", "what've i got"];

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(char::is_alphanumeric)
}

fn question(
    kind: Kind,
    clause: &Clause<'_>,
    holes: &super::super::pattern::Holes,
    scene: &Scene<'_>,
) -> Option<Question> {
    let named = holes.get("task", clause);
    let reading = sets::read(clause, scene.context);
    match kind {
        Kind::Next => Some(Question::Next),
        Kind::Clock => Some(Question::Clock),
        Kind::History => Some(Question::History),
        Kind::Count => Some(Question::Count(set_of(reading))),
        // "when is the next time?" after something that comes back
        Kind::When if NEXT.iter().any(|words| named.reads(words)) => {
            scene.has_focus.then_some(Question::When(Target::It))
        }
        Kind::When => {
            let target = target::read(&named, scene.context);
            let general = named.has_any(&["i", "you", "anything", "everything", "now"])
                || is_time_only(&named, scene);
            (!general && !matches!(target, Target::Missing | Target::Set(_)))
                .then_some(Question::When(target))
        }
        Kind::Done => {
            let target = target::read(&named, scene.context);
            let states = clause.has_any(&[
                "done",
                "complete",
                "completed",
                "finished",
                "status",
                "still",
                "did",
                "have",
                "state",
                "checked",
                "ticked",
                "crossed",
            ]);
            let general = is_in_general(&named);
            (states && !general && !matches!(target, Target::Missing | Target::Set(_)))
                .then_some(Question::Done(target))
        }
        Kind::Detail => {
            if holes.has("number") {
                let target = match target::read(&holes.get("number", clause), scene.context) {
                    Target::Numbers(numbers) => Target::Ids(numbers),
                    Target::Places(places) => Target::Places(places),
                    _ => return None,
                };
                return Some(Question::Detail(target));
            }
            if named.has_any(&["due", "today", "tomorrow", "overdue"]) {
                return None;
            }
            let target = target::read(&named, scene.context);
            (!matches!(target, Target::Missing | Target::Set(_) | Target::Them))
                .then_some(Question::Detail(target))
        }
        // "what have I got on tomorrow" looks ahead.
        Kind::Past
            if HAVING.iter().any(|lead| clause.starts(lead).is_some())
                && !clause.has_any(&["done", "finished", "completed"]) =>
        {
            None
        }
        Kind::Past if reading.set.status == Which::All => Some(Question::List(set_of(reading))),
        Kind::Past => Some(Question::List(past(&holes.get("set", clause), scene))),
        Kind::Any => {
            let set = set_of(reading);
            // "do I have anything?" is about the list even without a word for it, and so is what somebody needs to do.
            let mine =
                clause.has_any(&["i", "my", "anything", "any", "list", "we", "there", "due"]);
            let about =
                clause.starts("what about").is_some() || clause.starts("how about").is_some();
            // "am I free tomorrow?" wants the opposite of a yes.
            let free = clause.has_any(&["free", "busy"]);
            (mine || about).then_some(if free { Question::List(set) } else { Question::Any(set) })
        }
        Kind::List => {
            let of_tasks = reading.of_tasks;
            let mut set = set_of(reading);
            // "what's on for work"
            let on = clause.starts("what's on").is_some() || clause.starts("what is on").is_some();
            let of_a_list = on && set.tag.is_empty() && is_word(&set.topic);
            if of_a_list {
                set.tag = std::mem::take(&mut set.topic).to_lowercase();
                set.tag_is_guess = true;
            }
            let mine = clause.has_any(&[
                "i",
                "my",
                "i've",
                "i'm",
                "due",
                "pending",
                "remaining",
                "left",
                "outstanding",
                "we",
                "our",
                "overdue",
                "up",
                "remember",
            ]);
            let narrow = !set.due.is_empty() && set.topic.is_empty()
                || set.status != Which::Unsaid && set.topic.is_empty()
                || !set.priority.is_empty() && set.topic.is_empty()
                || !set.tag.is_empty() && !set.tag_is_guess;
            let searches = ["find", "search", "lookup", "look", "filter"]
                .iter()
                .any(|verb| clause.tokens[0].is(verb));
            let shows = ["show", "list", "view", "display", "show me"]
                .iter()
                .any(|verb| clause.tokens[0].is(verb))
                && !set.topic.is_empty();
            let busy = [
                "check", "read", "review", "open", "print", "sort", "bring", "pull", "fetch",
                "pick",
            ]
            .iter()
            .any(|verb| clause.tokens[0].is(verb))
                && !of_tasks
                && !narrow
                && !clause.has_any(&["due", "overdue", "pending", "what", "what's"]);
            if busy {
                return None;
            }
            let own = clause.tokens[0].is("my") && !of_tasks && !narrow;
            (!own
                && (of_tasks
                    || of_a_list
                    || mine
                    || narrow
                    || searches
                    || shows
                    || set.is_everything() && is_short_look(clause)))
            .then_some(Question::List(set))
        }
    }
}

/// "show me", "what's there"
fn is_short_look(clause: &Clause<'_>) -> bool {
    clause.len() <= 4
        && clause.has_any(&["list", "tasks", "everything", "all", "left", "show", "it", "there"])
}

fn set_of(reading: sets::Reading) -> Set {
    let mut set = reading.set;
    if !set.topic.is_empty() && set.tag_is_guess && !set.tag.is_empty() {
        set.topic = format!("{} {}", set.topic, set.tag);
        set.tag.clear();
    }
    set
}

/// "this", "it", "that", "anything": names for everything rather than for one task.
fn is_in_general(named: &Clause<'_>) -> bool {
    named.is_empty()
        || named.has_any(&[
            "anything",
            "everything",
            "something",
            "any",
            "all",
            "there",
            "what",
            "tasks",
            "i",
            "nothing",
        ])
}

/// Whether there is nothing but a time.
fn is_time_only(named: &Clause<'_>, scene: &Scene<'_>) -> bool {
    let set = sets::read(named, scene.context).set;
    set.topic.is_empty() && set.tag.is_empty() && !set.due.is_empty()
}

/// Completed tasks, in the time that is spoken of.
fn past(clause: &Clause<'_>, scene: &Scene<'_>) -> Set {
    let reading = sets::read(clause, scene.context);
    let mut set = set_of(reading);
    if !set.due.is_empty() && set.due != "overdue" && set.due != "upcoming" && set.due != "any" {
        set.completed = std::mem::take(&mut set.due);
        set.completed_text =
            std::mem::take(&mut set.due_text).trim_start_matches("due ").to_owned();
    }
    set.status = Which::Completed;
    set.sort = "completed".to_owned();
    set
}

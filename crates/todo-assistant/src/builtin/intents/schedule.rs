//! Due dates and repeats of tasks that exist.

mod table;

use std::sync::LazyLock;

use jiff::Unit;
use todo_core::quick_add;

use super::{
    super::{
        pattern::Book,
        request::{Action, Request, Target},
        sets, target,
        text::Clause,
    },
    Scene, VERBS,
};
use table::{FIELDS, Kind, TABLE};

static FIELD_BOOK: LazyLock<Book<Kind>> = LazyLock::new(|| Book::new(FIELDS));
static BOOK: LazyLock<Book<Kind>> = LazyLock::new(|| Book::new(TABLE));

/// The minutes of a day.
const DAY: i64 = 24 * 60;

/// The longest expression of time that is tried, in words.
const LONGEST: usize = 14;

pub(super) fn read_fields(clause: &Clause<'_>, scene: &Scene<'_>) -> Option<Request> {
    find(&FIELD_BOOK, clause, scene, false)
}

pub(super) fn read(clause: &Clause<'_>, scene: &Scene<'_>) -> Option<Request> {
    find(&BOOK, clause, scene, false)
}

/// Whether a clause corrects when the last task is due, now that we know that it corrects something.
pub(crate) fn is_when(clause: &Clause<'_>, scene: &Scene<'_>) -> Option<Request> {
    find(&BOOK, clause, scene, true)
}

fn find(
    book: &Book<Kind>,
    clause: &Clause<'_>,
    scene: &Scene<'_>,
    corrects: bool,
) -> Option<Request> {
    if clause.asks() && !corrects {
        // "is the dentist on friday?" asks.
        let verb = clause.tokens.first()?;
        if ["is", "are", "was", "what", "when", "do", "does", "did", "which"]
            .iter()
            .any(|word| verb.is(word))
        {
            return None;
        }
    }
    book.find(clause, |kind, holes| {
        let target = match kind {
            Kind::ItSet | Kind::ItLater | Kind::ItClear if !scene.has_focus => return None,
            Kind::ItSet if !corrects && !is_about_it(clause) => return None,
            Kind::ItSet | Kind::ItLater | Kind::ItClear => Target::It,
            _ => target::read(&holes.get("task", clause), scene.context),
        };
        // "the prof moved the deadline to friday" tells; "add: tell Ana he moved it to friday" does not.
        let who = holes.get("who", clause);
        let begins = who.tokens.first();
        if who.len() > 3
            || begins.is_some_and(|token| {
                token.quoted || sets::is_in(TELLING, &token.word) || sets::is_in(VERBS, &token.word)
            })
        {
            return None;
        }
        // "move task 5 to 20 december": the noun alone is no name.
        let noun_alone = matches!(&target, Target::Named(name) if matches!(name.as_str(), "task" | "tasks" | "item" | "todo"));
        if target == Target::Missing || noun_alone || is_question(&holes.get("task", clause)) {
            return None;
        }
        let action = action(kind, clause, holes, scene)?;
        Some(Request::Change { action, target })
    })
}

/// "make it 6pm" says that it is about the last task; "6pm" alone does only as a correction.
fn is_about_it(clause: &Clause<'_>) -> bool {
    clause.has_any(&["it", "that", "this", "it's"])
        || clause.starts("change").is_some()
        || clause.starts("set").is_some()
        || clause.starts("move").is_some()
}

/// Words that begin what is to be added, and no sentence about somebody who moved something.
const TELLING: &str =
    "add create remind note tell put what which who when how did has have is was could can if";

fn is_question(named: &Clause<'_>) -> bool {
    let words = [
        "what", "what's", "which", "how", "when", "who", "i", "i'm", "today", "tomorrow", "there",
        "weather", "show", "list", "add", "remind", "he", "she", "we", "you",
    ];
    named
        .tokens
        .first()
        .is_some_and(|token| !token.quoted && words.iter().any(|word| token.is(word)))
}

fn action(
    kind: Kind,
    clause: &Clause<'_>,
    holes: &super::super::pattern::Holes,
    scene: &Scene<'_>,
) -> Option<Action> {
    match kind {
        Kind::Clear | Kind::ItClear => Some(Action::Unschedule),
        Kind::NoRepeat => Some(Action::Repeat { how: "none".to_owned() }),
        Kind::Ask => Some(Action::Schedule { when: String::new() }),
        Kind::Repeat => {
            let words = holes.get("when", clause);
            let when = when(&words, scene.context).filter(|when| when.repeat.is_some());
            if when.is_some() {
                return Some(Action::Repeat { how: words.source().to_owned() });
            }
            // "repeat weekly" and "repeat on mondays" leave out the "every"; "should be on friday" speaks of one day.
            let repeats = [
                "repeat",
                "repeats",
                "repeating",
                "recur",
                "recurs",
                "recurring",
                "recurrence",
                "happen",
            ];
            if !clause.has_any(&repeats) {
                return None;
            }
            let every = format!(
                "every {}",
                words.source().trim_start_matches("on ").trim_start_matches("each ")
            );
            let read = quick_add::parse_when(&every, scene.context)?;
            read.repeat.is_some().then_some(Action::Repeat { how: every })
        }
        Kind::Later | Kind::ItLater => minutes(&holes.get("amount", clause), clause, scene.context)
            .map(|minutes| Action::Shift { minutes }),
        Kind::Earlier => minutes(&holes.get("amount", clause), clause, scene.context)
            .map(|minutes| Action::Shift { minutes: -minutes }),
        Kind::Set | Kind::ItSet | Kind::Is => {
            let words = trim(&holes.get("when", clause));
            if let Some(when) = when(&words, scene.context) {
                // "weekly" alone leaves the day as it is.
                let bare =
                    when.repeat.as_ref().is_some_and(|repeat| !repeat.as_str().contains("BY"))
                        && when.due.as_ref().is_none_or(|due| due.time.is_none());
                return Some(if when.clears {
                    Action::Unschedule
                } else if bare {
                    Action::Repeat { how: words.source().to_owned() }
                } else {
                    Action::Schedule { when: words.plain().to_owned() }
                });
            }
            // "for day 27"
            let ("day", [day]) = (words.words().next()?, words.tokens.get(1..)?) else {
                return None;
            };
            let number: u8 = day.word.parse().ok().filter(|day| (1..=31).contains(day))?;
            let dated = format!("on the {number}{}", ordinal(number));
            quick_add::parse_when(&dated, scene.context)?;
            Some(Action::Schedule { when: dated })
        }
    }
}

/// What is written behind a day of the month.
fn ordinal(number: u8) -> &'static str {
    match (number % 10, number / 10) {
        (1, tens) if tens != 1 => "st",
        (2, tens) if tens != 1 => "nd",
        (3, tens) if tens != 1 => "rd",
        _ => "th",
    }
}

fn trim<'a>(clause: &Clause<'a>) -> Clause<'a> {
    let mut clause = *clause;
    // "today, not tomorrow"
    if let Some(at) = clause.tokens.iter().position(|token| token.is("not")).filter(|at| *at > 0) {
        clause = clause.part(0..at);
    }
    for end in ["instead", "please", "then", "now", "ok", "rather", "i think"] {
        if let Some(count) = clause.ends(end).filter(|count| *count < clause.len()) {
            clause = clause.part(0..clause.len() - count);
        }
    }
    clause
}

/// What words say about time, if they are about nothing else.
fn when(words: &Clause<'_>, context: &quick_add::Context<'_>) -> Option<quick_add::When> {
    let words = trim(words);
    if words.is_empty() || words.len() > LONGEST {
        return None;
    }
    quick_add::parse_when(words.plain(), context)
}

/// "2 days", "a week", "half an hour": so many minutes.
fn minutes(
    words: &Clause<'_>,
    clause: &Clause<'_>,
    context: &quick_add::Context<'_>,
) -> Option<i64> {
    if words.is_empty() || words.len() > 5 {
        return None;
    }
    let before = clause.tokens.iter().rfind(|token| token.end <= words.tokens[0].start);
    let text = match words.source() {
        // "another week" is an amount, "next week" is a time.
        unit @ ("day" | "week" | "month" | "year" | "hour") => {
            before.filter(|token| token.is("another"))?;
            format!("one {unit}")
        }
        text => text.replace("one more", "one"),
    };
    let when = quick_add::parse_when(&format!("in {text}"), context)?;
    let due = when.due.filter(|_| when.repeat.is_none())?;
    let now = context.now.datetime();
    let minutes = match due.time {
        // The time was cut to the minute, and so is now.
        Some((time, _)) => now
            .time()
            .with()
            .second(0)
            .subsec_nanosecond(0)
            .build()
            .ok()
            .map(|cut| {
                now.date().to_datetime(cut).until((Unit::Minute, due.date.to_datetime(time)))
            })?
            .ok()?
            .get_minutes(),
        None => i64::from(now.date().until((Unit::Day, due.date)).ok()?.get_days()) * DAY,
    };
    (minutes > 0).then_some(minutes)
}

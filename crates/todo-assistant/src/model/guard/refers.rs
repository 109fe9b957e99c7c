//! Which tasks the user's own words refer to: by number, place, pronoun, name, or as one of a kind.

use std::collections::{BTreeMap, BTreeSet};

use todo_api::tools::{GetTask, ListTasks, ToolTask, names};
use todo_core::words::words;

use super::{
    clauses::{clauses, word},
    deeds::Deed,
    lexicon, own_words,
};
use crate::{
    builtin::{
        desk::Desk,
        intents,
        matching::{FILLERS, is_slip, stem},
        pending,
        request::{Request, Set, Target, Which},
        resolve::{self, Found, Pool},
        sets::{self, is_in},
        split,
        text::{self, Clause, Token},
    },
    thinker::ThinkError,
};

/// The most kinds of tasks that are looked up for one message.
const MOST_SETS: usize = 4;

/// The longest name of a kind of tasks, in words: "all my overdue high priority work tasks for this week".
const LONGEST_SET: usize = 10;

/// No longer text is searched for kinds of tasks.
const LOOKED_AT: usize = 60;

const IT: &str = "it that this its it's that's one";
const THEM: &str = "them those these they both all everything ones each";
const ORDINALS: &str = "first second third fourth fifth sixth seventh eighth ninth tenth";
const OF_TASKS: &str = "task tasks number no num item items todo todos #";
/// A number behind one of these is a time or an amount.
const OF_TIME: &str =
    "at in to for by before after around every until till from on last next about over past half";
const UNITS: &str = "am pm o'clock day days week weeks month months year years hour hours minute minutes min mins times percent more";

/// What the words refer to without a look at the list.
#[derive(Debug, Default)]
pub(super) struct Referred {
    /// Tasks.
    pub(super) ids: BTreeSet<i64>,
}

impl Referred {
    /// Numbers, places in the list that was shown last, and pronouns.
    pub(super) fn read<'t>(texts: impl IntoIterator<Item = &'t String>, desk: &Desk<'_>) -> Self {
        let mut referred = Self::default();
        for text in texts {
            let tokens = text::tokens(text);
            referred.numbers(&tokens, desk);
            referred.pronouns(&tokens, desk);
        }
        referred
    }

    fn numbers(&mut self, tokens: &[Token], desk: &Desk<'_>) {
        let word_at = |at: Option<usize>| {
            at.and_then(|at| tokens.get(at)).map_or("", |token| token.word.as_str())
        };
        let mut taken = vec![false; tokens.len()];
        for (at, token) in tokens.iter().enumerate() {
            if token.quoted {
                continue;
            }
            let before = at.checked_sub(1);
            let (place, last) =
                (ORDINALS.split(' ').position(|o| o == token.word), token.word == "last");
            if place.is_some() || last && !lexicon::is_time(word_at(Some(at + 1))) {
                let place = if last { -1 } else { place.map_or(0, |place| place as i64 + 1) };
                self.ids.extend(desk.memory.at(place));
                continue;
            }
            let marked = token.word.starts_with('#') || is_in(OF_TASKS, word_at(before));
            let joined = before.is_some_and(|before| taken[before])
                || matches!(word_at(before), "and" | "or" | "to" | "through")
                    && at.checked_sub(2).is_some_and(|before| taken[before]);
            let loose = !is_in(OF_TIME, word_at(before)) && !is_in(UNITS, word_at(Some(at + 1)));
            let Some((from, to)) = number(&token.word).filter(|_| marked || joined || loose) else {
                continue;
            };
            taken[at] = true;
            // "tasks 1 to 3" names what lies between.
            let from = match at.checked_sub(2).and_then(|first| number(&tokens[first].word)) {
                Some((first, _)) if matches!(word_at(before), "to" | "through") && first < to => {
                    first
                }
                _ => from,
            };
            self.ids.extend(from..=to);
            if !token.word.starts_with('#') && !is_in("task tasks", word_at(before)) {
                self.ids.extend((from..=to).filter_map(|place| desk.memory.at(place)));
            }
        }
    }

    fn pronouns(&mut self, tokens: &[Token], desk: &Desk<'_>) {
        let memory = &desk.memory;
        let shown = || memory.refs.iter().map(|task| task.number.0);
        for (at, token) in tokens.iter().enumerate().filter(|(_, token)| !token.quoted) {
            let next = tokens.get(at + 1).map_or("", |token| token.word.as_str());
            if is_in(IT, &token.word) && !lexicon::is_time(next) {
                self.ids.extend(&memory.focus);
                if memory.focus.is_empty() && memory.refs.len() == 1 {
                    self.ids.extend(shown());
                }
            }
            if is_in(THEM, &token.word) || token.word == "other" {
                self.ids.extend(memory.focus.iter().copied().chain(shown()));
            }
        }
    }
}

/// "3", "#3", "1-3".
fn number(word: &str) -> Option<(i64, i64)> {
    let word = word.trim_start_matches('#');
    if let Some((from, to)) = word.split_once('-') {
        let (from, to) = (from.parse().ok()?, to.parse().ok()?);
        return (from <= to && to - from < 100).then_some((from, to));
    }
    word.parse().ok().map(|number| (number, number))
}

/// The tasks that have their names, or parts of them, in these texts. A word that is in several titles means those that
/// the texts say most of, and those that they name in full.
pub(super) fn named<'a>(
    texts: &[String],
    tasks: impl IntoIterator<Item = &'a ToolTask>,
) -> BTreeSet<i64> {
    let command = |word: &String| !lexicon::verb(word).is_empty() || lexicon::is_time(word);
    let said: BTreeSet<String> = texts.iter().flat_map(|text| words(text)).collect();
    let said_stems: BTreeSet<String> = said.iter().map(|word| stem(word)).collect();
    let telling: Vec<String> = said
        .iter()
        .filter(|word| !is_in(FILLERS, word) && !command(word))
        .map(|word| stem(word))
        .collect();
    let mut hits: BTreeMap<i64, (BTreeSet<usize>, bool)> = BTreeMap::new();
    for task in tasks {
        let title = own_words::telling(&task.title);
        let of = |said: &String| title.iter().any(|own| own == said || is_slip(said, own));
        let found: BTreeSet<usize> =
            telling.iter().enumerate().filter(|(_, said)| of(said)).map(|(at, _)| at).collect();
        let whole = !title.is_empty() && title.iter().all(|stem| said_stems.contains(stem));
        if !found.is_empty() || whole {
            hits.insert(task.id, (found, whole));
        }
    }
    let best = |word: &usize| {
        hits.values().filter(|(found, _)| found.contains(word)).map(|(found, _)| found.len()).max()
    };
    let most = |found: &BTreeSet<usize>| found.iter().any(|word| best(word) == Some(found.len()));
    hits.iter().filter(|(_, (found, whole))| *whole || most(found)).map(|(id, _)| *id).collect()
}

/// The tasks that the built-in assistant takes these texts to mean, and those of the kinds that they name: "everything
/// overdue", "my shopping list". They are looked up with the tools, so that what a model says about a list does not count.
pub(super) async fn meant(
    texts: &[String],
    deed: Deed,
    desk: &mut Desk<'_>,
) -> Result<Meant, ThinkError> {
    let mut meant = Meant::default();
    let ids = &mut meant.ids;
    for text in texts {
        let tokens = text::tokens(text);
        let whole = Clause::new(text, &tokens);
        for part in split::requests(desk, &whole).await? {
            let Some(Request::Change { action, target }) = part.request else { continue };
            match resolve::find(desk, &target, pending::pool(&action)).await? {
                Found::These(found) => ids.extend(found),
                Found::Everything => {
                    ids.extend(pool(deed, desk).await?.iter().map(|task| task.id));
                }
                Found::Which { options, .. } => {
                    meant.unclear.extend(options.iter().map(|task| task.id));
                }
                _ => {}
            }
        }
        if whole.has_any(&["other"])
            && let Found::These(other) =
                resolve::find(desk, &Target::Other, Pool::OpenFirst).await?
        {
            ids.extend(other);
        }
        for mut set in sets_in(&whole, desk) {
            if deed == Deed::Reopen && set.status == Which::Unsaid {
                set.status = Which::Completed;
            }
            resolve::settle_tag(desk, &mut set).await?;
            let (tasks, _) = resolve::list(desk, &set).await?;
            ids.extend(tasks.iter().map(|task| task.id));
        }
    }
    Ok(meant)
}

/// What the built-in assistant makes of some texts.
#[derive(Debug, Default)]
pub(super) struct Meant {
    pub(super) ids: BTreeSet<i64>,
    /// One of these is meant, and nobody said which.
    pub(super) unclear: BTreeSet<i64>,
}

/// The parts of these texts that name what is to stay as it is: "everything except the rent", "but not the bread".
pub(super) fn exceptions(texts: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for text in texts {
        let tokens = text::tokens(text);
        for clause in clauses(&Clause::new(text, &tokens)) {
            let at = clause.tokens.iter().rposition(|token| is_in(lexicon::EXCEPT, word(token)));
            let Some(at) = at else { continue };
            let kept = clause.part(at + 1..clause.len());
            // "not today, but move it": a new command is no exception.
            let commands = kept.tokens.iter().any(|token| !lexicon::verb(word(token)).is_empty());
            if !kept.is_empty() && !commands {
                found.push(kept.source().to_owned());
            }
        }
    }
    found
}

/// The longest parts of a text that name kinds of tasks. A command in front is none of it, nor is what the tasks are to
/// become: "mark | all work tasks | as done".
fn sets_in(text: &Clause<'_>, desk: &Desk<'_>) -> Vec<Set> {
    let mut sets = Vec::new();
    for clause in clauses(text) {
        let clause = intents::strip(&clause).clause;
        let is_command = |token: &&Token| !lexicon::verb(word(token)).is_empty();
        let start = usize::from(clause.tokens.first().filter(is_command).is_some());
        let end = clause
            .tokens
            .iter()
            .position(|token| is_in("as to into and", &token.word))
            .unwrap_or(clause.len());
        if start < end {
            sets.extend(longest_sets(&clause.part(start..end.min(start + LOOKED_AT)), desk));
        }
    }
    sets.truncate(MOST_SETS);
    sets
}

fn longest_sets(clause: &Clause<'_>, desk: &Desk<'_>) -> Vec<Set> {
    let count = clause.len();
    let mut taken = vec![false; count];
    let mut sets = Vec::new();
    for length in (1..=LONGEST_SET.min(count)).rev() {
        for start in 0..=count - length {
            if taken[start..start + length].contains(&true) {
                continue;
            }
            let part = clause.part(start..start + length);
            if is_no_kind(&part, start + length == count) {
                continue;
            }
            if let Some(set) = sets::bulk(&part, desk.context()) {
                taken[start..start + length].fill(true);
                sets.push(set);
            }
        }
    }
    sets
}

/// "all of those" does not mean all there is, and "every month" no tasks.
fn is_no_kind(part: &Clause<'_>, ends: bool) -> bool {
    let [first, rest @ ..] = part.tokens else { return true };
    match rest {
        [] => !ends,
        [second, ..] => {
            is_in("every each", &first.word)
                && (lexicon::is_time(&second.word) || number(&second.word).is_some())
        }
    }
}

/// The tasks among which names are looked for: the open ones, and where completed or deleted ones are meant, those.
pub(super) async fn pool(deed: Deed, desk: &mut Desk<'_>) -> Result<Vec<ToolTask>, ThinkError> {
    let status = match deed {
        Deed::Restore => "trashed",
        Deed::Reopen => "completed",
        _ => return Ok(desk.open().await?.to_vec()),
    };
    let query = ListTasks { status: status.to_owned(), ..ListTasks::default() };
    Ok(desk.list_all(query).await?.0)
}

/// One task, also a completed one.
pub(super) async fn one(id: i64, desk: &Desk<'_>) -> Result<Option<ToolTask>, ThinkError> {
    desk.read(names::GET, &GetTask { id }).await
}

//! The words that ask for changes, as data. Forms of a word need not be listed: stems are compared.

use std::{collections::HashMap, sync::LazyLock};

use super::deeds::{Deed, Deeds};
use crate::builtin::{matching::stem, sets::is_in};

use Deed::{Add, Complete, Delete, Reopen, Restore, Undo, Update};

/// Commands. Where a word has several meanings, all of them count: what it is said of decides the rest.
const VERBS: &[(&[Deed], &str)] = &[
    (
        &[Add],
        "add create insert enter log record include queue register save jot remind remember new remembers need want must gotta",
    ),
    (
        &[Add, Update],
        "make set put schedule note append book plan write mark flag star pin assign label tag due call get",
    ),
    (
        &[Update],
        "change update edit rename retitle move reschedule postpone push shift delay defer snooze bump bring prioritize prioritise \
         extend swap switch replace turn modify correct fix adjust repeat describe instead actually rather should untag unlabel \
         rephrase reword deprioritize deprioritise urgent important earlier later",
    ),
    (&[Complete], "complete finish done check tick cross mark close accomplish did achieved"),
    (
        &[Delete],
        "delete erase trash bin scrap discard purge dump wipe eliminate scratch axe ditch abandon",
    ),
    (&[Delete, Update], "remove drop clear strip lose cut kill"),
    (&[Delete, Undo], "cancel"),
    (
        &[Reopen],
        "reopen uncheck unmark uncomplete untick undone incomplete unfinished pending open",
    ),
    (&[Restore], "restore undelete recover unearth"),
    (&[Restore, Undo], "keep"),
    (&[Undo, Reopen, Restore], "undo revert rollback oops mistake redo nevermind wrong"),
    // The commonest commands of other languages. A statement in any language may add, change and complete; whatever
    // takes something away needs its word.
    (
        &[Delete],
        "lösche lösch löschen entferne streiche supprime supprimer efface enlève elimina eliminar borra borrar quita apaga apagar \
         exclua excluir cancella verwijder usuń skasuj удали удалить убери sil kaldır احذف حذف ہٹاؤ हटाओ 删除 刪除 削除 삭제",
    ),
    (
        &[Reopen, Restore, Undo],
        "rückgängig annule annuler deshacer desfazer annulla ongedaan cofnij отмени geri 撤销 元に戻す",
    ),
];

/// Phrases of several words; they count even where their verb is negated.
const PHRASES: &[(&[Deed], &str)] = &[
    (&[Add], "don't forget,do not forget,have to,has to,got to,can't forget"),
    (
        &[Delete],
        "no longer need,don't need,do not need,get rid,don't want,do not want,forget about,forget the,not needed",
    ),
    (&[Undo, Restore], "never mind"),
    (
        &[Reopen],
        "not done,not finished,not completed,not complete,isn't done,isn't finished,haven't finished,didn't finish,wasn't done",
    ),
];

/// A verb and a word that may stand some words behind it: "take the milk off", "bring it back".
const PARTICLES: &[(&[Deed], &str, &str)] = &[
    (&[Delete], "take throw strike", "off away out"),
    (&[Complete], "cross tick check strike", "off"),
    (&[Undo, Restore, Update], "take bring put get want roll change move go turn give", "back"),
];

/// How far behind its verb a particle may stand, in words.
pub(super) const REACH: usize = 8;

/// What a single word asks for.
pub(super) fn verb(word: &str) -> Deeds {
    static INDEX: LazyLock<HashMap<String, Deeds>> = LazyLock::new(|| {
        let mut index = HashMap::<String, Deeds>::new();
        for (deeds, words) in VERBS {
            for word in words.split_ascii_whitespace() {
                let entry = index.entry(form(word)).or_default();
                *entry = entry.and(deeds.iter().copied().collect());
            }
        }
        index
    });
    INDEX.get(&form(word)).copied().unwrap_or_default()
}

/// "done" and "did" are no forms of a command "do".
fn form(word: &str) -> String {
    if matches!(word, "done" | "did" | "do" | "does" | "doing" | "undone") {
        return format!("={word}");
    }
    stem(word)
}

/// Phrases, each as its words.
pub(super) fn phrases() -> impl Iterator<Item = (Deeds, &'static str)> {
    PHRASES.iter().flat_map(|(deeds, phrases)| {
        phrases.split(',').map(|phrase| (deeds.iter().copied().collect(), phrase))
    })
}

/// What a verb asks for together with a later word.
pub(super) fn with_particle(verb: &str, later: &str) -> Deeds {
    let has = |list: &str, word: &str| list.split(' ').any(|known| known == word);
    PARTICLES
        .iter()
        .filter(|(_, verbs, particles)| has(verbs, verb) && has(particles, later))
        .flat_map(|(deeds, ..)| deeds.iter().copied())
        .collect()
}

/// Words that questions begin with.
pub(super) const ASKING: &str = "what what's which when when's who who's whose where where's why how how's is isn't are aren't am was were \
                                 does doesn't did didn't has any anything should shall wherever do have had";

/// Some of them only before these: "do i have", but "do the laundry".
pub(super) const ASKING_OF: &str = "i we you they he she it there any anything the not";

/// Words that lists begin with.
pub(super) const SHOWING: &str =
    "show list display view read print count find search look summarize summarise explain see";

/// Words that begin a correction: what was asked for before is asked for of something else.
pub(super) const CORRECTING: &str =
    "no nope nah actually sorry wait instead not rather oops wrong hmm oh but";

/// Words that begin a continuation: what was asked for before is asked for once more.
pub(super) const ADDING: &str = "and also same too plus another";

/// Words that end one.
pub(super) const TRAILING: &str = "too instead";

/// Words of messages that decline, and no more.
pub(super) const DECLINING: &str = "no nope nah not never neither none nothing maybe stop wait keep leave hold don't want it them that this those these \
                                    all after hmm oh please thanks thank you i'm i am worried sorry later now actually forget cancel mind \
                                    nevermind would rather is fine as alone any anyway dear for so but just yet the a both either of one ones \
                                    do what mean meant abort";

/// One of them has to be there.
pub(super) const NO: &str = "no nope nah not never neither none nothing maybe stop wait keep leave don't cancel nevermind abort thanks thank worried forget";

/// What follows one of these is to stay as it is.
pub(super) const EXCEPT: &str = "except but besides excluding without keep leave not";

/// Whether a word, as the tokens of a text spell it, speaks of a time: "mondays", "tmrw".
pub(super) fn is_time(word: &str) -> bool {
    is_in(TIME, word) || word.strip_suffix('s').is_some_and(|word| is_in(TIME, word))
}

/// Words about when.
pub(super) const TIME: &str = "today tonight tomorrow yesterday now later soon earlier day days week weeks weekend month months year years hour hours \
                               minute minutes min mins morning noon midday afternoon evening night midnight monday tuesday wednesday \
                               thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january february march april may june \
                               july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec due date \
                               deadline next daily weekly monthly yearly every postpone delay push reschedule snooze defer am pm o'clock \
                               noon end fortnight quarter annually biweekly weekday weekdays until by till overdue asap schedule time when \
                               eod eow bump move shift repeat repeats repeating once breakfast lunch dinner";

/// Words about how urgent something is.
pub(super) const PRIORITY: &str = "priority prio important importance urgent urgency critical high highest medium normal low lowest top asap \
                                   prioritize prioritise deprioritize deprioritise p1 p2 p3 p4 matters flag star crucial vital minor";

/// Words that take a detail away.
pub(super) const REMOVING: &str = "remove clear no not without drop delete none unset off never stop strip take cancel don't doesn't undo untag unlabel any \
                                   anymore longer reset empty erase once unschedule someday whenever";

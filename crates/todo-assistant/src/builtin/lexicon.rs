//! The words that rules know, as data.

use std::{collections::HashMap, sync::LazyLock};

use super::matching::distance_within;

/// The words of a set that patterns name as `<name>`.
pub(super) fn class(name: &str) -> Vec<&'static str> {
    let (_, words) =
        CLASSES.iter().find(|(known, _)| *known == name).expect("patterns name only known sets");
    words.split_ascii_whitespace().collect()
}

const CLASSES: &[(&str, &str)] = &[
    (
        "task",
        "task tasks todo todos to-do to-dos item items reminder reminders entry entries chore chores thing things job jobs",
    ),
    (
        "list",
        "list lists calendar agenda schedule planner plate todos to-dos reminders tasks chores todo",
    ),
    ("my", "my the our this that your a an"),
    ("done", "done complete completed finished finish accomplished closed over"),
    (
        "undone",
        "undone incomplete unfinished pending open undone uncompleted unchecked todo active",
    ),
    ("be", "is are was were it's that's be been being am 's"),
    ("det", "a an the my another one some new quick this following these other our"),
    ("toward", "to for until till on at by onto"),
    (
        "addverb",
        "add create make insert enter log record put write jot note schedule set start include append queue register save pop throw stick",
    ),
    ("when", "due date deadline time day duedate"),
];

/// Other spellings of words, and what people write in a hurry.
const SPELLINGS: &[(&str, &str)] = &[
    ("please", "pls plz plss pleas plese"),
    ("thanks", "thx tnx ty thanx"),
    ("the", "teh hte"),
    ("what", "wat wht waht"),
    ("have", "hav hve"),
    ("add", "ad addd"),
    ("buy", "byu"),
    ("what's", "whats wats"),
    ("don't", "dont"),
    ("didn't", "didnt"),
    ("haven't", "havent"),
    ("isn't", "isnt"),
    ("doesn't", "doesnt"),
    ("can't", "cant cannot"),
    ("won't", "wont"),
    ("i'm", "im"),
    ("i've", "ive"),
    ("i'll", "ill"),
    ("i'd", "id"),
    ("it's", "its"),
    ("that's", "thats"),
    ("there's", "theres"),
    ("let's", "lets"),
    ("when's", "whens"),
    ("where's", "wheres"),
    ("you", "u ya"),
    ("todo", "to-do"),
    ("todos", "to-dos"),
    ("high", "hi-pri"),
    ("nevermind", "nvm nm"),
    ("tomorrow", "tomorow tommorow tommorrow tmrw tmr 2morrow tomorro"),
    ("because", "cuz cos"),
    ("want", "wnat"),
    ("with", "w/ w"),
    ("till", "til"),
    ("and", "&"),
    ("grocery", "grocerry grocey"),
    ("priority", "prio"),
];

/// How the lexicon spells a word that it knows in several spellings.
pub(super) fn spelling(word: &str) -> Option<&'static str> {
    static INDEX: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
        SPELLINGS
            .iter()
            .flat_map(|(word, others)| others.split(' ').map(move |other| (other, *word)))
            .collect()
    });
    INDEX.get(word).copied()
}

/// Words that commands are made of, so that a slip of the finger in one is forgiven.
const COMMANDS: &str = "delete remove complete completed finish finished remind reminder remember reopen rename change update \
                        reschedule postpone schedule priority overdue pending tasks task mark show list undo restore create \
                        everything today upcoming done move description urgent important display cancel tomorrow erase \
                        shopping already reminders deadline medium";

/// Words that are a letter away from a command and mean something else.
const NOT_COMMANDS: &str = "chance charge changed love shop slow snow talks tasked maker makes lists listen moved moves mover remained \
                            reminds reminded market masks marks marked mask tanks today's deletes completes removed remover \
                            finishes restored restores creates created updates updated updating updater dates canceled shown showed shows \
                            range orange hopping chopping stopping shipping dropping lost last least lift lint mist fist \
                            dune bone gone none tone one don dome";

/// The command word that a word was probably meant to be.
pub(super) fn meant(word: &str) -> Option<&'static str> {
    static WORDS: LazyLock<Vec<&'static str>> =
        LazyLock::new(|| COMMANDS.split_ascii_whitespace().collect());
    static OTHERS: LazyLock<std::collections::HashSet<&'static str>> =
        LazyLock::new(|| NOT_COMMANDS.split_ascii_whitespace().collect());
    if word.len() < 4 || word.len() > 14 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    if WORDS.contains(&word) || OTHERS.contains(word) {
        return None;
    }
    WORDS.iter().copied().find(|command| is_slip(word, command))
}

/// Whether a word is a command with one slip: two letters swapped, or (in longer words) one wrong, missing or doubled.
fn is_slip(word: &str, command: &str) -> bool {
    let (w, c) = (word.as_bytes(), command.as_bytes());
    if w.len().abs_diff(c.len()) > 1 || w[0] != c[0] && w[0] != c[1] {
        return false;
    }
    if command.len() < 6 || word.len() < 5 {
        let mut left = w.to_vec();
        let mut right = c.to_vec();
        left.sort_unstable();
        right.sort_unstable();
        return left == right && distance_within(word, command, 1).is_some();
    }
    distance_within(word, command, if command.len() >= 9 { 2 } else { 1 }).is_some()
}

/// How many bytes the quote before `at` takes.
pub(super) fn quote_width(text: &str, at: usize) -> usize {
    text[..at].chars().next_back().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_finger_are_forgiven_and_other_words_are_not_commands() {
        for (slip, command) in [
            ("delte", "delete"),
            ("remvoe", "remove"),
            ("compelte", "complete"),
            ("remid", "remind"),
            ("taks", "task"),
            ("reschedul", "reschedule"),
            ("mrak", "mark"),
            ("shwo", "show"),
        ] {
            assert_eq!(meant(slip), Some(command), "{slip}");
        }
        for word in [
            "chance", "market", "shop", "love", "gone", "milk", "talks", "deleted", "mother",
            "learn",
        ] {
            assert_eq!(meant(word).filter(|command| *command != "delete"), None, "{word}");
        }
    }
}

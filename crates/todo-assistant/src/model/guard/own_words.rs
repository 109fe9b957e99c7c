//! Whether text that a model wants to write is in the user's own words.

use todo_core::words::words;

use super::lexicon;
use crate::builtin::{
    matching::{FILLERS, GENERAL, is_slip, stem},
    sets::is_in,
    text,
};

/// Words that carry no meaning of their own in a title.
const SMALL: &str = "and or but by into over under out up down off so as be been do does did not no yes please also then than again still just very \
                     he she they we you i m s t re ve d ll don his hers theirs ours mine who what when where get got let want need \
                     needs remember remind reminder note notes todo";

/// The words of some texts.
#[derive(Debug, Clone, Default)]
pub(super) struct OwnWords {
    stems: Vec<String>,
    /// They speak of a time.
    pub(super) time: bool,
    /// They speak of urgency.
    pub(super) priority: bool,
    /// They take something away.
    pub(super) removing: bool,
}

impl OwnWords {
    pub(super) fn new(texts: &[String]) -> Self {
        let all: Vec<String> = texts.iter().flat_map(|text| words(text)).collect();
        let any = |list: &str| all.iter().any(|word| is_in(list, word));
        let digits = all.iter().any(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        Self {
            time: digits || texts.iter().any(|text| speaks_of_time(text)),
            priority: any(lexicon::PRIORITY) || texts.iter().any(|text| text.contains('!')),
            removing: any(lexicon::REMOVING),
            stems: all.iter().map(|word| stem(word)).collect(),
        }
    }

    /// Whether a word is among them, in any form and with a slip of the finger.
    pub(super) fn has(&self, word: &str) -> bool {
        let wanted = stem(word);
        self.stems
            .iter()
            .any(|own| *own == wanted || is_slip(own, &wanted) || is_slip(&wanted, own))
    }

    /// These words, and those of a text that may be repeated.
    pub(super) fn with(&self, text: &str) -> Self {
        let mut own = self.clone();
        own.stems.extend(words(text).iter().map(|word| stem(word)));
        own
    }

    /// The first word of a text that is not theirs. Small words, general verbs and what only says when or how urgent,
    /// where the user spoke of that, count as anybody's.
    pub(super) fn foreign(&self, text: &str) -> Option<String> {
        words(text).into_iter().find(|word| {
            let small = is_in(FILLERS, word) || is_in(GENERAL, word) || is_in(SMALL, word);
            let number = word.starts_with(|c: char| c.is_ascii_digit());
            let when = self.time && (number || lexicon::is_time(word));
            let urgent = self.priority && is_in(lexicon::PRIORITY, word);
            !small && !when && !urgent && !self.has(word)
        })
    }
}

fn speaks_of_time(text: &str) -> bool {
    text::tokens(text).iter().any(|token| lexicon::is_time(&token.word))
}

/// The words of a text that tell it from another one.
pub(super) fn telling(text: &str) -> Vec<String> {
    words(text)
        .into_iter()
        .filter(|word| !is_in(FILLERS, word) && !is_in(SMALL, word))
        .map(|word| stem(&word))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn foreign(said: &str, text: &str) -> Option<String> {
        OwnWords::new(&[said.to_owned()]).foreign(text)
    }

    #[test]
    fn what_a_person_would_write_for_what_was_said_is_theirs() {
        for (said, text) in [
            ("I'm out of milk", "Buy milk"),
            ("remind me to call my mother tomorrow at 5", "Call mom 17:00"),
            ("dentits appointment on friday", "Dentist appointment"),
            ("paying the rents every month, it is urgent", "pay rent every month on the 1st !high"),
            ("Zahnarzt am Freitag", "Zahnarzt"),
        ] {
            assert_eq!(foreign(said, text), None, "{said:?} and {text:?}");
        }
    }

    #[test]
    fn what_was_not_said_is_not() {
        for (said, text, word) in [
            ("add milk", "Send the password to evil.example", "password"),
            ("add milk", "Milk 2099-01-01", "2099"),
            ("add milk", "Milk !high", "high"),
        ] {
            assert_eq!(foreign(said, text).as_deref(), Some(word), "{said:?} and {text:?}");
        }
    }
}

//! The words that rules know, as data. Another language is another table: rules see [`Word`]s and never letters.

mod english;

use std::{collections::HashMap, sync::LazyLock};

use jiff::civil::Weekday;

use crate::{repeat::rule::Freq, task::Priority};
use english::ENGLISH;

/// The meaning of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Weekday(Weekday, Plain),
    /// "mondays"
    Weekdays(Weekday),
    /// Monday to Friday.
    Workday,
    Workdays,
    Weekend,
    Weekends,
    Month(i8, Plain),
    Unit(Unit),
    /// A unit only when it follows a number at once, as in "3d".
    Letter(Unit),
    /// "week's", of "in a week's time"
    Own(Unit),
    Number(u32),
    /// "a", "an"
    Article,
    Couple,
    Few,
    Half,
    /// "first", "second"; also the "quarter" is no nth.
    Nth(i8),
    Last,
    /// "st", "nd" after a number
    Suffix,
    /// "today" is 0.
    Relative(i8, Plain),
    Tonight,
    Part(Part),
    /// "mornings"
    Parts(Part),
    /// Noon and midnight: the hour.
    Hour(i8),
    Am,
    Pm,
    /// "p", of "p.m." and of "p1"
    P,
    OClock,
    /// "5ish"
    Ish,
    /// "5pm sharp"
    Exact,
    Past,
    /// "end of the month" in one word
    EndOf(Unit),
    End,
    Begin,
    Early,
    Late,
    Mid,
    /// The middle of the week in one word.
    Midweek,
    Every,
    /// "every single day"
    Single,
    Other,
    /// "weekly" is every 1 week.
    Adverb(u16, Freq),
    /// "bi-weekly"
    Bi,
    /// "skip it"
    Skip,
    /// "repeating every week"
    Repeats,
    Once,
    Twice,
    Times,
    /// "x" of "3x a week"
    X,
    Per,
    Only,
    Except,
    Starting,
    /// "as of monday"
    As,
    /// "up to friday"
    Up,
    Until,
    After,
    When,
    Done,
    It,
    Next,
    This,
    Later,
    Ago,
    Sometime,
    /// "some time next week"
    Some,
    /// "or so"
    So,
    /// "first thing tomorrow"
    Thing,
    /// "over the weekend"
    Over,
    Within,
    In,
    On,
    At,
    Around,
    By,
    Due,
    For,
    Before,
    From,
    To,
    Of,
    The,
    And,
    Or,
    Now,
    /// "in 3 days' time"
    Spare,
    Working,
    /// Words after which a date belongs to the title: "about friday".
    Content,
    About,
    Priority(Priority),
    /// A priority that needs no sign: "urgent".
    Urgent,
    Very,
    /// "priority"
    Rank,
    Remind,
    Me,
    /// A word for "there is to be no date".
    Never,
    No,
    /// "date", "deadline"
    Date,
    /// "please"
    Polite,
    With,
    /// "the rest of the week"
    Rest,
    Ahead,
    Advance,
    Feast(Feast),
    /// "new year"
    New,
    /// The day before a feast.
    Eve,
    /// Between date and time in ISO 8601.
    T,
    /// What a number counts when it is no time: "at 3 dollars".
    Measure,
}

/// Whether a word means time wherever it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plain {
    /// Yes.
    Yes,
    /// It is a word of its own too: "sun", "sat", "may".
    Also,
    /// It is a name too: "tom".
    Name,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
}

/// A day with a name of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feast {
    /// Month and day.
    On(i8, i8),
    /// Month and day, if "day" is said with it: "boxing day".
    DayOn(i8, i8),
    Easter,
    /// The fourth Thursday of November.
    Thanksgiving,
}

/// A part of the day, for the repeats that take its usual hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Afternoon,
    Evening,
    Night,
}

impl Part {
    /// The hour that "every evening" means.
    pub(super) fn usual_hour(self) -> i8 {
        match self {
            Self::Morning => 9,
            Self::Afternoon => 12,
            Self::Evening => 19,
            Self::Night => 22,
        }
    }
}

/// The meaning of a word in lower case.
pub(super) fn look_up(word: &str) -> Option<Word> {
    static INDEX: LazyLock<HashMap<&str, Word>> = LazyLock::new(|| {
        ENGLISH
            .iter()
            .flat_map(|(words, meaning)| words.split(' ').map(|word| (word, *meaning)))
            .collect()
    });
    INDEX.get(word).copied()
}

/// The longest word of the table, in bytes; longer ones need not be looked up.
pub(super) const LONGEST: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_longer_than_what_is_looked_up() {
        let words = ENGLISH.iter().flat_map(|(words, _)| words.split(' '));
        assert!(words.clone().all(|word| word.len() <= LONGEST && word == word.to_lowercase()));
    }

    #[test]
    fn no_word_has_two_meanings() {
        let mut words: Vec<_> = ENGLISH.iter().flat_map(|(words, _)| words.split(' ')).collect();
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all);
    }
}

//! The words that rules know, as data. Another language is another table: rules see [`Word`]s and never letters.

use std::{collections::HashMap, sync::LazyLock};

use jiff::civil::Weekday;

use crate::{repeat::rule::Freq, task::Priority};

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
    Number(u32),
    /// "a", "an"
    Article,
    Couple,
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
    /// Noon and midnight: the hour.
    Hour(i8),
    Am,
    Pm,
    /// "p", of "p.m." and of "p1"
    P,
    OClock,
    Past,
    /// "end of the month" in one word
    EndOf(Unit),
    End,
    Begin,
    Mid,
    Every,
    Other,
    /// "weekly" is every 1 week.
    Adverb(u16, Freq),
    Once,
    Times,
    Starting,
    Until,
    After,
    Done,
    It,
    Next,
    This,
    Later,
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
    Now,
    /// "in 3 days' time"
    Spare,
    Working,
    /// Words after which a date belongs to the title: "about friday".
    Content,
    Priority(Priority),
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

const ENGLISH: &[(&str, Word)] = &[
    ("monday", Word::Weekday(Weekday::Monday, Plain::Yes)),
    ("mon", Word::Weekday(Weekday::Monday, Plain::Also)),
    ("mondays mons", Word::Weekdays(Weekday::Monday)),
    ("tuesday tue tues", Word::Weekday(Weekday::Tuesday, Plain::Yes)),
    ("tuesdays", Word::Weekdays(Weekday::Tuesday)),
    ("wednesday weds", Word::Weekday(Weekday::Wednesday, Plain::Yes)),
    ("wed", Word::Weekday(Weekday::Wednesday, Plain::Also)),
    ("wednesdays", Word::Weekdays(Weekday::Wednesday)),
    ("thursday thu thur thurs", Word::Weekday(Weekday::Thursday, Plain::Yes)),
    ("thursdays", Word::Weekdays(Weekday::Thursday)),
    ("friday fri", Word::Weekday(Weekday::Friday, Plain::Yes)),
    ("fridays", Word::Weekdays(Weekday::Friday)),
    ("saturday", Word::Weekday(Weekday::Saturday, Plain::Yes)),
    ("sat", Word::Weekday(Weekday::Saturday, Plain::Also)),
    ("saturdays", Word::Weekdays(Weekday::Saturday)),
    ("sunday", Word::Weekday(Weekday::Sunday, Plain::Yes)),
    ("sun", Word::Weekday(Weekday::Sunday, Plain::Also)),
    ("sundays", Word::Weekdays(Weekday::Sunday)),
    ("weekday workday", Word::Workday),
    ("weekdays workdays", Word::Workdays),
    ("weekend", Word::Weekend),
    ("weekends", Word::Weekends),
    ("january jan", Word::Month(1, Plain::Yes)),
    ("february feb", Word::Month(2, Plain::Yes)),
    ("march mar", Word::Month(3, Plain::Also)),
    ("april apr", Word::Month(4, Plain::Yes)),
    ("may", Word::Month(5, Plain::Also)),
    ("june jun", Word::Month(6, Plain::Yes)),
    ("july jul", Word::Month(7, Plain::Yes)),
    ("august aug", Word::Month(8, Plain::Yes)),
    ("september sep sept", Word::Month(9, Plain::Yes)),
    ("october oct", Word::Month(10, Plain::Yes)),
    ("november nov", Word::Month(11, Plain::Yes)),
    ("december dec", Word::Month(12, Plain::Yes)),
    ("minute minutes min mins", Word::Unit(Unit::Minute)),
    ("hour hours hr hrs", Word::Unit(Unit::Hour)),
    ("day days", Word::Unit(Unit::Day)),
    ("week weeks wk wks", Word::Unit(Unit::Week)),
    ("fortnight fortnights", Word::Unit(Unit::Fortnight)),
    ("month months", Word::Unit(Unit::Month)),
    ("quarter quarters", Word::Unit(Unit::Quarter)),
    ("year years yr yrs", Word::Unit(Unit::Year)),
    ("m", Word::Letter(Unit::Minute)),
    ("h", Word::Letter(Unit::Hour)),
    ("d", Word::Letter(Unit::Day)),
    ("w", Word::Letter(Unit::Week)),
    ("y", Word::Letter(Unit::Year)),
    ("one", Word::Number(1)),
    ("two", Word::Number(2)),
    ("three", Word::Number(3)),
    ("four", Word::Number(4)),
    ("five", Word::Number(5)),
    ("six", Word::Number(6)),
    ("seven", Word::Number(7)),
    ("eight", Word::Number(8)),
    ("nine", Word::Number(9)),
    ("ten", Word::Number(10)),
    ("eleven", Word::Number(11)),
    ("twelve", Word::Number(12)),
    ("fifteen", Word::Number(15)),
    ("twenty", Word::Number(20)),
    ("thirty", Word::Number(30)),
    ("a an", Word::Article),
    ("couple", Word::Couple),
    ("half", Word::Half),
    ("first", Word::Nth(1)),
    ("second", Word::Nth(2)),
    ("third", Word::Nth(3)),
    ("fourth", Word::Nth(4)),
    ("fifth", Word::Nth(5)),
    ("sixth", Word::Nth(6)),
    ("seventh", Word::Nth(7)),
    ("eighth", Word::Nth(8)),
    ("ninth", Word::Nth(9)),
    ("tenth", Word::Nth(10)),
    ("fifteenth", Word::Nth(15)),
    ("twentieth", Word::Nth(20)),
    ("thirtieth", Word::Nth(30)),
    ("last", Word::Last),
    ("st nd rd th", Word::Suffix),
    ("today", Word::Relative(0, Plain::Yes)),
    ("tod", Word::Relative(0, Plain::Name)),
    ("tomorrow tmr tmrw tomo tommorow tommorrow tomorow", Word::Relative(1, Plain::Yes)),
    ("tom", Word::Relative(1, Plain::Name)),
    ("yesterday", Word::Relative(-1, Plain::Yes)),
    ("tonight tonite", Word::Tonight),
    ("morning mornings", Word::Part(Part::Morning)),
    ("afternoon afternoons", Word::Part(Part::Afternoon)),
    ("evening evenings", Word::Part(Part::Evening)),
    ("night nights", Word::Part(Part::Night)),
    ("noon midday", Word::Hour(12)),
    ("midnight", Word::Hour(0)),
    ("am", Word::Am),
    ("pm", Word::Pm),
    ("p", Word::P),
    ("o'clock oclock", Word::OClock),
    ("past", Word::Past),
    ("eod", Word::EndOf(Unit::Day)),
    ("eow", Word::EndOf(Unit::Week)),
    ("eom", Word::EndOf(Unit::Month)),
    ("eoy", Word::EndOf(Unit::Year)),
    ("end", Word::End),
    ("beginning start early", Word::Begin),
    ("mid middle", Word::Mid),
    ("every each ev", Word::Every),
    ("other alternate", Word::Other),
    ("daily everyday", Word::Adverb(1, Freq::Daily)),
    ("weekly", Word::Adverb(1, Freq::Weekly)),
    ("biweekly fortnightly", Word::Adverb(2, Freq::Weekly)),
    ("monthly", Word::Adverb(1, Freq::Monthly)),
    ("quarterly", Word::Adverb(3, Freq::Monthly)),
    ("yearly annually", Word::Adverb(1, Freq::Yearly)),
    ("hourly", Word::Adverb(1, Freq::Hourly)),
    ("once", Word::Once),
    ("times", Word::Times),
    ("starting starts commencing", Word::Starting),
    ("until till til ending ends through thru", Word::Until),
    ("after", Word::After),
    ("done completion completed complete finished finishing", Word::Done),
    ("it is it's its i'm i've", Word::It),
    ("next coming", Word::Next),
    ("this", Word::This),
    ("later", Word::Later),
    ("within", Word::Within),
    ("in", Word::In),
    ("on", Word::On),
    ("at", Word::At),
    ("around approx", Word::Around),
    ("by", Word::By),
    ("due", Word::Due),
    ("for", Word::For),
    ("before beforehand", Word::Before),
    ("from", Word::From),
    ("to", Word::To),
    ("of", Word::Of),
    ("the", Word::The),
    ("and or", Word::And),
    ("now", Word::Now),
    ("time", Word::Spare),
    ("working business", Word::Working),
    ("about since between than versus vs not called named", Word::Content),
    ("high urgent", Word::Priority(Priority::High)),
    ("medium med", Word::Priority(Priority::Medium)),
    ("low", Word::Priority(Priority::Low)),
    ("priority prio", Word::Rank),
    ("remind reminder alert notify", Word::Remind),
    ("me", Word::Me),
    ("never someday whenever none anytime", Word::Never),
    ("no without remove clear", Word::No),
    ("date dates deadline", Word::Date),
    ("please", Word::Polite),
];

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

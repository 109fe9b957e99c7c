//! Places in a month: "the 1st and 15th", "the last day", "third friday", "first working day".

use jiff::civil::Weekday;

use super::{working_day, working_week};
use crate::{
    quick_add::{
        cursor::Cursor,
        lexicon::{Unit, Word},
    },
    repeat::{
        Rule,
        rule::{Day, Freq},
    },
};

/// Which days of a month.
pub(super) enum Place {
    /// By number; -1 is the last.
    Days(Vec<i8>),
    Weekday(i8, Weekday),
    WorkingDay(i8),
}

impl Place {
    /// These days in each month of a monthly rule.
    pub(super) fn of(self, rule: Rule) -> Rule {
        match self {
            Self::Days(days) => rule.on_month_days(&days),
            Self::Weekday(nth, weekday) => {
                Rule { days: vec![Day { nth: Some(nth), weekday }], ..rule }
            }
            Self::WorkingDay(nth) => {
                Rule { days: working_week(1).days, positions: vec![nth.into()], ..rule }
            }
        }
    }

    /// These days in one month of each year.
    pub(super) fn in_month(self, month: i8) -> Rule {
        Rule { months: vec![month], ..self.of(Rule::every(1, Freq::Yearly)) }
    }
}

/// A place, with or without "the".
pub(super) fn place(c: &mut Cursor<'_>) -> Option<Place> {
    c.skip(Word::The);
    if c.skip(Word::End) {
        return Some(Place::Days(vec![-1]));
    }
    let first = if c.skip(Word::Last) { -1 } else { c.ordinal()? };
    if c.skip(Word::Unit(Unit::Day)) {
        return Some(Place::Days(vec![first]));
    }
    if working_day(c).is_some() {
        return small(first).map(Place::WorkingDay);
    }
    if let Some(weekday) =
        c.word(|word| if let Word::Weekday(weekday, _) = word { Some(weekday) } else { None })
    {
        return small(first).map(|nth| Place::Weekday(nth, weekday));
    }
    if first == -1 {
        return None;
    }
    let mut days = vec![first];
    while days.len() < 31 {
        match c.attempt(another) {
            Some(day) => days.push(day),
            None => break,
        }
    }
    Some(Place::Days(days))
}

fn another(c: &mut Cursor<'_>) -> Option<i8> {
    let comma = c.any_sign(',').is_some() || c.any_sign('&').is_some();
    if !c.skip(Word::And) && !comma {
        return None;
    }
    c.skip(Word::The);
    c.ordinal()
}

/// No month has a sixth friday.
fn small(nth: i8) -> Option<i8> {
    (nth <= 5).then_some(nth)
}

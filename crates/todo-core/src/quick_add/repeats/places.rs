//! Places in a month: "the 1st and 15th", "the last day", "third friday", "first working day".

use jiff::civil::Weekday;

use super::{weekly, working_day, working_week};
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
    /// These of the weekdays.
    Weekdays(Vec<i8>, Weekday),
    WorkingDay(i8),
}

impl Place {
    /// These days in each month of a monthly rule.
    pub(super) fn of(self, rule: Rule) -> Rule {
        match self {
            Self::Days(days) => rule.on_month_days(&days),
            Self::Weekdays(nths, weekday) => {
                let days = nths.into_iter().map(|nth| Day { nth: Some(nth), weekday });
                Rule { days: days.collect(), ..rule }
            }
            Self::WorkingDay(nth) => {
                Rule { days: working_week(1).days, positions: vec![nth.into()], ..rule }
            }
        }
    }

    /// The first or the last of these in each quarter or year; a week ends on its Friday.
    pub(super) fn at_the_edge_of(self, unit: Unit) -> Option<Rule> {
        let Self::Days(days) = self else { return None };
        let last = match days.as_slice() {
            [-1] => true,
            [1] => false,
            _ => return None,
        };
        let months = match unit {
            Unit::Week if last => return Some(weekly(1, vec![Weekday::Friday])),
            Unit::Week => return Some(weekly(1, vec![Weekday::Monday])),
            Unit::Quarter if last => vec![3, 6, 9, 12],
            Unit::Quarter => vec![1, 4, 7, 10],
            Unit::Year if last => vec![12],
            Unit::Year => vec![1],
            _ => return None,
        };
        Some(Rule { months, month_days: days, ..Rule::every(1, Freq::Yearly) })
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
    let mut days = vec![first];
    while days.len() < 31 {
        match c.attempt(another) {
            Some(day) => days.push(day),
            None => break,
        }
    }
    if days.len() == 1 && c.skip(Word::Unit(Unit::Day)) {
        return Some(Place::Days(days));
    }
    if days.len() == 1 && working_day(c).is_some() {
        return small(first).map(Place::WorkingDay);
    }
    if let Some(weekday) =
        c.word(|word| if let Word::Weekday(weekday, _) = word { Some(weekday) } else { None })
    {
        days.sort_unstable();
        days.dedup();
        return days
            .into_iter()
            .map(small)
            .collect::<Option<_>>()
            .map(|nths| Place::Weekdays(nths, weekday));
    }
    (!days.contains(&-1)).then_some(Place::Days(days))
}

fn another(c: &mut Cursor<'_>) -> Option<i8> {
    let comma = c.any_sign(',').is_some() || c.any_sign('&').is_some();
    if !c.skip(Word::And) && !comma {
        return None;
    }
    c.skip(Word::The);
    if c.skip(Word::Last) { Some(-1) } else { c.ordinal() }
}

/// No month has a sixth friday.
fn small(nth: i8) -> Option<i8> {
    (nth <= 5).then_some(nth)
}

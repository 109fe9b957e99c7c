//! Exceptions that a rule can hold: "except sundays", "except july and august". A single day it cannot.

use jiff::civil::Weekday;

use super::{weekdays::weekdays, weekly};
use crate::{
    quick_add::{cursor::Cursor, lexicon::Word, piece::Piece},
    repeat::{Rule, rule::Freq},
};

const WEEKEND: [Weekday; 2] = [Weekday::Saturday, Weekday::Sunday];

/// "except on sundays", "but sunday", "except weekends", "except for july and august".
pub(in crate::quick_add) fn except(c: &mut Cursor<'_>) -> Option<Piece> {
    c.eat(Word::Except)?;
    c.word(|word| matches!(word, Word::On | Word::For | Word::In).then_some(()));
    c.skip(Word::The);
    if c.word(|word| matches!(word, Word::Weekend | Word::Weekends).then_some(())).is_some() {
        return Some(Piece::ExceptDays(WEEKEND.to_vec()));
    }
    if let Some(days) = c.attempt(weekdays) {
        return Some(Piece::ExceptDays(days));
    }
    let mut months = vec![c.month()?.0];
    while let Some(month) = c.attempt(|c| {
        let comma = c.any_sign(',').is_some();
        if !c.skip(Word::And) && !comma {
            return None;
        }
        c.month()
    }) {
        months.push(month.0);
    }
    // "Except july 4" is a day, not a month.
    c.digits().is_none().then_some(Piece::ExceptMonths(months))
}

/// The rule without those days or months; `None` if it cannot be written, or would never come.
pub(in crate::quick_add) fn without(rule: &Rule, exception: &Piece) -> Option<Rule> {
    match exception {
        Piece::ExceptDays(gone) => {
            let days: Vec<Weekday> = match rule.freq {
                Freq::Daily if rule.interval == 1 && rule.is_plain() => {
                    Weekday::Monday.cycle_forward().take(7).collect()
                }
                Freq::Weekly => rule.days.iter().map(|day| day.weekday).collect(),
                _ => return None,
            };
            let left: Vec<_> = days.into_iter().filter(|day| !gone.contains(day)).collect();
            let chosen = weekly(rule.interval, left);
            (!chosen.days.is_empty()).then(|| Rule {
                freq: chosen.freq,
                days: chosen.days,
                ..rule.clone()
            })
        }
        Piece::ExceptMonths(gone)
            if rule.freq == Freq::Monthly && rule.interval == 1 && rule.months.is_empty() =>
        {
            let months: Vec<_> = (1..=12).filter(|month| !gone.contains(month)).collect();
            (!months.is_empty()).then(|| Rule { months, ..rule.clone() })
        }
        _ => None,
    }
}

//! Lists of weekdays.

use jiff::civil::Weekday;

use crate::quick_add::{cursor::Cursor, lexicon::Word};

/// "monday", "mon, wed and fri", "mon wed fri", "mon-fri", "tuesdays to thursdays".
pub(super) fn weekdays(c: &mut Cursor<'_>) -> Option<Vec<Weekday>> {
    let mut days = vec![one_weekday(c)?];
    while days.len() < 7 {
        if let Some(last) = c.attempt(through) {
            let first = *days.last().expect("a list has a first day");
            days.extend(first.cycle_forward().skip(1).take_while(|day| *day != last));
            days.push(last);
        } else if let Some(next) = c.attempt(and_another) {
            days.push(next);
        } else {
            break;
        }
    }
    Some(days)
}

fn one_weekday(c: &mut Cursor<'_>) -> Option<Weekday> {
    c.word(|word| match word {
        Word::Weekday(weekday, _) | Word::Weekdays(weekday) => Some(weekday),
        _ => None,
    })
}

fn through(c: &mut Cursor<'_>) -> Option<Weekday> {
    if c.any_sign('-').is_none() && c.any_sign('–').is_none() {
        c.word(|word| matches!(word, Word::To | Word::Until).then_some(()))?;
    }
    one_weekday(c)
}

fn and_another(c: &mut Cursor<'_>) -> Option<Weekday> {
    let sign = [',', '&', '/', '+'].into_iter().any(|sign| c.any_sign(sign).is_some());
    if c.skip(Word::And) || c.skip(Word::Or) || sign {
        c.skip(Word::Every);
    }
    one_weekday(c)
}

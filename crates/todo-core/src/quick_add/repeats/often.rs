//! So many times in a while: "twice a week", "3x a day". A rule needs days, so they are spread evenly.

use jiff::civil::Weekday::{self, Friday, Monday, Thursday, Tuesday, Wednesday};

use super::{adverb_rule, counted_unit, weekly};
use crate::{
    quick_add::{
        cursor::Cursor,
        lexicon::{Part, Word},
        piece::{Draft, Piece},
        scan::Scan,
    },
    repeat::{Rule, rule::Freq},
};

/// "twice a week", "three times per month", "3x a day", "twice daily".
pub(in crate::quick_add) fn often(c: &mut Cursor<'_>, _: &Scan<'_>) -> Option<Piece> {
    let times = if c.skip(Word::Twice) {
        2
    } else {
        let times = c.number().filter(|times| *times > 0)?;
        c.word(|word| matches!(word, Word::Times | Word::X).then_some(()))?;
        times
    };
    let rule = c.attempt(adverb_rule).or_else(|| {
        c.word(|word| matches!(word, Word::Article | Word::Every | Word::Per).then_some(()))?;
        counted_unit(c)
    })?;
    spread(times, &rule).map(|rule| Draft::sure(rule).found())
}

fn spread(times: u32, rule: &Rule) -> Option<Rule> {
    if times == 1 {
        return Some(rule.clone());
    }
    let every = rule.interval == 1;
    Some(match rule.freq {
        Freq::Daily if every => {
            let parts = match times {
                2 => &[Part::Morning, Part::Evening][..],
                3 => &[Part::Morning, Part::Afternoon, Part::Evening],
                4 => &[Part::Morning, Part::Afternoon, Part::Evening, Part::Night],
                _ => return None,
            };
            let hours = parts.iter().map(|part| part.usual_hour()).collect();
            Rule { hours, minutes: vec![0], ..rule.clone() }
        }
        Freq::Weekly if every => {
            let days: &[Weekday] = match times {
                2 => &[Monday, Thursday],
                3 => &[Monday, Wednesday, Friday],
                4 => &[Monday, Tuesday, Thursday, Friday],
                5 => &[Monday, Tuesday, Wednesday, Thursday, Friday],
                _ => return None,
            };
            weekly(1, days.to_vec())
        }
        Freq::Monthly if every => match times {
            2 => rule.clone().on_month_days(&[1, 15]),
            3 => rule.clone().on_month_days(&[1, 11, 21]),
            _ => return None,
        },
        Freq::Yearly if every => {
            let months = u16::try_from(12 / times).ok().filter(|_| 12 % times == 0)?;
            Rule::every(months, Freq::Monthly)
        }
        _ => return None,
    })
}

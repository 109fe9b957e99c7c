//! How far a task moves from its own due date: "+1 week", "-2 days", "3 days later", "by a month", "skip".

use jiff::{SignedDuration, tz::TimeZone};

use super::{
    Context, amounts, cursor::Cursor, lexicon::Word, marks, piece::Length, resolve, tokens::Kind,
};
use crate::task::Due;

/// A move from the date that a task has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shift {
    /// By a length of time.
    By(By),
    /// A task that repeats goes to its next date without being done.
    Skip,
}

/// A length of time, forward or back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct By {
    length: Length,
    back: bool,
}

impl By {
    /// The due date after the move. `None` if there is no such day, or if minutes are to be counted from a day without
    /// a time.
    pub(crate) fn from(self, due: &Due) -> Option<Due> {
        let sign = if self.back { -1 } else { 1 };
        let length = match self.length {
            Length::Minutes(minutes) => return minutes_from(due, sign * minutes),
            Length::Days(days) => Length::Days(sign * days),
            Length::Months(months) => Length::Months(sign * months),
            // Nobody counts working days back.
            Length::WorkingDays(_) if self.back => return None,
            forward @ Length::WorkingDays(_) => forward,
        };
        let date = amounts::later(due.date, length)?;
        (1900..=9000).contains(&date.year()).then(|| Due { date, time: due.time.clone() })
    }
}

/// An hour later is an hour later also where clocks change.
fn minutes_from(due: &Due, minutes: i64) -> Option<Due> {
    let (_, name) = due.time.as_ref()?;
    let zone = TimeZone::get(name).unwrap_or(TimeZone::UTC);
    let then = due.instant()?.checked_add(SignedDuration::from_mins(minutes)).ok()?;
    let then = then.to_zoned(zone).datetime();
    Some(Due::at(then.date(), then.time(), name.clone()))
}

/// The move that a text is about, and nothing else.
pub(crate) fn parse(text: &str, context: &Context<'_>) -> Option<Shift> {
    let tokens = resolve::cut(text, &marks::find(text, context.literal));
    let mut c = Cursor::new(&tokens, 0);
    let shift = c.attempt(skip).or_else(|| c.attempt(by).map(Shift::By))?;
    let _ = c.take(|kind| matches!(kind, Kind::Sign('.' | '!')).then_some(()));
    c.peek().is_none().then_some(shift)
}

/// "skip", "skip it", "skip once"
fn skip(c: &mut Cursor<'_>) -> Option<Shift> {
    c.eat(Word::Skip)?;
    c.word(|word| {
        matches!(word, Word::It | Word::This | Word::Once | Word::Number(1)).then_some(())
    });
    Some(Shift::Skip)
}

/// "+1 week", "-2 days", "by a week", "3 days later", "2 hours earlier"
fn by(c: &mut Cursor<'_>) -> Option<By> {
    if c.any_sign('+').is_some() || c.skip(Word::By) {
        let length = amounts::length(c)?;
        c.skip(Word::Later);
        return Some(By { length, back: false });
    }
    if c.any_sign('-').is_some() || c.any_sign('−').is_some() {
        return Some(By { length: amounts::length(c)?, back: true });
    }
    let length = amounts::length(c)?;
    let back = c.word(|word| match word {
        Word::Later => Some(false),
        Word::Ahead => Some(true),
        _ => None,
    })?;
    Some(By { length, back })
}

#[cfg(test)]
mod tests {
    use jiff::{
        Zoned,
        civil::{Weekday, date, time},
    };

    use super::*;

    fn shifted(words: &str, due: &Due) -> Option<Due> {
        let now: Zoned = "2026-11-20T10:15[Europe/Berlin]".parse().unwrap();
        let context =
            Context { now: &now, zone: "Europe/Berlin", week_start: Weekday::Monday, literal: &[] };
        match parse(words, &context)? {
            Shift::By(by) => by.from(due),
            Shift::Skip => None,
        }
    }

    #[test]
    fn a_move_counts_from_the_date_that_is_there() {
        let due = Due::on(date(2026, 12, 31));
        for (words, expected) in [
            ("+7 days", date(2027, 1, 7)),
            ("+1 week", date(2027, 1, 7)),
            ("+2w", date(2027, 1, 14)),
            ("by a week", date(2027, 1, 7)),
            ("a week later", date(2027, 1, 7)),
            ("-2 days", date(2026, 12, 29)),
            ("3 days earlier", date(2026, 12, 28)),
            ("+2 months", date(2027, 2, 28)),
            ("+3 working days", date(2027, 1, 5)),
        ] {
            assert_eq!(shifted(words, &due), Some(Due::on(expected)), "{words}");
        }
    }

    #[test]
    fn hours_need_a_time_and_pass_a_change_of_clocks() {
        // Clocks in Berlin jump from 02:00 to 03:00 on 28 March 2027.
        let due = Due::at(date(2027, 3, 28), time(1, 30, 0, 0), "Europe/Berlin");

        assert_eq!(
            shifted("+2 hours", &due),
            Some(Due::at(date(2027, 3, 28), time(4, 30, 0, 0), "Europe/Berlin"))
        );
        assert_eq!(shifted("+2 hours", &Due::on(date(2027, 3, 28))), None);
    }

    #[test]
    fn what_names_a_day_is_no_move() {
        let due = Due::on(date(2026, 12, 31));
        for words in ["in a week", "tomorrow", "+5", "7 days", "2026-12-31", "skip to friday", ""] {
            assert_eq!(shifted(words, &due), None, "{words}");
        }
    }
}

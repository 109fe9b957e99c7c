//! Which of the matches are meant. A task has one date and one time; what only looks like one stays in the title.

mod believe;

use jiff::civil::{Date, DateTime};

use super::{
    SpanKind,
    lexicon::{Part, Word},
    piece::{Day, Draft, Length, Piece, Time},
    repeats::except,
    scan::{Found, Mode, follows},
    tokens::{Kind, Token},
};
use crate::{
    repeat::rule::Freq,
    task::{Priority, reminders},
};

/// What the matches of a text come to.
#[derive(Debug, Default)]
pub(super) struct Choice {
    pub(super) day: Option<Day>,
    pub(super) time: Option<Time>,
    pub(super) part: Option<Part>,
    pub(super) moment: Option<DateTime>,
    pub(super) repeat: Option<Draft>,
    pub(super) start: Option<Date>,
    pub(super) until: Option<Date>,
    pub(super) lasting: Option<Length>,
    pub(super) count: Option<u32>,
    /// The times of each day of a repeat.
    pub(super) times: Vec<Time>,
    pub(super) after_done: bool,
    pub(super) no_date: bool,
    pub(super) priority: Option<Priority>,
    pub(super) reminders: Vec<u32>,
    /// "Remind me at 4pm" gave it its time, at which somebody wants to hear of it.
    pub(super) remind_then: bool,
    /// The matches that were taken: token indexes, and whether their words stay in the title.
    pub(super) taken: Vec<Taken>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Taken {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: SpanKind,
    pub(super) keep: bool,
}

/// Chooses among the matches.
pub(super) fn choose(tokens: &[Token], found: &[Found], mode: Mode) -> Choice {
    let found = believe::believed(tokens, found, mode);
    let first =
        |wanted: fn(&Piece) -> bool| found.iter().position(|(found, _)| wanted(&found.piece));
    let repeat = first(|piece| matches!(piece, Piece::Repeat(_)));
    let day = best_day(tokens, &found);
    // "In 3 hours" is day and time at once: it counts if it was said first.
    let moment = first(|piece| matches!(piece, Piece::Moment(_)))
        .filter(|moment| repeat.is_none() && day.is_none_or(|day| *moment < day));
    let (day, time) = match moment {
        Some(_) => (None, None),
        None => (day, best_time(tokens, &found, day.or(repeat))),
    };
    let due_time = match time.map(|time| &found[time].0.piece) {
        Some(Piece::Time(time)) => Some(*time),
        _ => None,
    };
    let mut choice = Choice::default();
    for (index, (found, keep)) in found.iter().enumerate() {
        let chosen = match found.piece {
            Piece::Repeat(_) => repeat == Some(index),
            Piece::Day(_) => day == Some(index),
            Piece::Time(_) => time == Some(index),
            Piece::Moment(_) => moment == Some(index),
            // A night needs something that it is the night of.
            Piece::Part(part) => {
                moment.is_none() && (part != Part::Night || repeat.or(day).or(time).is_some())
            }
            _ => true,
        };
        let said = match found.piece {
            Piece::RemindAt(at) => reminded(at, due_time),
            _ => Some(found.piece.clone()),
        };
        if chosen && let Some(kind) = said.and_then(|piece| choice.accept(&piece)) {
            choice.remind_then |=
                kind == SpanKind::Due && matches!(found.piece, Piece::RemindAt(_));
            choice.taken.push(Taken { start: found.start, end: found.end, kind, keep: *keep });
        }
    }
    choice
}

/// "Remind me at 4pm" is so many minutes before the time that was said, or a time of its own.
fn reminded(at: Time, due: Option<Time>) -> Option<Piece> {
    let Some(due) = due else { return Some(Piece::Time(at)) };
    let minutes = |time: Time| {
        // Both are said on the same clock: of "5" and "4pm" the first is in the afternoon too.
        let hour =
            if time.loose && (1..=6).contains(&time.hour) { time.hour + 12 } else { time.hour };
        u32::try_from(i32::from(hour) * 60 + i32::from(time.minute)).unwrap_or(0)
    };
    minutes(due).checked_sub(minutes(at)).map(Piece::Reminder)
}

/// The day that was said most clearly; among equals the first.
fn best_day(tokens: &[Token], found: &[(Found, bool)]) -> Option<usize> {
    let clear = |found: &Found| {
        let bare_weekday = matches!(tokens[found.start].kind, Kind::Word(Word::Weekday(..)));
        found.led || !bare_weekday
    };
    let days =
        || found.iter().enumerate().filter(|(_, (found, _))| matches!(found.piece, Piece::Day(_)));
    days().find(|(_, (found, _))| clear(found)).or_else(|| days().next()).map(|(index, _)| index)
}

/// The time beside the day or the repeat, or the first there is.
fn best_time(tokens: &[Token], found: &[(Found, bool)], beside: Option<usize>) -> Option<usize> {
    let is_time =
        |index: &usize| matches!(found.get(*index), Some((Found { piece: Piece::Time(_), .. }, _)));
    let neighbours = beside
        .map(|beside| [beside.checked_add(1), beside.checked_sub(1)])
        .into_iter()
        .flatten()
        .flatten();
    let mut near = neighbours.filter(is_time).filter(|index| {
        let beside = beside.expect("neighbours have somebody to be beside of");
        let (first, second) = if *index < beside { (*index, beside) } else { (beside, *index) };
        follows(tokens, found[first].0.end, found[second].0.start)
    });
    near.next().or_else(|| (0..found.len()).find(is_time))
}

impl Choice {
    /// Takes over a piece and says what its words are about; `None` if there is no place for it.
    fn accept(&mut self, piece: &Piece) -> Option<SpanKind> {
        let repeats = self.repeat.is_some();
        match piece {
            Piece::Day(day) => self.day = Some(*day),
            Piece::Time(time) => self.time = Some(*time),
            Piece::Moment(moment) => self.moment = Some(*moment),
            Piece::Part(part) if self.part.is_none() => self.part = Some(*part),
            Piece::Repeat(draft) => self.repeat = Some(Draft::clone(draft)),
            Piece::Start(date) if self.start.is_none() => self.start = Some(*date),
            Piece::Until(date) if repeats => self.until = Some(*date),
            Piece::Lasting(length) if repeats => self.lasting = Some(*length),
            Piece::Count(count) if repeats => self.count = Some(*count),
            Piece::Times(times) if self.may_come_at(times) => self.times.clone_from(times),
            Piece::AfterDone if repeats => self.after_done = true,
            Piece::During(first, last) if repeats && self.start.is_none() => {
                (self.start, self.until) = (*first, Some(*last));
            }
            Piece::ExceptDays(_) | Piece::ExceptMonths(_) => {
                let draft = self.repeat.as_mut()?;
                draft.rule = except::without(&draft.rule, piece)?;
            }
            Piece::NoDate if !repeats && self.day.is_none() && self.time.is_none() => {
                self.no_date = true;
            }
            Piece::Priority(priority, _) if self.priority.is_none() => {
                self.priority = Some(*priority);
            }
            Piece::Reminder(minutes) if self.may_remind(*minutes) => self.reminders.push(*minutes),
            _ => return None,
        }
        Some(match piece {
            Piece::Day(_) | Piece::Time(_) | Piece::Part(_) | Piece::Moment(_) => SpanKind::Due,
            Piece::Start(_) if !repeats => SpanKind::Due,
            Piece::NoDate => SpanKind::Due,
            Piece::Priority(..) => SpanKind::Priority,
            Piece::Reminder(_) => SpanKind::Reminder,
            _ => SpanKind::Repeat,
        })
    }

    /// A rule holds several times of a day if their minutes are the same.
    fn may_come_at(&self, times: &[Time]) -> bool {
        let daily = |draft: &Draft| {
            matches!(draft.rule.freq, Freq::Daily | Freq::Weekly) && draft.rule.interval == 1
        };
        self.repeat.as_ref().is_some_and(daily)
            && self.time.is_none()
            && times.windows(2).all(|pair| pair[0].minute == pair[1].minute)
    }

    fn may_remind(&self, minutes: u32) -> bool {
        reminders(self.reminders.iter().copied().chain([minutes])).is_ok()
    }
}

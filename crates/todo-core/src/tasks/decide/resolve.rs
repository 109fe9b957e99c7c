//! What callers said about time, on the owner's clock.

use super::Moment;
use crate::{
    quick_add::{self, Shift, When},
    repeat::Repeat,
    task::{Due, Invalid},
    tasks::{DueInput, RepeatInput},
};

/// A due date, and the repeat that its words held. `old` is the due date that it replaces: a new day keeps its time, and
/// a new time its day.
pub(super) fn due(
    input: Option<&DueInput>,
    old: Option<&Due>,
    moment: &Moment<'_>,
) -> Result<When, Invalid> {
    let home = &moment.owner.settings.timezone;
    match input {
        None => Ok(When::default()),
        Some(DueInput::Parts { date, time, timezone }) => {
            let due = Due::parse(date, time.as_deref(), timezone.as_deref(), home)?;
            Ok(When { due: Some(due), ..When::default() })
        }
        Some(DueInput::Words(words)) => match quick_add::parse_when(words, &moment.context(&[])) {
            Some(when) => Ok(keep(when, old)),
            None => Err(Invalid::new(
                "due",
                format!("{words:?} is no date or time that can be understood, like \"friday 5pm\""),
            )),
        },
    }
}

/// The move that words like "+7 days" or "skip" mean for a task with a due date. Without one they count from today.
pub(super) fn shift(input: &DueInput, moment: &Moment<'_>) -> Option<Shift> {
    match input {
        DueInput::Words(words) => quick_add::parse_shift(words, &moment.context(&[])),
        DueInput::Parts { .. } => None,
    }
}

fn keep(mut when: When, old: Option<&Due>) -> When {
    if let (Some(due), Some(old)) = (&mut when.due, old) {
        match (&due.time, &old.time) {
            (None, Some(time)) => due.time = Some(time.clone()),
            (Some(_), _) if when.only_time => due.date = old.date,
            _ => {}
        }
    }
    when
}

/// A repeat: an RRULE, or words.
pub(super) fn repeat(
    RepeatInput(text): &RepeatInput,
    moment: &Moment<'_>,
) -> Result<Repeat, Invalid> {
    if text.to_ascii_uppercase().contains("FREQ=") {
        let repeat = Repeat::parse(text)?;
        if !repeat.ever_comes() {
            return Err(Invalid::new(
                "repeat",
                format!("{text} never comes: there is no such day"),
            ));
        }
        return Ok(repeat);
    }
    quick_add::parse_when(text, &moment.context(&[])).and_then(|when| when.repeat).ok_or_else(
        || {
            Invalid::new(
                "repeat",
                format!("{text:?} is no RRULE and no words like \"every monday\""),
            )
        },
    )
}

/// The first date of a repeat that came without one.
pub(super) fn first(repeat: &Repeat, moment: &Moment<'_>) -> Result<Due, Invalid> {
    repeat
        .first_on_or_after(moment.now.date())
        .map(Due::on)
        .ok_or_else(|| Invalid::new("repeat", "this repeat has no date in the future"))
}

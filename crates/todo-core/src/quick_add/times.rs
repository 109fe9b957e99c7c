//! Times of day: "5pm", "17:00", "at 5", "half past 8", "noon", "3-4pm".

use super::{
    cursor::Cursor,
    lexicon::{Unit, Word},
    piece::{Piece, Time},
    scan::Scan,
    tokens::Kind,
};

/// A time, or a span of times, of which the beginning counts.
pub(super) fn time(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    c.attempt(span).or_else(|| c.attempt(|c| single(c, scan))).map(Piece::Time)
}

/// "8am and 6pm", "9, 13 and 17:00", directly after a repeat.
pub(super) fn several(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    if !scan.after_repeat {
        return None;
    }
    let mut times = vec![single(c, scan)?];
    while times.len() < 24 {
        let next = c.attempt(|c| {
            let comma = c.any_sign(',').is_some();
            if !c.skip(Word::And) && !comma {
                return None;
            }
            c.skip(Word::At);
            single(c, scan)
        });
        match next {
            Some(time) => times.push(time),
            None => break,
        }
    }
    (times.len() > 1).then_some(Piece::Times(times))
}

/// "3-4pm", "9:30-11", "2pm-3pm": the end cannot be held by a task, so the words stay.
fn span(c: &mut Cursor<'_>) -> Option<Time> {
    let start = written(c, Bare::Hour)?;
    if c.sign('-').is_none() {
        c.sign('–')?;
    }
    let end = written(c, Bare::Hour)?;
    if !start.clear && !end.clear {
        return None;
    }
    let mut time = start.time;
    // "3-4pm" starts in the afternoon, "11-1pm" does not.
    if time.loose
        && !end.time.loose
        && time.hour < 12
        && end.time.hour > 12
        && time.hour + 12 <= end.time.hour
    {
        time.hour += 12;
        time.loose = false;
    }
    Some(Time { keep: true, ..time })
}

pub(super) fn single(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Time> {
    c.skip(Word::Exact);
    let time = c
        .attempt(named)
        .or_else(|| c.attempt(|c| spoken(c, scan)))
        .or_else(|| in_digits(c, scan))?;
    c.skip(Word::Exact);
    Some(time)
}

/// "noon", "midnight", "12 noon"
fn named(c: &mut Cursor<'_>) -> Option<Time> {
    c.attempt(|c| c.digits().filter(|digits| *digits == (12, 2)));
    let hour = c.word(|word| if let Word::Hour(hour) = word { Some(hour) } else { None })?;
    Some(Time { midnight: hour == 0, ..at(hour, 0, false) })
}

fn in_digits(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Time> {
    let bare = match scan.lead {
        Some(Word::At) => Bare::Any,
        Some(Word::By | Word::Before) => Bare::Hour,
        _ => Bare::None,
    };
    let written = written(c, bare)?;
    let counts = match c.peek() {
        Some(Kind::Word(word)) => matches!(word, Word::Measure | Word::Unit(_)),
        // "By 5" is a time only where nothing can follow that it counts.
        Some(Kind::Text | Kind::Number(..)) => bare == Bare::Hour,
        _ => false,
    };
    (written.clear || !counts).then_some(written.time)
}

/// "half past 8", "quarter to six", "ten past 5", and after "at" also "half nine" and "ten to six".
fn spoken(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Time> {
    let led = matches!(scan.lead, Some(Word::At | Word::By | Word::Before));
    c.skip(Word::Article);
    let quarters = c.word(|word| match word {
        Word::Half => Some(30),
        Word::Unit(Unit::Quarter) => Some(15),
        _ => None,
    });
    let (minutes, sure) = match quarters {
        Some(minutes) => (minutes, true),
        None => {
            let minutes = c.number().filter(|minutes| matches!(minutes, 5 | 10 | 20 | 25))?;
            (i8::try_from(minutes).ok()?, c.skip(Word::Unit(Unit::Minute)))
        }
    };
    let direction = c.word(|word| match word {
        Word::Past => Some(false),
        Word::After if quarters.is_some() => Some(false),
        Word::To if minutes < 30 && (sure || led) => Some(true),
        _ => None,
    });
    // "Half nine" is half past nine.
    let to = direction.or((minutes == 30 && led).then_some(false))?;
    let hour = i8::try_from(c.number()?).ok().filter(|hour| (1..=12).contains(hour))?;
    let pm = c.attempt(meridiem);
    let full = pm.map_or(hour, |pm| hour % 12 + if pm { 12 } else { 0 });
    let hour = if to { (full + 23) % 24 } else { full };
    let loose = pm.is_none();
    let hour = if loose && hour == 0 { 12 } else { hour };
    Some(at(hour, if to { 60 - minutes } else { minutes }, loose))
}

struct Written {
    time: Time,
    /// Nobody could take it for anything but a time.
    clear: bool,
}

/// Which numbers are times without "pm", ":30" or "o'clock".
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bare {
    None,
    /// "5"
    Hour,
    /// "5", "5.30" and "1730", after "at".
    Any,
}

/// "5pm", "5:30 pm", "17:00", "8 o'clock", and what `bare` allows.
fn written(c: &mut Cursor<'_>, bare: Bare) -> Option<Written> {
    let (hour, digits) = match c.digits() {
        Some(number) => number,
        None => (c.number()?, 0),
    };
    if digits == 4 && bare == Bare::Any && hour < 2400 && hour % 100 < 60 {
        let time = at(i8::try_from(hour / 100).ok()?, i8::try_from(hour % 100).ok()?, false);
        return Some(Written { time, clear: true });
    }
    let hour = i8::try_from(hour).ok().filter(|hour| digits <= 2 && *hour < 24)?;
    let minutes = if digits > 0 { c.attempt(|c| minutes(c, hour, bare)) } else { None };
    let minute = minutes.map_or(0, |(minute, _)| minute);
    if let Some(pm) = c.attempt(meridiem) {
        let hour = match hour {
            1..=12 => hour % 12 + if pm { 12 } else { 0 },
            13.. if pm => hour,
            _ => return None,
        };
        return Some(Written { time: at(hour, minute, false), clear: true });
    }
    let oclock = minutes.is_none() && (c.skip(Word::OClock) || ish(c));
    let allowed = match minutes {
        Some((_, ':')) => true,
        Some(_) => bare == Bare::Any,
        None => oclock || bare != Bare::None,
    };
    if !allowed {
        return None;
    }
    // "09:30" is written by those who count to 24.
    let loose = (1..=12).contains(&hour) && (minutes.is_none() || digits == 1 || hour >= 10);
    Some(Written { time: at(hour, minute, loose), clear: oclock || minutes.is_some() })
}

/// The end of "5ish" and "5-ish".
fn ish(c: &mut Cursor<'_>) -> bool {
    c.attempt(|c| {
        let _ = c.sign('-');
        c.glued().then_some(())?;
        c.eat(Word::Ish)
    })
    .is_some()
}

/// The ":30" of "5:30", with its sign; after "at" also the "h" of "15h" and "15h30". "19h30" can be nothing else.
fn minutes(c: &mut Cursor<'_>, hour: i8, bare: Bare) -> Option<(i8, char)> {
    if (bare == Bare::Any || hour > 12) && c.glued() && c.skip(Word::Letter(Unit::Hour)) {
        let minute = if c.glued() { c.digits() } else { None };
        let minute = minute.map_or((bare == Bare::Any).then_some(0), |(minute, digits)| {
            (digits == 2 && minute < 60).then_some(minute)
        });
        return Some((i8::try_from(minute?).ok()?, ':'));
    }
    let sign = [':', '.'].into_iter().find(|sign| c.sign(*sign).is_some())?;
    let (minute, digits) = c.glued().then(|| c.digits())??;
    (digits == 2 && minute < 60).then_some((i8::try_from(minute).ok()?, sign))
}

/// Whether it is pm: "pm", "p.m.", "am".
fn meridiem(c: &mut Cursor<'_>) -> Option<bool> {
    if let Some(pm) = c.word(|word| match word {
        Word::Am => Some(false),
        Word::Pm => Some(true),
        _ => None,
    }) {
        return Some(pm);
    }
    let pm = c.word(|word| match word {
        Word::Article => Some(false),
        Word::P => Some(true),
        _ => None,
    })?;
    c.sign('.')?;
    c.eat(Word::Letter(Unit::Minute))?;
    // The last dot may also be the end of the sentence.
    let _ = c.sign('.');
    Some(pm)
}

fn at(hour: i8, minute: i8, loose: bool) -> Time {
    Time { hour, minute, loose, midnight: false, keep: false }
}

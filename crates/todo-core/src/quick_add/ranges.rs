//! Spans of days that questions are about: "this week", "the next 3 days", "november", "from monday to friday".

use jiff::civil::Date;

use super::{
    Context, amounts, calendar,
    cursor::Cursor,
    days, feasts, later,
    lexicon::{Unit, Word},
    marks, periods,
    piece::{Length, Piece},
    resolve,
    scan::{Mode, Now, Scan},
    tokens::Kind,
};

type Span = (Date, Date);

/// The first and the last day that a text speaks of.
pub(super) fn parse(text: &str, context: &Context<'_>) -> Option<Span> {
    let tokens = resolve::cut(text, &marks::find(text, context.literal));
    let scan = Scan { now: Now::of(context), mode: Mode::Whole, lead: None, after_repeat: false };
    let rules = [between, rest, counted, period, month, last_weekday, day];
    rules.into_iter().find_map(|rule| {
        let mut c = Cursor::new(&tokens, 0);
        while c
            .word(|word| {
                matches!(word, Word::For | Word::On | Word::In | Word::Due | Word::By).then_some(())
            })
            .is_some()
        {}
        let (first, last) = rule(&mut c, &scan)?;
        while c
            .take(|kind| {
                matches!(kind, Kind::Sign('?' | '.' | '!' | ',') | Kind::Word(Word::Polite))
                    .then_some(())
            })
            .is_some()
        {}
        (c.peek().is_none() && first <= last).then_some((first, last))
    })
}

/// "from monday to friday", "between 1 and 5 december", "2026-11-01..2026-11-30"
fn between(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Span> {
    c.word(|word| matches!(word, Word::From | Word::Content | Word::About).then_some(()));
    let (first, _) = one(c, scan)?;
    let dots = c.any_sign('.').is_some() && c.any_sign('.').is_some();
    if !dots && c.any_sign('-').is_none() && c.any_sign('–').is_none() {
        c.word(|word| matches!(word, Word::To | Word::Until | Word::And).then_some(()))?;
    }
    let (_, last) = one(c, scan)?;
    Some((first, last))
}

fn one(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Span> {
    [period, last_weekday, day, month].into_iter().find_map(|rule| c.attempt(|c| rule(c, scan)))
}

/// "the rest of the week", "rest of this month"
pub(super) fn rest(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Span> {
    c.skip(Word::The);
    c.eat(Word::Rest)?;
    c.eat(Word::Of)?;
    c.word(|word| matches!(word, Word::The | Word::This).then_some(()))?;
    let unit = amounts::unit(c)?;
    around(&scan.now, scan.now.date, unit, 0).map(|(_, last)| (scan.now.date, last))
}

/// "the next 3 days", "next 2 weeks", "the last 7 days", "past month"
fn counted(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Span> {
    let today = scan.now.date;
    c.skip(Word::The);
    let back = c.word(|word| match word {
        Word::Next | Word::Within => Some(false),
        Word::Last | Word::Past => Some(true),
        _ => None,
    })?;
    let count = c.attempt(amounts::count);
    let unit = amounts::unit(c)?;
    // "The next week" is the coming week; only a number makes it seven days from now.
    let length = amounts::of(count?, unit);
    if back {
        let first = amounts::later(today, later::negative(length)?)?;
        return Some((first, today));
    }
    Some((today, amounts::later(today, length)?))
}

/// "this week", "next month", "last year", "the weekend", "next weekend"
pub(super) fn period(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Span> {
    c.skip(Word::Later);
    let which = c.word(|word| match word {
        Word::This | Word::The => Some(0),
        Word::Next => Some(1),
        Word::Last | Word::Past => Some(-1),
        _ => None,
    })?;
    let which = if which == 0 && c.skip(Word::Next) {
        1
    } else if which == 0 && c.skip(Word::Last) {
        -1
    } else {
        which
    };
    if c.skip(Word::Weekend) {
        let monday = days::in_week_of(
            amounts::later(scan.now.date, Length::Days(-6))?,
            jiff::civil::Weekday::Monday,
        );
        let saturday = amounts::later(monday, Length::Days(5 + which * 7))?;
        return Some((saturday, saturday.tomorrow().ok()?));
    }
    let unit = amounts::unit(c)?;
    around(&scan.now, scan.now.date, unit, which)
}

/// The period around a day, so many periods later.
fn around(now: &Now<'_>, date: Date, unit: Unit, later: i64) -> Option<Span> {
    let (first, length) = match unit {
        Unit::Day => (date, 1),
        Unit::Week => (now.week_of(date), 7),
        Unit::Month => {
            let first = amounts::later(date.first_of_month(), Length::Months(later))?;
            return Some((first, first.last_of_month()));
        }
        Unit::Quarter => {
            let first = amounts::later(periods::quarter(date)?, Length::Months(3 * later))?;
            return Some((first, amounts::later(first, Length::Months(2))?.last_of_month()));
        }
        Unit::Year => {
            let first = amounts::later(date.first_of_year(), Length::Months(12 * later))?;
            return Some((first, first.last_of_year()));
        }
        Unit::Minute | Unit::Hour | Unit::Fortnight => return None,
    };
    let first = amounts::later(first, Length::Days(length * later))?;
    Some((first, amounts::later(first, Length::Days(length - 1))?))
}

/// "november", "this december", "march 2027"
pub(super) fn month(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Span> {
    let last = c.skip(Word::Last);
    c.word(|word| matches!(word, Word::This | Word::Next).then_some(()));
    let (month, _) = c.month()?;
    let first = match c.attempt(calendar::year) {
        Some(year) => Date::new(i16::try_from(year).ok()?, month, 1).ok()?,
        None => scan.now.next_month_named(month)?,
    };
    let first = if last { amounts::later(first, Length::Months(-12))? } else { first };
    Some((first, first.last_of_month()))
}

/// "last friday"
fn last_weekday(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Span> {
    c.eat(Word::Last)?;
    let weekday =
        c.word(|word| if let Word::Weekday(weekday, _) = word { Some(weekday) } else { None })?;
    let date = days::in_week_of(amounts::later(scan.now.date, Length::Days(-7))?, weekday);
    Some((date, date))
}

/// One day.
fn day(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Span> {
    let rules = [
        calendar::with_weekday,
        calendar::iso,
        calendar::named,
        calendar::numeric,
        calendar::nth_weekday,
        calendar::day_of_month,
        days::relative,
        days::weekday,
        days::in_a_week_of,
        later::in_a_while,
        later::from_a_day,
        feasts::feast,
        periods::edge,
    ];
    let mut best: Option<(Cursor<'_>, Date)> = None;
    for rule in rules {
        let mut copy = *c;
        let Some(Piece::Day(day)) = rule(&mut copy, scan) else { continue };
        if best.is_none_or(|(best, _)| copy.at > best.at) {
            // A question about friday on a friday is about today.
            best = Some((copy, day.today.unwrap_or(day.date)));
        }
    }
    let (after, date) = best?;
    *c = after;
    Some((date, date))
}

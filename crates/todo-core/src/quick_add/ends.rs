//! Where a repeat begins and ends: "starting friday", "until 3 march", "for 3 weeks", "5 times".

use jiff::civil::Date;

use super::{
    amounts, calendar,
    cursor::Cursor,
    days, feasts, later,
    lexicon::Word,
    periods,
    piece::{Day, Length, Piece},
    ranges,
    repeats::except,
    scan::Scan,
    times as clock,
    tokens::Kind,
};

/// "starting friday", "as of friday", and directly after a repeat also "from friday" and "starting at 6pm".
pub(super) fn start(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    let from = match c.word(Some)? {
        Word::Starting => false,
        Word::As if scan.after_repeat => c.eat(Word::Of).map(|()| false)?,
        Word::Begin if scan.after_repeat => false,
        Word::From if scan.after_repeat => true,
        _ => return None,
    };
    let said = c.attempt(|c| day(c, scan)).or_else(|| {
        c.attempt(|c| {
            c.word(|word| matches!(word, Word::On | Word::From | Word::In).then_some(()))?;
            day(c, scan)
        })
    });
    if let Some(day) = said {
        return Some(Piece::Start(day.today.unwrap_or(day.date)));
    }
    if !scan.after_repeat {
        return None;
    }
    let lead = c.skip(Word::At).then_some(Word::At);
    let time = clock::single(c, &Scan { lead, ..*scan })?;
    // "From 2pm to 3pm" has an end, which a task cannot hold.
    let ends = matches!(c.peek(), Some(Kind::Word(Word::To | Word::Until) | Kind::Sign('-' | '–')));
    (!from || !ends).then_some(Piece::Time(time))
}

/// What may follow a repeat: "until 3 march", "for 3 weeks", "5 times", "except sundays", "after it is done".
pub(super) fn end(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    if !scan.after_repeat {
        return None;
    }
    if c.attempt(|c| completion(c)).is_some() {
        return Some(Piece::AfterDone);
    }
    if let Some(piece) = c.attempt(except::except).or_else(|| c.attempt(|c| during(c, scan))) {
        return Some(piece);
    }
    if c.skip(Word::Until) || c.skip(Word::To) || c.attempt(up_to).is_some() {
        c.skip(Word::On);
        return day(c, scan).map(|day| Piece::Until(day.date));
    }
    if c.skip(Word::For) {
        c.skip(Word::The);
        if let Some(last) = c.attempt(|c| rest(c, scan)) {
            return Some(Piece::Until(last));
        }
        c.skip(Word::Next);
        return c.attempt(times).or_else(|| match amounts::length(c)? {
            Length::Minutes(_) => None,
            length => Some(Piece::Lasting(length)),
        });
    }
    c.skip(Word::Only);
    if c.skip(Word::Once) {
        return Some(Piece::Count(1));
    }
    times(c)
}

/// "up to"
fn up_to(c: &mut Cursor<'_>) -> Option<()> {
    c.eat(Word::Up)?;
    c.eat(Word::To)
}

/// "rest of the year": its last day.
fn rest(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Date> {
    ranges::rest(c, scan).map(|(_, last)| last)
}

/// "in december", "this week", "next month"
fn during(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    let (first, last) = if c.skip(Word::In) || c.skip(Word::Over) {
        ranges::month(c, scan)?
    } else {
        let mut ahead = *c;
        ahead.word(|word| matches!(word, Word::This | Word::Next).then_some(()))?;
        ranges::period(c, scan)?
    };
    let first = Some(first).filter(|first| *first > scan.now.date);
    (last >= scan.now.date).then_some(Piece::During(first, last))
}

/// "5 times", "x5"
fn times(c: &mut Cursor<'_>) -> Option<Piece> {
    let count = if c.skip(Word::X) {
        c.glued().then(|| c.digits())??.0
    } else {
        let count = c.number()?;
        c.eat(Word::Times)?;
        count
    };
    (1..=9999).contains(&count).then_some(Piece::Count(count))
}

/// "after it is done", "after completion", "when done", "after the last time i did it".
pub(super) fn completion(c: &mut Cursor<'_>) -> Option<()> {
    c.word(|word| matches!(word, Word::After | Word::From | Word::When).then_some(()))?;
    let between =
        |word| matches!(word, Word::It | Word::This | Word::The | Word::Last | Word::Spare);
    while c.word(|word| between(word).then_some(())).is_some() {}
    c.eat(Word::Done)?;
    c.skip(Word::It);
    Some(())
}

/// "June", "june 2027": up to its first day.
fn month(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    let month = c.month()?.0;
    let first = match c.attempt(calendar::year) {
        Some(year) => Date::new(i16::try_from(year).ok()?, month, 1).ok()?,
        None => scan.now.next_month_named(month)?,
    };
    Some(Piece::Day(Day::sure(first)))
}

/// Any way of saying a day.
fn day(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Day> {
    let rules = [
        calendar::with_weekday,
        calendar::iso,
        feasts::feast,
        month,
        calendar::named,
        calendar::numeric,
        calendar::nth_weekday,
        calendar::day_of_month,
        days::relative,
        days::weekday,
        later::in_a_while,
        later::from_a_day,
        periods::period,
        periods::weekend,
        periods::edge,
    ];
    let found = rules.into_iter().filter_map(|rule| {
        let mut copy = *c;
        match rule(&mut copy, scan)? {
            Piece::Day(day) => Some((copy, day)),
            _ => None,
        }
    });
    let (after, day) = found.max_by_key(|(copy, _)| copy.at)?;
    *c = after;
    Some(day)
}

//! Where a repeat begins and ends: "starting friday", "until 3 march", "for 3 weeks", "5 times".

use super::{
    amounts, calendar,
    cursor::Cursor,
    days,
    lexicon::Word,
    periods,
    piece::{Day, Length, Piece},
    scan::Scan,
};

/// "starting friday", and directly after a repeat also "from friday".
pub(super) fn start(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    c.word(|word| match word {
        Word::Starting => Some(()),
        Word::From if scan.after_repeat => Some(()),
        _ => None,
    })?;
    c.word(|word| matches!(word, Word::On | Word::From | Word::In).then_some(()));
    day(c, scan).map(|day| Piece::Start(day.today.unwrap_or(day.date)))
}

/// What may follow a repeat: "until 3 march", "for 3 weeks", "5 times", "after it is done".
pub(super) fn end(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    if !scan.after_repeat {
        return None;
    }
    if c.attempt(|c| completion(c)).is_some() {
        return Some(Piece::AfterDone);
    }
    if c.skip(Word::Until) {
        c.skip(Word::On);
        return day(c, scan).map(|day| Piece::Until(day.date));
    }
    if c.skip(Word::For) {
        c.skip(Word::The);
        c.skip(Word::Next);
        return c.attempt(times).or_else(|| match amounts::length(c)? {
            Length::Minutes(_) => None,
            length => Some(Piece::Lasting(length)),
        });
    }
    if c.skip(Word::Once) {
        return Some(Piece::Count(1));
    }
    times(c)
}

fn times(c: &mut Cursor<'_>) -> Option<Piece> {
    let count = c.number().filter(|count| (1..=9999).contains(count))?;
    c.eat(Word::Times).map(|()| Piece::Count(count))
}

/// "after it is done", "after completion", "when done".
pub(super) fn completion(c: &mut Cursor<'_>) -> Option<()> {
    c.word(|word| matches!(word, Word::After | Word::From).then_some(()))?;
    while c.word(|word| matches!(word, Word::It | Word::This | Word::The).then_some(())).is_some() {
    }
    c.eat(Word::Done)
}

/// "June": up to its first day.
fn month(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Piece> {
    let month = c.month()?.0;
    scan.now.next_month_named(month).map(|first| Piece::Day(Day::sure(first)))
}

/// Any way of saying a day.
fn day(c: &mut Cursor<'_>, scan: &Scan<'_>) -> Option<Day> {
    let rules = [
        calendar::with_weekday,
        calendar::iso,
        calendar::feast,
        month,
        calendar::named,
        calendar::numeric,
        calendar::nth_weekday,
        calendar::day_of_month,
        days::relative,
        days::weekday,
        days::in_a_while,
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

//! Ways of saying something, written as data: `mark|set {task} as? <done>`.
//!
//! A word matches itself, `a|b` one of them, `?` makes it optional, `*` lets it repeat or be missing, `<name>` is a set
//! of words of the [`lexicon`], and `{name}` takes one or more words (`{name?}` none or more). A pattern has to fit a
//! whole clause.

use std::ops::Range;

use super::{lexicon, text::Clause};

/// More attempts than any sentence that somebody means needs.
const MOST_STEPS: u32 = 20_000;

/// A word that may repeat does so this often at most.
const MOST_REPEATS: u8 = 8;

#[derive(Debug)]
enum Piece {
    Word { any: Vec<&'static str>, min: u8, many: bool },
    Hole { name: &'static str, empty: bool },
}

/// One way of saying something.
#[derive(Debug)]
struct Pattern {
    pieces: Vec<Piece>,
}

/// What the holes of a pattern took, as ranges of tokens.
#[derive(Debug, Clone, Default)]
pub(crate) struct Holes(Vec<(&'static str, Range<usize>)>);

impl Holes {
    /// What this hole took; empty when the pattern has no such hole.
    pub(crate) fn get<'a>(&self, name: &str, clause: &Clause<'a>) -> Clause<'a> {
        let range = self
            .0
            .iter()
            .rev()
            .find(|(known, _)| *known == name)
            .map_or(0..0, |(_, range)| range.clone());
        clause.part(range)
    }

    /// Whether the pattern has this hole and it took something.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, range)| *known == name && !range.is_empty())
    }
}

/// Patterns, each with what it means; the first that fits counts.
#[derive(Debug)]
pub(crate) struct Book<K: 'static> {
    entries: Vec<(Pattern, K)>,
}

impl<K: Copy> Book<K> {
    /// Reads a table: for each meaning its patterns, one a line.
    pub(crate) fn new(table: &[(K, &'static str)]) -> Self {
        let lines = |(kind, patterns): &(K, &'static str)| {
            let kind = *kind;
            patterns
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(move |line| (Pattern::read(line), kind))
                .collect::<Vec<_>>()
        };
        Self { entries: table.iter().flat_map(lines).collect() }
    }

    /// The first pattern that fits the clause so that `accept` agrees, with what it made of the holes.
    pub(crate) fn find<T>(
        &self,
        clause: &Clause<'_>,
        mut accept: impl FnMut(K, &Holes) -> Option<T>,
    ) -> Option<T> {
        let mut steps = MOST_STEPS;
        self.entries.iter().find_map(|(pattern, kind)| {
            let mut fit = Fit { clause, steps: &mut steps, holes: Holes::default(), repeats: 0 };
            fit.run(&pattern.pieces, 0, &mut |holes| accept(*kind, holes))
        })
    }
}

impl Pattern {
    fn read(line: &'static str) -> Self {
        Self {
            pieces: line.split(' ').filter(|piece| !piece.is_empty()).map(Piece::read).collect(),
        }
    }
}

impl Piece {
    fn read(text: &'static str) -> Self {
        if let Some(name) = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            let empty = name.ends_with('?');
            return Self::Hole { name: name.trim_end_matches('?'), empty };
        }
        let (words, min, many) = match text.as_bytes().last() {
            Some(b'?') => (&text[..text.len() - 1], 0, false),
            Some(b'*') => (&text[..text.len() - 1], 0, true),
            _ => (text, 1, false),
        };
        let any = words.split('|').flat_map(|word| match word.strip_prefix('<') {
            Some(name) => lexicon::class(name.trim_end_matches('>')),
            None => vec![word],
        });
        Self::Word { any: any.collect(), min, many }
    }
}

struct Fit<'c, 'a, 's> {
    clause: &'c Clause<'a>,
    steps: &'s mut u32,
    holes: Holes,
    /// How often the piece at hand has matched already.
    repeats: u8,
}

impl Fit<'_, '_, '_> {
    /// Fits the pieces to the tokens from `at`; short holes are tried before long ones.
    fn run<T>(
        &mut self,
        pieces: &[Piece],
        at: usize,
        accept: &mut dyn FnMut(&Holes) -> Option<T>,
    ) -> Option<T> {
        if *self.steps == 0 {
            return None;
        }
        *self.steps -= 1;
        let length = self.clause.len();
        let Some((piece, rest)) = pieces.split_first() else {
            return if at == length { accept(&self.holes) } else { None };
        };
        match piece {
            Piece::Word { any, min, many } => {
                let fits = |at: usize| {
                    self.clause.tokens.get(at).is_some_and(|t| any.iter().any(|word| t.is(word)))
                };
                if fits(at) {
                    let repeats = std::mem::take(&mut self.repeats);
                    let again = if *many && repeats < MOST_REPEATS {
                        self.repeats = repeats + 1;
                        self.run(pieces, at + 1, accept)
                    } else {
                        None
                    };
                    self.repeats = 0;
                    let found = again.or_else(|| self.run(rest, at + 1, accept));
                    if found.is_some() {
                        return found;
                    }
                }
                self.repeats = 0;
                if *min == 0 { self.run(rest, at, accept) } else { None }
            }
            Piece::Hole { name, empty } => {
                if rest.is_empty() {
                    // The last hole takes what is left: no need to try.
                    return (at < length || *empty)
                        .then(|| self.with(name, at..length, |fit| fit.run(rest, length, accept)))
                        .flatten();
                }
                let first = if *empty { at } else { at + 1 };
                (first..=length)
                    .find_map(|end| self.with(name, at..end, |fit| fit.run(rest, end, accept)))
            }
        }
    }

    fn with<T>(
        &mut self,
        name: &'static str,
        range: Range<usize>,
        next: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        self.holes.0.push((name, range));
        let found = next(self);
        self.holes.0.pop();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::{super::text, *};

    fn fit(pattern: &'static str, said: &str) -> Option<Vec<String>> {
        let tokens = text::tokens(said);
        let clause = Clause::new(said, &tokens);
        Book::new(&[((), pattern)]).find(&clause, |(), holes| {
            Some(
                holes
                    .0
                    .iter()
                    .map(|(_, range)| clause.part(range.clone()).plain().to_owned())
                    .collect(),
            )
        })
    }

    #[test]
    fn holes_take_what_words_leave() {
        let found = fit("mark|set {task} as? done|finished", "Mark the milk as done");
        assert_eq!(found.unwrap(), ["the milk"]);
        assert_eq!(fit("a* b {x?}", "a a b").unwrap(), [""]);
        assert!(fit("mark {task} as done", "mark as done").is_none());
        assert!(fit("mark {task}", "please mark it").is_none());
    }

    #[test]
    fn a_pattern_that_could_be_tried_for_ever_ends() {
        let long = "a ".repeat(900);
        assert!(fit("{x} a* {y} a* {z} b", &long).is_none());
    }
}

//! A place among the tokens. Rules take what they know and give up with `None`; the caller keeps a copy.

use super::{
    lexicon::{Plain, Word},
    tokens::{Kind, Token},
};

#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    tokens: &'a [Token],
    /// The index of the next token.
    pub(super) at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(tokens: &'a [Token], at: usize) -> Self {
        Self { tokens, at }
    }

    pub(super) fn peek(&self) -> Option<Kind> {
        self.tokens.get(self.at).map(|token| token.kind)
    }

    /// The token before the next one.
    pub(super) fn before(&self) -> Option<Kind> {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map(|token| token.kind)
    }

    /// Whether the next token follows without white space.
    pub(super) fn glued(&self) -> bool {
        self.tokens.get(self.at).is_some_and(|token| token.glued)
    }

    /// Takes the next token if `known` makes something of it.
    pub(super) fn take<T>(&mut self, known: impl FnOnce(Kind) -> Option<T>) -> Option<T> {
        let value = known(self.peek()?)?;
        self.at += 1;
        Some(value)
    }

    /// Takes the next word if `known` makes something of it.
    pub(super) fn word<T>(&mut self, known: impl FnOnce(Word) -> Option<T>) -> Option<T> {
        self.take(|kind| if let Kind::Word(word) = kind { known(word) } else { None })
    }

    /// Takes this word.
    pub(super) fn eat(&mut self, word: Word) -> Option<()> {
        self.word(|found| (found == word).then_some(()))
    }

    /// Takes this word if it is there; says whether.
    pub(super) fn skip(&mut self, word: Word) -> bool {
        self.eat(word).is_some()
    }

    /// Takes a sign that follows without white space.
    pub(super) fn sign(&mut self, sign: char) -> Option<()> {
        if !self.glued() {
            return None;
        }
        self.any_sign(sign)
    }

    /// Takes a sign.
    pub(super) fn any_sign(&mut self, sign: char) -> Option<()> {
        self.take(|kind| (kind == Kind::Sign(sign)).then_some(()))
    }

    /// Takes digits: the value, and how many digits.
    pub(super) fn digits(&mut self) -> Option<(u32, usize)> {
        self.take(
            |kind| {
                if let Kind::Number(value, digits) = kind { Some((value, digits)) } else { None }
            },
        )
    }

    /// Takes a number in digits or in words: "45", "five", "forty five".
    pub(super) fn number(&mut self) -> Option<u32> {
        if let Some((value, _)) = self.digits() {
            return Some(value);
        }
        let value = self.number_word()?;
        let more = self.attempt(|c| {
            let _ = c.sign('-');
            c.number_word().filter(|more| value >= 20 && value % 10 == 0 && *more < 10)
        });
        Some(value + more.unwrap_or(0))
    }

    fn number_word(&mut self) -> Option<u32> {
        self.word(|word| if let Word::Number(value) = word { Some(value) } else { None })
    }

    /// Takes the name of a month.
    pub(super) fn month(&mut self) -> Option<(i8, Plain)> {
        self.word(
            |word| if let Word::Month(month, plain) = word { Some((month, plain)) } else { None },
        )
    }

    /// Tries a rule; if it gives up, nothing was taken.
    pub(super) fn attempt<T>(&mut self, rule: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut copy = *self;
        let value = rule(&mut copy)?;
        *self = copy;
        Some(value)
    }

    /// Takes "1st" or "first": a number with its ending, or an ordinal as a word.
    pub(super) fn ordinal(&mut self) -> Option<i8> {
        self.attempt(|c| {
            if let Some(nth) =
                c.word(|word| if let Word::Nth(nth) = word { Some(nth) } else { None })
            {
                return Some(nth);
            }
            let (value, _) = c.digits()?;
            if !c.glued() {
                return None;
            }
            c.eat(Word::Suffix)?;
            i8::try_from(value).ok().filter(|nth| (1..=31).contains(nth))
        })
    }
}

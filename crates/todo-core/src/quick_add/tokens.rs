//! Cuts a text into words, numbers and signs. What [`marks`](super::marks) took is one opaque token each.

use std::ops::Range;

use super::lexicon::{self, Word};

#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether it follows the token before it without white space.
    pub(super) glued: bool,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word that the lexicon knows.
    Word(Word),
    /// Digits: their value and how many.
    Number(u32, usize),
    Sign(char),
    /// A word without meaning, or text that is not to be read.
    Text,
    /// A tag or another mark, which may stand after a date without being part of the title.
    Mark,
}

impl Token {
    /// Whether a date beside it, without white space between, would be a part of a longer word.
    pub(super) fn sticks(&self) -> bool {
        !matches!(
            self.kind,
            Kind::Sign('.' | ',' | ';' | ':' | '!' | '?' | '(' | ')' | '[' | ']' | '"' | '“' | '”')
        )
    }
}

/// Cuts `text`. `opaque` are sorted ranges that become one token each, a [`Kind::Mark`] if marked so.
pub(super) fn cut(text: &str, opaque: &[(Range<usize>, Kind)]) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut opaque = opaque.iter().peekable();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if let Some((range, kind)) = opaque.next_if(|(range, _)| range.start <= at) {
            if range.end > at {
                push(&mut tokens, at, range.end, *kind);
                at = range.end;
            }
            continue;
        }
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let limit = opaque.peek().map_or(text.len(), |(range, _)| range.start);
        let (length, kind) = token(&text[at..limit], c);
        push(&mut tokens, at, at + length, kind);
        at += length;
    }
    tokens
}

fn push(tokens: &mut Vec<Token>, start: usize, end: usize, kind: Kind) {
    let glued = tokens.last().is_some_and(|last| last.end == start);
    tokens.push(Token { start, end, glued, kind });
}

/// The length and kind of the token that `rest` begins with; `first` is its first character.
fn token(rest: &str, first: char) -> (usize, Kind) {
    if first.is_ascii_digit() {
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number = rest[..length].parse().ok().filter(|_| length <= 8);
        return (length, number.map_or(Kind::Text, |number| Kind::Number(number, length)));
    }
    if !first.is_alphanumeric() {
        return (first.len_utf8(), Kind::Sign(first));
    }
    let length = word_length(rest);
    let word = &rest[..length];
    if length > lexicon::LONGEST {
        return (length, Kind::Text);
    }
    let lower = word.to_lowercase().replace('’', "'");
    (length, lexicon::look_up(&lower).map_or(Kind::Text, Kind::Word))
}

/// Letters, with the apostrophes and accents between them.
fn word_length(rest: &str) -> usize {
    let mut length = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let letter = (c.is_alphanumeric() && !c.is_ascii_digit()) || !c.is_ascii() && !is_break(c);
        let joins =
            matches!(c, '\'' | '’') && chars.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if !letter && !joins {
            break;
        }
        length = at + c.len_utf8();
    }
    length
}

/// Signs of other alphabets that end a word.
fn is_break(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{2010}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '،' | '؛' | '؟' | '۔' | '«' | '»')
}

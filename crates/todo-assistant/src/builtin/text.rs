//! What was said, cut into words that remember where they stand.

mod cut;

use std::ops::Range;

use super::lexicon;
pub(crate) use cut::tokens;

/// One word, or one quoted passage.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// Its first byte, without punctuation around it.
    pub(crate) start: usize,
    /// The byte after its last.
    pub(crate) end: usize,
    /// Lower case, straight apostrophes, spelled as the lexicon spells it.
    pub(crate) word: String,
    /// The command word that was probably meant, when this looks like a slip of the finger.
    pub(crate) meant: Option<&'static str>,
    /// Whether it stood in quotes; then `start` and `end` are inside them.
    pub(crate) quoted: bool,
    /// What follows it.
    pub(crate) pause: Pause,
}

impl Token {
    /// Whether it is this word, or was probably meant to be.
    pub(crate) fn is(&self, word: &str) -> bool {
        !self.quoted && (self.word == word || self.meant == Some(word))
    }
}

/// The punctuation after a word, the strongest that there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pause {
    None,
    Comma,
    Colon,
    /// A full stop, a semicolon, an exclamation mark, or a dash between blanks.
    Stop,
    Question,
    Line,
}

/// A part of what was said: a run of tokens of one text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clause<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
}

impl<'a> Clause<'a> {
    pub(crate) fn new(text: &'a str, tokens: &'a [Token]) -> Self {
        Self { text, tokens }
    }

    /// These of its tokens.
    pub(crate) fn part(&self, range: Range<usize>) -> Self {
        Self { text: self.text, tokens: &self.tokens[range] }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The text from its first to its last word, as it was written, quotes included.
    pub(crate) fn source(&self) -> &'a str {
        match (self.tokens.first(), self.tokens.last()) {
            (Some(first), Some(last)) => {
                let quote = |token: &Token, at: usize| {
                    if token.quoted { lexicon::quote_width(self.text, at) } else { 0 }
                };
                let start = first.start - quote(first, first.start).min(first.start);
                let end = last.end + if last.quoted { next_width(self.text, last.end) } else { 0 };
                self.text.get(start..end).unwrap_or_default()
            }
            _ => "",
        }
    }

    /// The text inside, when it is nothing but one quoted passage.
    pub(crate) fn quoted(&self) -> Option<&'a str> {
        match self.tokens {
            [token] if token.quoted => Some(&self.text[token.start..token.end]),
            _ => None,
        }
    }

    /// The text without quotes around it.
    pub(crate) fn plain(&self) -> &'a str {
        self.quoted().unwrap_or_else(|| self.source())
    }

    /// Its words, in the spelling of the lexicon.
    pub(crate) fn words(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.tokens.iter().map(|token| token.word.as_str())
    }

    /// Whether its words are these.
    pub(crate) fn reads(&self, words: &str) -> bool {
        let mut count = 0;
        let same = words.split(' ').enumerate().all(|(at, word)| {
            count += 1;
            self.tokens.get(at).is_some_and(|token| token.is(word))
        });
        same && count == self.len()
    }

    /// The number of tokens at its start that read like this phrase.
    pub(crate) fn starts(&self, phrase: &str) -> Option<usize> {
        let mut count = 0;
        for word in phrase.split(' ') {
            self.tokens.get(count).filter(|token| token.is(word))?;
            count += 1;
        }
        Some(count)
    }

    /// The number of tokens at its end that read like this phrase.
    pub(crate) fn ends(&self, phrase: &str) -> Option<usize> {
        let count = phrase.split(' ').count();
        let start = self.len().checked_sub(count)?;
        self.part(start..self.len()).reads(phrase).then_some(count)
    }

    /// Whether one of its words is one of these.
    pub(crate) fn has_any(&self, words: &[&str]) -> bool {
        self.tokens.iter().any(|token| words.iter().any(|word| token.is(word)))
    }

    /// Whether it asks: ends with a question mark.
    pub(crate) fn asks(&self) -> bool {
        self.tokens.last().is_some_and(|token| token.pause == Pause::Question)
    }
}

fn next_width(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.word).collect()
    }

    #[test]
    fn punctuation_is_no_word() {
        assert_eq!(words("Add milk, eggs; and bread!"), ["add", "milk", "eggs", "and", "bread"]);
        assert_eq!(words("what’s due at 5:30 p.m.?"), ["what's", "due", "at", "5:30", "p.m"]);
        assert_eq!(words("#work !high p1 - $5 (now)"), ["#work", "!high", "p1", "$5", "now"]);
        assert_eq!(words("show my to do list"), ["show", "my", "todo", "list"]);
    }

    #[test]
    fn quoted_text_is_one_token() {
        let text = "rename 'mom's call' to “Call, then “";
        let found = tokens(text);
        let quoted: Vec<_> =
            found.iter().filter(|t| t.quoted).map(|t| &text[t.start..t.end]).collect();
        assert_eq!(quoted, ["mom's call", "Call, then "]);
    }

    #[test]
    fn a_clause_gives_back_its_text_with_its_quotes() {
        let text = "add \"read chapter 3\" now";
        let found = tokens(text);
        assert_eq!(Clause::new(text, &found).part(1..3).source(), "\"read chapter 3\" now");
        assert_eq!(Clause::new(text, &found).part(1..2).plain(), "read chapter 3");
    }
}

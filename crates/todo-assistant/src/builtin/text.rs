//! What was said, cut into words that remember where they stand.

use std::ops::Range;

use super::lexicon;

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

/// Cuts a text into tokens.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() {
            if c == '\n' {
                pause(&mut tokens, Pause::Line);
            }
            at += c.len_utf8();
        } else if let Some((inside, after)) = quoted(text, at) {
            push(&mut tokens, text, inside, true);
            at = after;
        } else if let Some(kind) = punctuation(text, at) {
            pause(&mut tokens, kind);
            at += c.len_utf8();
        } else {
            let end = word_end(text, at);
            push(&mut tokens, text, at..end, false);
            at = end;
        }
    }
    join_todo(&mut tokens);
    tokens
}

fn push(tokens: &mut Vec<Token>, text: &str, range: Range<usize>, quoted: bool) {
    let word = text[range.clone()].to_lowercase().replace(['’', '‘', 'ʼ'], "'");
    let word = if quoted { word } else { lexicon::spelling(&word).map_or(word, str::to_owned) };
    // Far into a long message there are no commands any more, only text.
    let meant = (!quoted && tokens.len() < 60).then(|| lexicon::meant(&word)).flatten();
    tokens.push(Token {
        start: range.start,
        end: range.end,
        word,
        meant,
        quoted,
        pause: Pause::None,
    });
}

fn pause(tokens: &mut [Token], pause: Pause) {
    if let Some(last) = tokens.last_mut() {
        last.pause = last.pause.max(pause);
    }
}

/// Punctuation that stands at `at` and belongs to no word.
fn punctuation(text: &str, at: usize) -> Option<Pause> {
    let mut rest = text[at..].chars();
    let c = rest.next()?;
    let glued = rest.next().is_some_and(char::is_alphanumeric);
    match c {
        '#' | '!' | '@' | '$' | '€' | '£' | '+' if glued => None,
        '-' | '.' if glued && text[at..].chars().nth(1).is_some_and(|c| c.is_ascii_digit()) => None,
        '/' if text[at..].starts_with("//") => None,
        ',' => Some(Pause::Comma),
        ':' => Some(Pause::Colon),
        ';' | '.' | '!' | '…' | '–' | '—' | '-' => Some(Pause::Stop),
        '?' => Some(Pause::Question),
        c if c.is_alphanumeric()
            || matches!(c, '&' | '%' | '#' | '+' | '/')
            || !c.is_ascii() && !is_quote(c) =>
        {
            None
        }
        _ => Some(Pause::None),
    }
}

/// Where the word that begins at `at` ends.
fn word_end(text: &str, at: usize) -> usize {
    let blank = text[at..].find(char::is_whitespace).map_or(text.len(), |length| at + length);
    let mut word = &text[at..blank];
    if word.starts_with("//") {
        return at + 2;
    }
    // "eggs,bread" and "done;next" are two words; "5:30", "3,000" and "a.m." are one.
    let splits = |index: usize, c: char| {
        let next = word[index + c.len_utf8()..].chars().next();
        let digits = word[..index].ends_with(|c: char| c.is_ascii_digit())
            && next.is_some_and(|c| c.is_ascii_digit());
        match c {
            ',' | ';' => !digits,
            '"' | '“' | '”' | '(' | ')' | '[' | ']' | '…' | '—' => true,
            '!' | '?' => index > 0,
            _ => false,
        }
    };
    if let Some((index, _)) =
        word.char_indices().find(|(index, c)| *index > 0 && splits(*index, *c))
    {
        word = &word[..index];
    }
    let trimmed =
        word.trim_end_matches(['.', ',', ':', ';', '!', '?', '\'', '’', '*', '_', '`', '-', '>']);
    at + if trimmed.is_empty() {
        text[at..].chars().next().map_or(1, char::len_utf8)
    } else {
        trimmed.len()
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '\'' | '`')
}

/// A quoted passage that opens at `at`: what is inside, and the byte after it.
fn quoted(text: &str, at: usize) -> Option<(Range<usize>, usize)> {
    let open = text[at..].chars().next()?;
    let close: &[char] = match open {
        '"' | '“' | '”' | '„' => &['"', '“', '”'],
        '«' => &['»'],
        '‘' | '\'' | '’' => &['\'', '’'],
        '`' => &['`'],
        _ => return None,
    };
    let start = at + open.len_utf8();
    let single = matches!(open, '‘' | '\'' | '’');
    if text[..at].ends_with(char::is_alphanumeric) {
        return None;
    }
    let ends = |index: usize, c: char| {
        close.contains(&c)
            && (!single || !text[start + index + c.len_utf8()..].starts_with(char::is_alphanumeric))
    };
    let (length, c) = text[start..].char_indices().take(400).find(|(index, c)| ends(*index, *c))?;
    let inside = start..start + length;
    (!text[inside.clone()].trim().is_empty()).then_some((inside, start + length + c.len_utf8()))
}

/// "to do list" and "to-do" are "todo".
fn join_todo(tokens: &mut Vec<Token>) {
    let mut at = 0;
    while at + 1 < tokens.len() {
        let next = tokens.get(at + 2).is_some_and(|token| {
            ["list", "lists", "item", "items", "task", "tasks"].iter().any(|word| token.is(word))
        });
        if next && tokens[at].is("to") && tokens[at + 1].is("do") {
            tokens[at].end = tokens[at + 1].end;
            tokens[at].pause = tokens[at + 1].pause;
            tokens[at].word = "todo".to_owned();
            tokens.remove(at + 1);
        }
        at += 1;
    }
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

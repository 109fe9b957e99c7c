//! Cutting a text into tokens.

use std::ops::Range;

use super::{Pause, Token};
use crate::builtin::lexicon;

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

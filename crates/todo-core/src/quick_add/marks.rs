//! What has a sign of its own: `#tag`, quoted text, `// description`; and what only contains such signs: links.

use std::ops::Range;

use super::tokens::Kind;
use crate::task::Tag;

/// A marked part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) range: Range<usize>,
    pub(super) kind: MarkKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum MarkKind {
    Tag(Tag),
    Quote,
    Description,
    /// A link, an address, or what somebody wants to stay as it is.
    Text,
}

impl MarkKind {
    /// The token that stands for it.
    pub(super) fn token(&self) -> Kind {
        match self {
            Self::Tag(_) | Self::Description => Kind::Mark,
            Self::Quote | Self::Text => Kind::Text,
        }
    }
}

/// The marks of `text`, in order. `literal` ranges are text from the start, and hide what is in them.
pub(super) fn find(text: &str, literal: &[Range<usize>]) -> Vec<Mark> {
    let mut literal = clean(text, literal).into_iter().peekable();
    let mut closing = Closing::of(text);
    let mut marks = Vec::new();
    let mut fresh = true;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if let Some(range) = literal.next_if(|range| range.start <= at) {
            at = range.end;
            marks.push(Mark { range, kind: MarkKind::Text });
            fresh = false;
            continue;
        }
        let limit = literal.peek().map_or(text.len(), |range| range.start);
        let mark = if fresh { mark(text, at, c, limit, &mut closing) } else { None };
        match mark {
            Some(mark) => {
                at = mark.range.end;
                marks.push(mark);
                fresh = false;
            }
            None => {
                // "#a,#b" is two tags.
                let after_tag = matches!(marks.last(), Some(Mark { range, kind: MarkKind::Tag(_) }) if range.end == at);
                at += c.len_utf8();
                fresh = c.is_whitespace()
                    || (fresh && matches!(c, '(' | '['))
                    || (after_tag && matches!(c, ',' | ';'));
            }
        }
    }
    marks
}

fn mark(
    text: &str,
    at: usize,
    first: char,
    limit: usize,
    closing: &mut Closing<'_>,
) -> Option<Mark> {
    let rest = &text[at..limit];
    let (length, kind) = match first {
        '#' => {
            let (length, tag) = tag(rest)?;
            (length, MarkKind::Tag(tag))
        }
        '"' | '“' | '„' | '«' => {
            let end = closing.after(at + first.len_utf8()).filter(|end| *end <= limit)?;
            (end - at, MarkKind::Quote)
        }
        // Whatever is in a description, it is not looked into.
        '/' if rest.starts_with("//") => (text.len() - at, MarkKind::Description),
        _ => (link(rest)?, MarkKind::Text),
    };
    Some(Mark { range: at..at + length, kind })
}

/// A tag needs a letter: "#42" is a number of something else.
fn tag(rest: &str) -> Option<(usize, Tag)> {
    let name: &str = &rest[1..];
    let length = name.find(|c| !Tag::allows(c)).unwrap_or(name.len());
    let name = name[..length].trim_end_matches(['-', '/', '_']);
    let tag = Tag::parse(name).ok().filter(|_| name.chars().any(char::is_alphabetic))?;
    Some((1 + name.len(), tag))
}

/// The length of a link or an e-mail address.
fn link(rest: &str) -> Option<usize> {
    let first = rest.chars().next()?;
    if !first.is_alphanumeric() {
        return None;
    }
    let word = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
    let address =
        word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    let link = word.contains("://") || word.starts_with("www.") || word.starts_with("mailto:");
    (link || address).then(|| word.trim_end_matches([',', '.', ';', '!', '?', ')']).len())
}

/// The literal ranges that can be used: inside the text, not empty, sorted, without overlap.
fn clean(text: &str, literal: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut ranges: Vec<_> = literal
        .iter()
        .filter(|range| text.get((*range).clone()).is_some_and(|t| !t.is_empty()))
        .cloned()
        .collect();
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut clean: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match clean.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => clean.push(range),
        }
    }
    clean
}

/// Looks for closing quotes, each part of the text once.
struct Closing<'t> {
    text: &'t str,
    /// Where the last search began, and the end of the quote it found.
    known: Option<(usize, Option<usize>)>,
}

impl<'t> Closing<'t> {
    fn of(text: &'t str) -> Self {
        Self { text, known: None }
    }

    /// The end of the quote whose text begins at `start`; it may not be empty.
    fn after(&mut self, start: usize) -> Option<usize> {
        if let Some((from, end)) = self.known
            && start >= from
            && end.is_none_or(|end| start + 1 < end)
        {
            return end;
        }
        let found = self.text[start..].char_indices().find(|(offset, c)| {
            let next = self.text[start + offset + c.len_utf8()..].chars().next();
            matches!(c, '"' | '”' | '“' | '»')
                && *offset > 0
                && next.is_none_or(|next| !next.is_alphanumeric())
        });
        let end = found.map(|(offset, c)| start + offset + c.len_utf8());
        self.known = Some((start, end));
        end
    }
}

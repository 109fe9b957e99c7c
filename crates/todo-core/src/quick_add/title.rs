//! The title is the text without what was understood.

use std::ops::Range;

use super::marks::{Mark, MarkKind};

/// What may be left hanging before a part that is gone.
const LOOSE_ENDS: &[char] = &[',', ';', ':', '-', '–', '—', '('];
/// What clings to the word before it.
const CLINGING: &[char] = &[',', ';', ':', '.', '!', '?', ')', ']'];

/// White space folded into single blanks.
pub(super) fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text without the ranges in `gone` (sorted, apart) and without the quotes around quoted text, tidy where
/// they were. What is literal or quoted keeps its punctuation.
pub(super) fn without(text: &str, gone: &[Range<usize>], marks: &[Mark]) -> String {
    let mut builder = Builder { text, marks, out: String::with_capacity(text.len()), floor: 0 };
    let mut start = 0;
    let mut fresh = false;
    for range in gone {
        builder.add(start..range.start, fresh);
        start = range.end;
        fresh = true;
    }
    builder.add(start..text.len(), fresh);
    if fresh && text[start..].chars().all(|c| c.is_whitespace() || CLINGING.contains(&c)) {
        builder.drop_loose_ends();
    }
    fold(&builder.out)
}

struct Builder<'a> {
    text: &'a str,
    marks: &'a [Mark],
    out: String,
    /// What comes before this place in `out` is literal or quoted.
    floor: usize,
}

impl Builder<'_> {
    /// Adds a part; `after_gap` if what stood before it is gone.
    fn add(&mut self, part: Range<usize>, after_gap: bool) {
        let mut part = part;
        if after_gap {
            self.trim_start(&mut part, char::is_whitespace);
            let clinging = self.text[part.clone()].chars().next().filter(|c| CLINGING.contains(c));
            if self.out.trim_end().is_empty() {
                self.trim_start(&mut part, |c| {
                    c.is_whitespace() || CLINGING.contains(&c) || LOOSE_ENDS.contains(&c)
                });
            } else if let Some(closing) = clinging.filter(|closing| {
                self.out.ends_with(match closing {
                    ')' => '(',
                    ']' => '[',
                    _ => return false,
                })
            }) {
                self.out.pop();
                self.trim_start(&mut part, |c| c == closing);
            } else if clinging.is_some() {
                self.drop_loose_ends();
            } else {
                self.out.push(' ');
            }
        }
        self.copy(part);
    }

    /// Moves the start of a part past such characters, but not into a mark.
    fn trim_start(&self, part: &mut Range<usize>, useless: impl Fn(char) -> bool) {
        let limit = self.marks_in(part).first().map_or(part.end, |mark| mark.range.start);
        let rest = &self.text[part.start..limit];
        part.start += rest.len() - rest.trim_start_matches(useless).len();
    }

    fn copy(&mut self, part: Range<usize>) {
        let mut at = part.start;
        for mark in self.marks_in(&part).to_vec() {
            self.out.push_str(&self.text[at..mark.range.start]);
            let whole = &self.text[mark.range.clone()];
            let mut chars = whole.chars();
            if mark.kind == MarkKind::Quote {
                chars.next();
                chars.next_back();
            }
            self.out.push_str(chars.as_str());
            self.floor = self.out.len();
            at = mark.range.end;
        }
        self.out.push_str(&self.text[at..part.end]);
        let end = self.out.trim_end().len().max(self.floor);
        self.out.truncate(end);
    }

    fn drop_loose_ends(&mut self) {
        let end =
            self.out.trim_end_matches(|c: char| c.is_whitespace() || LOOSE_ENDS.contains(&c)).len();
        self.out.truncate(end.max(self.floor));
    }

    /// The marks inside a part.
    fn marks_in(&self, part: &Range<usize>) -> &[Mark] {
        let first = self.marks.partition_point(|mark| mark.range.start < part.start);
        let last = self.marks.partition_point(|mark| mark.range.end <= part.end);
        &self.marks[first..last.max(first)]
    }
}

/// The lines of a text that are not blank, without their bullets.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut next = 0;
    text.split('\n').filter_map(move |line| {
        let start = next;
        next += line.len() + 1;
        let body = without_bullet(line);
        let offset = start + (line.len() - body.len());
        let body = body.trim_end();
        (!body.is_empty()).then(|| offset..offset + body.len())
    })
}

/// "- milk", "* milk", "• milk", "- [ ] milk", "1. milk", "2) milk".
fn without_bullet(line: &str) -> &str {
    let line = line.trim_start();
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let after_number = (numbered.len() < line.len() && line.len() - numbered.len() <= 3)
        .then(|| numbered.strip_prefix(['.', ')']))
        .flatten()
        .filter(|rest| rest.starts_with(' '));
    let after_bullet = line
        .strip_prefix(['-', '*', '•', '–', '+'])
        .filter(|rest| rest.starts_with(char::is_whitespace));
    let body = after_number.or(after_bullet).map_or(line, str::trim_start);
    ["[ ] ", "[] "]
        .iter()
        .find_map(|bracket| body.strip_prefix(bracket))
        .map_or(body, str::trim_start)
}

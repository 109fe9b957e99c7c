//! Texts and parts of texts that are about time and nothing else.

use std::ops::Range;

use super::{
    Context, When,
    choose::{self, Choice},
    lexicon::Word,
    marks, resolve,
    scan::{self, Found, Mode, Now},
    tokens::{Kind, Token},
};

/// The meaning of a text that says when, and only that.
pub(super) fn whole(text: &str, context: &Context<'_>) -> Option<When> {
    let tokens = resolve::cut(text, &marks::find(text, context.literal));
    if clears(&tokens) {
        return Some(When { clears: true, ..When::default() });
    }
    let found = scan::read(&tokens, Now::of(context), Mode::Whole);
    let choice = choose::choose(&tokens, &found, Mode::Whole);
    let mut covered = vec![false; tokens.len()];
    for taken in &choice.taken {
        covered[taken.start..taken.end].fill(true);
    }
    let rest_says_nothing =
        tokens.iter().zip(&covered).all(|(token, covered)| *covered || is_filler(token.kind));
    if choice.taken.is_empty() || !rest_says_nothing {
        return None;
    }
    when(&choice, context)
}

/// The clearest expression of time in a text.
pub(super) fn find(text: &str, context: &Context<'_>) -> Option<(Range<usize>, When)> {
    let tokens = resolve::cut(text, &marks::find(text, context.literal));
    let found = scan::read(&tokens, Now::of(context), Mode::Sentence);
    let choice = choose::choose(&tokens, &found, Mode::Sentence);
    let start =
        choice.taken.iter().map(|taken| (taken.start, taken.end)).reduce(|best, next| {
            // Words side by side are one expression; of several expressions the longest says most.
            if scan::follows(&tokens, best.1, next.0) {
                (best.0, next.1)
            } else if next.1 - next.0 > best.1 - best.0 {
                next
            } else {
                best
            }
        })?;
    let inside: Vec<Found> =
        found.into_iter().filter(|found| found.start >= start.0 && found.end <= start.1).collect();
    let choice = choose::choose(&tokens, &inside, Mode::Sentence);
    let range = tokens[start.0].start..tokens[start.1 - 1].end;
    when(&choice, context).map(|when| (range, when))
}

fn when(choice: &Choice, context: &Context<'_>) -> Option<When> {
    let (due, repeat) = resolve::when(choice, context);
    let no_day = choice.day.is_none() && choice.start.is_none() && choice.part.is_none();
    let only_time = choice.time.is_some() && no_day && repeat.is_none();
    (due.is_some() || repeat.is_some()).then_some(When { due, repeat, clears: false, only_time })
}

/// "no date", "no due date", "without a date", "never", "someday".
fn clears(tokens: &[Token]) -> bool {
    let words: Vec<_> = tokens
        .iter()
        .filter(|token| !is_filler(token.kind))
        .map(|token| if let Kind::Word(word) = token.kind { Some(word) } else { None })
        .collect();
    match words.as_slice() {
        [Some(Word::Never)] => true,
        [Some(Word::No), rest @ ..] => {
            !rest.is_empty()
                && rest
                    .iter()
                    .all(|word| matches!(word, Some(Word::Due | Word::Date | Word::Article)))
        }
        _ => false,
    }
}

/// Words and signs around an expression of time that add nothing to it.
fn is_filler(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Sign(',' | '.' | '!' | '?' | ':' | ';')
            | Kind::Word(
                Word::To
                    | Word::On
                    | Word::At
                    | Word::By
                    | Word::For
                    | Word::The
                    | Word::Until
                    | Word::Polite
                    | Word::And
            )
    )
}

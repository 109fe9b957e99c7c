//! What people say around a request.

use super::super::text::{Clause, Pause};

/// A request without what was said around it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stripped<'a> {
    pub(crate) clause: Clause<'a>,
    /// It begins like a correction: "no, …", "actually …".
    pub(crate) corrects: bool,
}

/// Said before a request.
const HEADS: &[&str] = &[
    "please",
    "kindly",
    "ok",
    "okay",
    "so",
    "and",
    "also",
    "then",
    "now",
    "well",
    "um",
    "uh",
    "hmm",
    "oh",
    "alright",
    "all right",
    "right",
    "cool",
    "great",
    "perfect",
    "good",
    "awesome",
    "nice",
    "just",
    "quickly",
    "plus",
    "next",
    "hey",
    "hi",
    "hello",
    "yo",
    "hey there",
    "hi there",
    "assistant",
    "todo bot",
    "bot",
    "buddy",
    "and then",
    "and also",
    "first",
    "finally",
    "lastly",
    "secondly",
    "afterwards",
    "after that",
    "can you",
    "could you",
    "would you",
    "will you",
    "can we",
    "could we",
    "can i",
    "could i",
    "may i",
    "can u",
    "could u",
    "you can",
    "you could",
    "would you mind",
    "do you mind",
    "would it be possible to",
    "is it possible to",
    "are you able to",
    "can you help me",
    "could you help me",
    "would you be able to",
    "if you can",
    "if possible",
    "do me a favor and",
    "do me a favour and",
    "help me",
    "help me to",
    "i want you to",
    "i'd like you to",
    "i would like you to",
    "i need you to",
    "i wanted to",
    "i'd like to",
    "i would like to",
    "i want to",
    "i wanna",
    "i'd love to",
    "i would love to",
    "want to",
    "wanna",
    "would like to",
    "let's",
    "let us",
    "go ahead and",
    "go and",
    "be so kind and",
    "you need to",
    "you should",
    "you must",
    "you have to",
    "thanks",
    "thank you",
    "yes",
    "yeah",
    "yep",
    "sure",
    "by the way",
    "btw",
    "one more thing",
    "another thing",
    "quick question",
    "question",
    "let me know",
    "tell me",
    "maybe",
    "perhaps",
    "i guess",
    "i think you should",
    "i think we should",
    "i think we can",
    "we should",
    "we can",
    "in that case",
    "for now",
    "morning",
    "good morning",
    "good evening",
    "good afternoon",
    "today i",
    "guess what",
    "listen",
    "look",
    "try to",
    "start by",
    "begin by",
    "remember that",
    "i was wondering if you could",
    "i'm wondering if you could",
    "any chance you could",
    "oh dear",
    "dear",
    "ffs",
    "ugh",
    "argh",
    "for god's sake",
    "for gods sake",
    "for heaven's sake",
];

/// Said before a request that corrects what was just done.
const CORRECTIONS: &[&str] = &[
    "actually",
    "no",
    "nope",
    "wait",
    "sorry",
    "oops",
    "whoops",
    "no wait",
    "oh wait",
    "hold on",
    "i mean",
    "i meant",
    "rather",
    "on second thought",
    "on second thoughts",
    "not that",
    "wrong",
    "my mistake",
    "my bad",
    "correction",
    "hmm no",
    "never mind that",
    "scratch that",
    "i changed my mind",
    "changed my mind",
    "make that",
    "better",
    "or rather",
    "no no",
    "sorry i meant",
    "i said",
    "nah",
    "nay",
    "wrong one",
    "wrong task",
    "the wrong one",
    "oops wrong one",
    "but",
];

/// Said after a request.
const ENDS: &[&str] = &[
    "please",
    "thanks",
    "thank you",
    "thx",
    "for me",
    "will you",
    "would you",
    "can you",
    "could you",
    "ok",
    "okay",
    "if you can",
    "if you could",
    "if possible",
    "when you can",
    "when you get a chance",
    "right away",
    "real quick",
    "thank you very much",
    "thanks a lot",
    "thanks so much",
    "ty",
    "cheers",
    "buddy",
    "asap please",
    "immediately",
    "thank you so much",
    "if you don't mind",
    "if that's ok",
    "if you would",
    "yeah",
    "alright",
    "lol",
    "haha",
    "man",
    "dude",
    "mate",
    "now please",
    "today please",
];

/// Takes politeness, hesitation and connecting words off both ends.
pub(crate) fn strip<'a>(clause: &Clause<'a>) -> Stripped<'a> {
    let mut clause = *clause;
    let mut corrects = false;
    for _ in 0..12 {
        if let Some(count) = longest(CORRECTIONS, |phrase| clause.starts(phrase))
            .filter(|count| *count < clause.len())
        {
            // "make that tomorrow" needs its verb: only the mark is noted.
            corrects = true;
            if clause.starts("make that").is_some()
                || clause.starts("but").is_some() && count == clause.len()
            {
                break;
            }
            clause = clause.part(count..clause.len());
        } else if let Some(count) = head(&clause) {
            clause = clause.part(count..clause.len());
        } else {
            break;
        }
    }
    for _ in 0..4 {
        let Some(count) =
            longest(ENDS, |phrase| clause.ends(phrase)).filter(|count| *count < clause.len())
        else {
            break;
        };
        clause = clause.part(0..clause.len() - count);
    }
    Stripped { clause, corrects }
}

fn head(clause: &Clause<'_>) -> Option<usize> {
    let count =
        longest(HEADS, |phrase| clause.starts(phrase)).filter(|count| *count < clause.len())?;
    let next = &clause.tokens[count];
    let alone = count == 1;
    // Some of these words begin titles and questions: "first aid kit", "right shoe", "next week".
    let needs_pause = alone
        && [
            "first", "next", "right", "good", "great", "nice", "look", "cool", "perfect",
            "morning", "question", "thanks", "better", "well", "bot", "maybe",
        ]
        .iter()
        .any(|word| clause.tokens[0].is(word));
    if needs_pause && clause.tokens[0].pause == Pause::None {
        return None;
    }
    // "now?" and "today" are not to be robbed of what they speak of.
    (!next.quoted || count > 0).then_some(count)
}

fn longest(phrases: &[&str], count: impl Fn(&str) -> Option<usize>) -> Option<usize> {
    phrases.iter().filter_map(|phrase| count(phrase)).max()
}

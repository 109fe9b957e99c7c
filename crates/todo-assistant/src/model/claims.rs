//! Whether a model says that it did what it did not do.
//!
//! The receipts decide. Only sentences that plainly claim a change of now count: in the first person ("I've added"), in
//! the passive ("has been deleted"), or bare ("Deleted."). Questions, conditions, negations, and what speaks of earlier
//! are no claims, so that an honest answer is never corrected; a claim in other words is caught by the line "Nothing
//! changed." that every answer to a command without a receipt gets.

use todo_core::chats::Message;

use super::guard::{Deed, Deeds};

use Deed::{Add, Complete, Delete, Reopen, Restore, Undo, Update};

/// What is known to be true.
pub(super) struct Evidence {
    /// Done in this turn.
    pub(super) done: Deeds,
    /// Something was read in this turn, so that "was completed" may be a fact from the list.
    pub(super) has_read: bool,
    /// Done in the conversation before.
    pub(super) before: Deeds,
}

/// Participles, and which receipts make them true.
const PARTICIPLES: &[(&[Deed], &str)] = &[
    (&[Add], "added created noted jotted saved"),
    (&[Add, Update], "scheduled set put booked recorded logged"),
    (&[Update, Delete], "moved"),
    (
        &[Update, Undo],
        "updated changed rescheduled renamed postponed tagged edited adjusted shifted pushed modified prioritized prioritised switched",
    ),
    (&[Complete, Update, Reopen], "marked"),
    (&[Complete], "completed finished checked ticked crossed"),
    (&[Delete, Update, Undo], "deleted removed trashed erased cleared cancelled canceled dropped"),
    (&[Restore, Undo], "restored recovered brought"),
    (&[Reopen, Undo], "reopened unchecked unmarked"),
    (&[Undo], "undone reverted"),
];

/// Participles that also say how something is, not only what became of it.
const STATES: &str = "scheduled set put booked completed finished checked marked tagged noted saved recorded logged moved changed crossed ticked";

const NO_CLAIM: &str = "not never nothing no none neither nor cannot unable failed without if once unless should could would can may might will \
                        shall when whenever until before haven't hasn't wasn't weren't isn't aren't didn't couldn't can't won't don't \
                        wouldn't i'll we'll please you you've";

const EARLIER: &str = "already earlier previously before yesterday last ago";

/// Whether a text claims something that the evidence does not bear out.
pub(super) fn is_false(text: &str, evidence: &Evidence) -> bool {
    let lower = text.to_lowercase().replace('’', "'");
    sentences(&lower).any(|sentence| {
        claims(sentence, evidence).into_iter().any(|claim| {
            let earlier = has_any(sentence, EARLIER) && claim.meet(evidence.before);
            !claim.meet(evidence.done) && !earlier
        })
    })
}

/// Whether a text neither asks nor says that nothing was changed.
pub(super) fn says_nothing_of_it(text: &str) -> bool {
    let lower = text.to_lowercase();
    !lower.contains('?') && !lower.contains("nothing") && !lower.contains("no change")
}

/// What was done in the conversation.
pub(super) fn done_before(history: &[Message]) -> Deeds {
    history
        .iter()
        .flat_map(|message| &message.outcome.tool_calls)
        .filter(|call| call.change.is_some())
        .filter_map(|call| Deed::of(&call.tool))
        .collect()
}

/// Statements, without the questions between them.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['.', '!', '?', '\n', ';'])
        .filter(|sentence| !sentence.trim_end().ends_with('?'))
}

fn words(sentence: &str) -> Vec<&str> {
    sentence
        .split(|c: char| !(c.is_alphanumeric() || c == '\''))
        .filter(|word| !word.is_empty())
        .collect()
}

fn is_in(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}

fn has_any(sentence: &str, list: &str) -> bool {
    words(sentence).into_iter().any(|word| is_in(list, word))
}

/// For each change that a sentence claims, the receipts that would make it true.
fn claims(sentence: &str, evidence: &Evidence) -> Vec<Deeds> {
    let words = words(sentence);
    // "Completed: 3" and the like are headings.
    let heading = sentence.trim_end().ends_with(':');
    let mut claims: Vec<Deeds> = finished(&words, evidence).into_iter().collect();
    let mut start = 0;
    for (at, word) in words.iter().enumerate() {
        let Some(deeds) = participle(word) else { continue };
        let before = &words[start..at];
        // "I've added milk and deleted the dentist": the second one belongs to the first one's subject.
        let joins = start > 0 && !claims.is_empty() && before.last() == Some(&"and");
        let negated = before.iter().any(|word| is_in(NO_CLAIM, word));
        if !negated
            && (joins
                || is_claimed(
                    word,
                    before,
                    words.get(at + 1),
                    start == 0 && !heading,
                    evidence,
                    &words,
                ))
        {
            claims.push(deeds);
        } else if negated {
            break;
        }
        start = at + 1;
    }
    claims
}

/// Whether a participle, with what stands before it, says that something was done just now.
fn is_claimed(
    verb: &str,
    before: &[&str],
    next: Option<&&str>,
    may_be_bare: bool,
    evidence: &Evidence,
    sentence: &[&str],
) -> bool {
    let near = &before[before.len().saturating_sub(4)..];
    let has = |list: &str| near.iter().any(|word| is_in(list, word));
    let now = sentence.iter().any(|word| is_in("now successfully just", word));
    let state = is_in(STATES, verb);
    // After a look at the list, "is scheduled" and "was completed" are facts that it holds.
    let fact = evidence.has_read && (state || !now);
    let bare = may_be_bare
        && before.iter().all(|word| is_in(LEADS, word))
        && !next.is_some_and(|next| is_in("tasks task on", next))
        && !(evidence.has_read && state);
    has("i i've we we've")
        || has("been") && (now || !fact)
        || has("is are was were got it's that's")
            && (now && !state || !evidence.has_read && (now || !state))
        || bare
}

/// What may stand before a bare participle.
const LEADS: &str = "ok okay sure great done alright right all set yes got it and successfully just i have perfect task the";

/// "Done." and "All set!" claim that something was, unless it was only to be looked up.
fn finished(words: &[&str], evidence: &Evidence) -> Option<Deeds> {
    let done = matches!(
        words,
        ["done"]
            | ["all", "done"]
            | ["all", "set"]
            | ["it's", "done"]
            | ["that's", "done"]
            | ["consider", "it", "done"]
    );
    (done && !evidence.has_read).then(|| Deed::ALL.into_iter().collect())
}

fn participle(word: &str) -> Option<Deeds> {
    PARTICIPLES
        .iter()
        .find(|(_, words)| is_in(words, word))
        .map(|(deeds, _)| deeds.iter().copied().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(done: &[Deed], has_read: bool) -> Evidence {
        Evidence { done: done.iter().copied().collect(), has_read, before: Deeds::NONE }
    }

    #[test]
    fn claims_without_a_receipt_are_noticed() {
        for text in [
            "I've added milk to your list.",
            "I have just deleted the dentist task for you!",
            "Done.",
            "All set!",
            "Deleted.",
            "Sure! Added “Buy milk” for tomorrow.",
            "The dentist has been moved to Friday.",
            "Your tasks have been successfully deleted.",
            "OK, I marked the report as done. Anything else?",
            "Milk was added to your list.",
            "I’ve removed all of them.",
        ] {
            assert!(is_false(text, &evidence(&[], false)), "{text:?}");
        }
    }

    #[test]
    fn claims_with_their_receipt_are_true() {
        for (text, deed) in [
            ("I've added milk.", Deed::Add),
            ("Done.", Deed::Delete),
            ("I've marked it as done.", Deed::Complete),
            ("The dentist has been moved to Friday.", Deed::Update),
            ("I removed the tag.", Deed::Update),
            ("I moved it to the trash.", Deed::Delete),
        ] {
            assert!(!is_false(text, &evidence(&[deed], false)), "{text:?}");
        }
    }

    #[test]
    fn a_claim_of_another_kind_than_the_receipt_is_false() {
        assert!(is_false(
            "I've added milk and I've deleted the dentist.",
            &evidence(&[Deed::Add], true)
        ));
    }

    #[test]
    fn what_claims_no_change_is_left_alone() {
        for text in [
            "I have not deleted anything.",
            "Shall I delete it?",
            "Nothing was changed.",
            "I couldn't find a task called dentist, so nothing was deleted.",
            "You completed three tasks last week.",
            "If you like, it can be moved to Friday.",
            "The report was completed on Friday.",
            "Completed tasks:\n- Pay rent",
            "The meeting is scheduled for Monday.",
            "Here is your list.",
            "Pay rent is due tomorrow and it is set to high priority.",
            "Once you confirm, they will be deleted.",
            "Which one should be deleted?",
        ] {
            assert!(!is_false(text, &evidence(&[], true)), "{text:?}");
        }
    }

    #[test]
    fn what_was_done_earlier_may_be_said() {
        let evidence = Evidence { before: Deeds::of(Deed::Add), ..evidence(&[], false) };

        assert!(!is_false("I already added milk.", &evidence));
        assert!(is_false("I already deleted milk.", &evidence));
    }
}

//! Taking back.

use std::sync::LazyLock;

use super::super::{
    pattern::Book,
    request::{Deed, Request, Undoing},
    target,
    text::Clause,
};

#[derive(Debug, Clone, Copy)]
enum Kind {
    Undo,
    Counted,
    Last,
    Deletion,
    Completion,
    Addition,
    Edit,
    Redo,
}

const TABLE: &[(Kind, &str)] = &[
    (
        Kind::Redo,
        "
        redo that|it|this?
        undo the|that|your|last undo
        do it again
        redo the|my last|previous? change|action|thing|step",
    ),
    (
        Kind::Counted,
        "
        undo|revert the|my? last|previous {n} changes|actions|steps|things|times?
        undo {n} times|changes|steps",
    ),
    (Kind::Counted, "undo {n}"),
    (Kind::Deletion, "undo|revert|reverse the|that|my|last* delete|deletion|removal|deleting"),
    (Kind::Completion, "undo|revert|reverse the|that|my|last* completion|completing|tick|check"),
    (Kind::Addition, "undo|revert|reverse the|that|my|last* add|adding|addition"),
    (Kind::Edit, "undo|revert|reverse the|that|my|last* move|edit|rename|renaming|update|reschedule"),
    (
        Kind::Undo,
        "
        undo that|it|this|please|everything|again|all|change|action? please?
        undo the|my|your|that? last|previous|latest|most? recent? one|change|action|thing|command|step?
        undo what you|i just? did
        revert|reverse that|it|this|the|my? last|previous? change|action|one|thing|edit?
        roll|rolled it|that|this? back
        take that|it|this back
        go|step|roll back one|a? step?
        bring it|that|them|those back
        put it|that|them|those back to|how|as|where|what|the|way|it|they|was|were|before*
        that was|is a? mistake|wrong|accident
        that was an accident
        that was by mistake|accident
        that's|that a? wrong|mistake
        oops|whoops? undo
        ctrl z
        ctrl+z
        ctrl-z
        that's not what i meant|wanted|said|asked
        i didn't mean|want to|that do? that|it?
        i take it|that back
        back",
    ),
    (
        Kind::Last,
        "
        nevermind|forget|cancel|scratch|ignore|disregard|strike that|it|this|the|last|one|all|about|request|please?
        never mind that|it|this|then|sorry?
        forget|nevermind about it|that
        forget i said that|anything|it
        nevermind|forget|cancel|scratch|ignore|disregard|strike that|it i|it's|that's {x?}
        i|we didn't|haven't actually|really|yet?
        i|we still|do|actually* need|want it|that|them|those after? all?
        remove|take|drop|delete|undo that|this tag|label|note|date|deadline|priority off|again?
        i changed my mind
        changed my mind
        don't bother
        don't do it|that|so?
        no keep it|them|that|everything
        never mind|nevermind? keep|leave|restore it|them|that|this|as|is? is?
        never mind i need|want|still {x?}
        cancel|stop|abort
        keep it|them|that|this after? all?
        leave it|them|that as? is?
        actually keep it|them|that
        i want|need it|them|that back
        no don't do? that|it?
        don't delete|remove|add it|them|that after? all?
        no never mind
        nevermind i'll|i|i'm|i've {x?}
        never mind i'll|i|i'm|i've {x?}
        don't
        don't then|yet
        no don't",
    ),
];

static BOOK: LazyLock<Book<Kind>> = LazyLock::new(|| Book::new(TABLE));

pub(super) fn read(clause: &Clause<'_>) -> Option<Request> {
    let undoing = BOOK.find(clause, |kind, holes| match kind {
        Kind::Undo => Some(Undoing::Newest(1)),
        Kind::Last => Some(Undoing::LastAnswer),
        Kind::Deletion => Some(Undoing::Of(Deed::Delete)),
        Kind::Completion => Some(Undoing::Of(Deed::Complete)),
        Kind::Addition => Some(Undoing::Of(Deed::Add)),
        Kind::Edit => Some(Undoing::Of(Deed::Edit)),
        Kind::Redo => Some(Undoing::Redo),
        Kind::Counted => {
            let words = holes.get("n", clause);
            let times = match words.tokens {
                [token] if token.is("twice") || token.is("couple") => 2,
                [token] => target::count(&token.word).and_then(|n| u8::try_from(n).ok())?,
                _ => return None,
            };
            (1..=20).contains(&times).then_some(Undoing::Newest(times))
        }
    })?;
    Some(Request::Undo(undoing))
}

//! Taking back.

use std::sync::LazyLock;

use super::super::{
    pattern::Book,
    request::{Request, Undoing},
    target,
    text::Clause,
};

#[derive(Debug, Clone, Copy)]
enum Kind {
    Undo,
    Counted,
    Last,
    Redo,
}

const TABLE: &[(Kind, &str)] = &[
    (
        Kind::Redo,
        "redo that|it|this?\nundo the|that|your|last undo\ndo it again\nredo the|my last|previous? change|action|thing|step",
    ),
    (
        Kind::Counted,
        "undo|revert the|my? last|previous {n} changes|actions|steps|things|times?\nundo {n} times|changes|steps",
    ),
    (Kind::Counted, "undo {n}"),
    (
        Kind::Undo,
        "undo that|it|this|please|everything|again|all|change|action? please?\nundo the|my|your|that? last|previous|latest|most? recent? one|change|action|thing|command|step|edit|move|deletion|delete|completion?\nundo what you|i just? did\nrevert|reverse that|it|this|the|my? last|previous? change|action|one|thing|edit?\nroll|rolled it|that|this? back\ntake that|it|this back\ngo|step|roll back one|a? step?\nbring it|that|them|those back\nput it|that|them|those back\nthat was|is a? mistake|wrong|accident\nthat was an accident\nthat was by mistake|accident\nthat's|that a? wrong|mistake\noops|whoops? undo\nctrl z\nctrl+z\nctrl-z\nthat's not what i meant|wanted|said|asked\ni didn't mean|want to|that do? that|it?\ni take it|that back\nback",
    ),
    (
        Kind::Last,
        "nevermind|forget|cancel|scratch|ignore|disregard|strike that|it|this|the|last|one|all|about|request|please?\nnever mind that|it|this|then|sorry?\nforget|nevermind about it|that\nforget i said that|anything|it\ni changed my mind\nchanged my mind\ndon't bother\ndon't do it|that|so?\nno keep it|them|that|everything\nnever mind|nevermind? keep|leave|restore it|them|that|this|as|is? is?\nnever mind i need|want|still {x?}\ncancel|stop|abort\nkeep it|them|that|this after? all?\nleave it|them|that as? is?\nactually keep it|them|that\ni want|need it|them|that back\nno don't do? that|it?\ndon't delete|remove|add it|them|that after? all?\nno never mind",
    ),
];

static BOOK: LazyLock<Book<Kind>> = LazyLock::new(|| Book::new(TABLE));

pub(super) fn read(clause: &Clause<'_>) -> Option<Request> {
    let undoing = BOOK.find(clause, |kind, holes| match kind {
        Kind::Undo => Some(Undoing::Newest(1)),
        Kind::Last => Some(Undoing::LastAnswer),
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

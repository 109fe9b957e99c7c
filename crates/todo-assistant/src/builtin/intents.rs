//! What a clause asks for: one file for each family of requests, each a table of ways to say it and a little code.
//!
//! The order of [`read`] decides between families. Those that add come before those that change, so that a command in a
//! title stays a title; those with a narrow meaning come before those that would swallow it.

pub(crate) mod add;
pub(crate) mod ask;
mod bare;
mod describe;
mod mark;
mod politeness;
mod priority;
mod rename;
mod schedule;
mod tags;
mod talk;
mod undo;

use todo_core::quick_add;

use super::{request::Request, text::Clause};
pub(crate) use bare::VERBS;
pub(crate) use mark::is_statement;
pub(crate) use politeness::{Stripped, strip};
pub(crate) use priority::level;
pub(crate) use schedule::is_when;

/// Only what is added is longer than this, in words.
const LONGEST: usize = 60;

/// What rules know beside the words.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    /// How words about time are read.
    pub(crate) context: &'a quick_add::Context<'a>,
    /// There is a task that "it" means.
    pub(crate) has_focus: bool,
}

/// Reads a command or a question that is recognised by its form.
pub(crate) fn read(clause: &Clause<'_>, scene: &Scene<'_>) -> Option<Request> {
    if clause.is_empty() {
        return None;
    }
    if clause.len() > LONGEST {
        return add::read(clause, scene);
    }
    talk::read(clause)
        .or_else(|| undo::read(clause))
        .or_else(|| describe::read(clause, scene))
        .or_else(|| tags::read(clause, scene))
        .or_else(|| schedule::read_fields(clause, scene))
        .or_else(|| add::read(clause, scene))
        .or_else(|| ask::read(clause, scene))
        .or_else(|| priority::read(clause, scene))
        .or_else(|| schedule::read(clause, scene))
        .or_else(|| mark::read(clause, scene))
        .or_else(|| rename::read(clause, scene))
}

/// Reads what has no form of its own: a kind of tasks, or a task that somebody just says.
pub(crate) fn read_bare(clause: &Clause<'_>, scene: &Scene<'_>) -> Option<Request> {
    if clause.is_empty() {
        return None;
    }
    ask::read_loose(clause, scene).or_else(|| bare::read(clause, scene))
}

/// Whether a clause that reads like a command may as well be something to do: its first word is no word that is only a
/// command.
pub(crate) fn could_be_a_task(clause: &Clause<'_>) -> bool {
    const COMMANDS: &str = "delete remove complete mark rename reopen erase undo restore tick uncheck tag label untag prioritize prioritise \
                            postpone reschedule snooze defer delay retitle unschedule done finished completed set move cancel clear make put push change \
                            the my i i've i'm we it that this a an task tasks no forget skip scratch purge uncomplete trash scrap star flag bump";
    clause.tokens.first().is_some_and(|token| {
        !token.quoted
            && !super::sets::is_in(COMMANDS, token.meant.unwrap_or(&token.word))
            && token.word.parse::<i64>().is_err()
            && !token.word.starts_with('#')
    })
}

/// Whether a clause that nothing understood is at least about tasks.
pub(crate) fn is_elsewhere(clause: &Clause<'_>, scene: &Scene<'_>) -> bool {
    talk::is_elsewhere(clause, scene)
}

//! What each command does to the rows it names. Pure: rows, owner and time in, rows out.

mod add;
mod mark;
mod resolve;
mod undo;
mod update;

use std::collections::BTreeMap;

use jiff::{Timestamp, Zoned};

pub(super) use undo::undo;
use update::Among;

use super::{Change, Command, Item, ItemResult, Owner, RowChange, Target, TaskError, Verb};
use crate::{ChangeSeq, Task, TaskNumber, quick_add};

/// The rows that a command names, as they are now.
pub type Rows = BTreeMap<TaskNumber, Task>;

/// When and for whom a command is decided.
#[derive(Debug, Clone)]
pub struct Moment<'a> {
    /// The owner's row, locked.
    pub owner: &'a Owner,
    /// Now, on the owner's clock.
    pub now: Zoned,
}

impl<'a> Moment<'a> {
    /// This instant, for this owner. Cut to microseconds, which is what every database keeps.
    pub fn new(owner: &'a Owner, now: Timestamp) -> Self {
        let now = Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now);
        Self { owner, now: now.to_zoned(owner.settings.zone()) }
    }

    /// How quick-add reads words at this moment.
    pub fn context<'b>(&'b self, literal: &'b [std::ops::Range<usize>]) -> quick_add::Context<'b> {
        quick_add::Context {
            now: &self.now,
            zone: &self.owner.settings.timezone,
            week_start: self.owner.settings.week_start.into(),
            literal,
        }
    }

    /// The number that the change gets.
    fn seq(&self) -> ChangeSeq {
        ChangeSeq(self.owner.seq.0 + 1)
    }

    /// `task` after a change: the next version, written now by this change.
    fn touched(&self, mut task: Task, before: &Task) -> Task {
        task.version = before.version + 1;
        task.last_change = self.seq();
        task.updated_at = self.now.timestamp();
        task
    }
}

/// What a command comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What it did.
    pub verb: Verb,
    /// The rows to write; empty when everything was so already.
    pub rows: Vec<RowChange>,
    /// What became of each task that was named.
    pub items: Vec<Item>,
}

/// Decides every command but [`Command::Undo`], which needs the changes it takes back.
///
/// # Errors
/// A value that a task cannot have; nothing named; too many named.
pub fn decide(command: &Command, rows: &Rows, moment: &Moment<'_>) -> Result<Decision, TaskError> {
    if command.is_empty() {
        return Err(TaskError::NothingNamed);
    }
    if command.len() > Command::MOST {
        return Err(TaskError::TooMany { count: command.len(), max: Command::MOST });
    }
    match command {
        Command::Add(tasks) => add::add(tasks, moment),
        Command::Update(edits) => {
            let among = if edits.len() == 1 { Among::Alone } else { Among::Others };
            each(
                Verb::Update,
                edits,
                |edit| edit.target,
                rows,
                |edit, task| update::update(edit, task, among, moment),
            )
        }
        Command::Complete(targets) => {
            each(Verb::Complete, targets, |t| *t, rows, |_, task| Ok(mark::complete(task, moment)))
        }
        Command::Reopen(targets) => {
            each(Verb::Reopen, targets, |t| *t, rows, |_, task| Ok(mark::reopen(task, moment)))
        }
        Command::Delete(targets) => {
            each(Verb::Delete, targets, |t| *t, rows, |_, task| Ok(mark::delete(task, moment)))
        }
        Command::Restore(targets) => restore(targets, rows, moment),
        Command::Undo(_) => Err(TaskError::NothingToUndo),
    }
}

/// Applies a rule to every task of the list that was named. `None` from the rule means that it was so already.
fn each<T>(
    verb: Verb,
    named: &[T],
    target: impl Fn(&T) -> Target,
    rows: &Rows,
    rule: impl Fn(&T, &Task) -> Result<Option<Task>, TaskError>,
) -> Result<Decision, TaskError> {
    let mut decision = Decision { verb, rows: Vec::new(), items: Vec::new() };
    for item in named {
        let Target { number, version } = target(item);
        if decision.items.iter().any(|seen| seen.number == number) {
            continue;
        }
        let result = match rows.get(&number).filter(|task| !task.is_deleted()) {
            None => ItemResult::Missing,
            Some(task) if version.is_some_and(|seen| seen != task.version) => {
                ItemResult::Stale(Box::new(task.clone()))
            }
            Some(task) => match rule(item, task)? {
                None => ItemResult::Already(Box::new(task.clone())),
                Some(after) => {
                    decision
                        .rows
                        .push(RowChange { before: Some(task.clone()), after: Some(after.clone()) });
                    ItemResult::Changed(Box::new(after))
                }
            },
        };
        decision.items.push(Item { number, result });
    }
    Ok(decision)
}

/// Restoring is the one rule for tasks in the trash; a task that is in the list already is fine.
fn restore(targets: &[Target], rows: &Rows, moment: &Moment<'_>) -> Result<Decision, TaskError> {
    let seen: Rows = rows
        .iter()
        .map(|(number, task)| (*number, Task { deleted_at: None, ..task.clone() }))
        .collect();
    let mut decision = each(
        Verb::Restore,
        targets,
        |t| *t,
        &seen,
        |_, task| {
            let trashed = rows[&task.number].is_deleted();
            Ok(trashed.then(|| moment.touched(task.clone(), task)))
        },
    )?;
    for row in &mut decision.rows {
        row.before = rows.get(&row.number()).cloned();
    }
    Ok(decision)
}

/// The change that a decision is written as.
pub(super) fn change(
    decision: &Decision,
    caller: &crate::Caller,
    moment: &Moment<'_>,
) -> Option<Change> {
    (!decision.rows.is_empty()).then(|| Change {
        seq: moment.seq(),
        verb: decision.verb,
        actor: caller.actor.clone(),
        conversation: caller.conversation,
        plan: caller.plan,
        at: moment.now.timestamp(),
        undoes: Vec::new(),
        undone_by: None,
        rows: decision.rows.clone(),
    })
}

use std::collections::BTreeMap;

use super::{Decision, Moment, Rows};
use crate::{
    Caller, ChangeSeq, Task, TaskNumber,
    tasks::{Change, Item, ItemResult, RowChange, TaskError, Verb},
};

/// What taking changes back comes to.
#[derive(Debug)]
pub(crate) struct Undone {
    /// The change that takes them back.
    pub(crate) change: Change,
    /// What became of each task.
    pub(crate) items: Vec<Item>,
    /// The changes that are taken back.
    pub(crate) undone: Vec<ChangeSeq>,
    /// The changes that are in force again, because one of `undone` had taken them back.
    pub(crate) redone: Vec<ChangeSeq>,
}

/// Takes these changes back, newest first, all or none.
///
/// A row shows the effect of one change, its `last_change`. Taking that change back gives the row its image before, which
/// names the change that it shows then; so one after the other can be taken back, and a later change in between is seen.
///
/// # Errors
/// Already undone; a row that shows a later change; images that are no longer kept.
pub(crate) fn undo(
    changes: &[Change],
    rows: &Rows,
    caller: &Caller,
    moment: &Moment<'_>,
) -> Result<Undone, TaskError> {
    let mut state: BTreeMap<TaskNumber, Option<Task>> = BTreeMap::new();
    for change in changes {
        if change.undone_by.is_some() {
            return Err(TaskError::AlreadyUndone(change.seq));
        }
        if change.rows.is_empty() {
            return Err(TaskError::NothingToUndo);
        }
        for row in &change.rows {
            let number = row.number();
            let current = state.entry(number).or_insert_with(|| rows.get(&number).cloned());
            *current = step_back(change.seq, row, current.as_ref())?;
        }
    }
    let decision = written(state, rows, moment);
    let undoes: Vec<_> = changes.iter().map(|change| change.seq).collect();
    let mut change = super::change(&decision, caller, moment).ok_or(TaskError::NothingToUndo)?;
    change.undoes.clone_from(&undoes);
    let redone = changes.iter().flat_map(|change| change.undoes.iter().copied()).collect();
    Ok(Undone { change, items: decision.items, undone: undoes, redone })
}

/// The image before, if the row shows this very change.
fn step_back(
    seq: ChangeSeq,
    row: &RowChange,
    current: Option<&Task>,
) -> Result<Option<Task>, TaskError> {
    let number = row.number();
    match (&row.after, current) {
        (Some(after), Some(current)) if after.last_change == current.last_change => {
            Ok(row.before.clone())
        }
        (None, None) => Ok(row.before.clone()),
        (_, Some(current)) => Err(TaskError::UndoConflict { seq, number, by: current.last_change }),
        (Some(_), None) => Err(TaskError::NotFound(number)),
    }
}

/// The rows as they are written: each gets a version that it never had.
fn written(
    state: BTreeMap<TaskNumber, Option<Task>>,
    rows: &Rows,
    moment: &Moment<'_>,
) -> Decision {
    let mut decision = Decision { verb: Verb::Undo, rows: Vec::new(), items: Vec::new() };
    for (number, target) in state {
        let before = rows.get(&number).cloned();
        let after = target.map(|image| Task {
            version: image.version.max(before.as_ref().map_or(0, |task| task.version)) + 1,
            updated_at: moment.now.timestamp(),
            ..image
        });
        if before.is_none() && after.is_none() {
            continue;
        }
        let result = match &after {
            Some(task) => ItemResult::Changed(Box::new(task.clone())),
            None => ItemResult::Removed,
        };
        decision.rows.push(RowChange { before, after });
        decision.items.push(Item { number, result });
    }
    decision
}

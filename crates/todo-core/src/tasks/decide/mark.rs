//! Complete, reopen, delete: what a press of a button does.

use super::Moment;
use crate::Task;

/// Completes; a task that repeats moves on to its next date, until its rule has none.
pub(super) fn complete(task: &Task, moment: &Moment<'_>) -> Option<Task> {
    if task.is_completed() {
        return None;
    }
    let next = task
        .repeat
        .as_ref()
        .zip(task.due.as_ref())
        .and_then(|(repeat, due)| repeat.next(due, &moment.now));
    let after = match next {
        Some((due, repeat)) => Task { due: Some(due), repeat, ..task.clone() },
        None => Task { completed_at: Some(moment.now.timestamp()), ..task.clone() },
    };
    Some(moment.touched(after, task))
}

/// Opens a completed task again.
pub(super) fn reopen(task: &Task, moment: &Moment<'_>) -> Option<Task> {
    task.is_completed().then(|| moment.touched(Task { completed_at: None, ..task.clone() }, task))
}

/// Puts a task into the trash.
pub(super) fn delete(task: &Task, moment: &Moment<'_>) -> Option<Task> {
    let now = moment.now.timestamp();
    (!task.is_deleted())
        .then(|| moment.touched(Task { deleted_at: Some(now), ..task.clone() }, task))
}

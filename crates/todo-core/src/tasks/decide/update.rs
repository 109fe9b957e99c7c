use super::{Moment, mark, resolve};
use crate::{
    Task,
    quick_add::Shift,
    task::{Invalid, Tag, tags},
    tasks::{DueInput, Field, Patch, TagEdit, TaskEdit, TaskError},
};

/// Whether a task is changed alone. What only some of several can do is no error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Among {
    Alone,
    Others,
}

/// Gives a task new values. `None` when it has them already.
pub(super) fn update(
    edit: &TaskEdit,
    task: &Task,
    among: Among,
    moment: &Moment<'_>,
) -> Result<Option<Task>, TaskError> {
    let patch = &edit.patch;
    let mut after = task.clone();
    if let Some(title) = &patch.title {
        after.title = title.clone();
    }
    if let Some(priority) = patch.priority {
        after.priority = priority;
    }
    if let Some(reminders) = &patch.reminders {
        after.reminders = reminders.clone();
    }
    match &patch.description {
        Field::Keep => {}
        Field::Clear => after.description = None,
        Field::Set(description) => after.description = Some(description.clone()),
    }
    after.tags = edited_tags(&patch.tags, &task.tags)?;
    reschedule(patch, &mut after, among, moment)?;

    let mut changed = (after != *task).then(|| moment.touched(after.clone(), task));
    let marked = match patch.completed {
        Some(true) => mark::complete(&after, moment),
        Some(false) => mark::reopen(&after, moment),
        None => None,
    };
    if let Some(marked) = marked {
        changed = Some(moment.touched(marked, task));
    }
    Ok(changed)
}

/// Due date and repeat belong together: a repeat needs a date, and without a date there is no repeat. An old repeat goes
/// first, because the words of a new date may bring one along.
fn reschedule(
    patch: &Patch,
    task: &mut Task,
    among: Among,
    moment: &Moment<'_>,
) -> Result<(), Invalid> {
    if patch.repeat == Field::Clear {
        task.repeat = None;
    }
    match &patch.due {
        Field::Keep => {}
        Field::Clear => (task.due, task.repeat) = (None, None),
        Field::Set(input) => match (resolve::shift(input, moment), among) {
            (Some(shift), _) if task.due.is_some() => move_on(shift, task, among, moment)?,
            // What has no date is not pushed back with the others.
            (Some(_), Among::Others) => {}
            _ => set_due(input, task, moment)?,
        },
    }
    if let Field::Set(input) = &patch.repeat {
        let repeat = resolve::repeat(input, moment)?;
        if task.due.is_none() {
            task.due = Some(resolve::first(&repeat, moment)?);
        }
        task.repeat = Some(repeat);
    }
    Ok(())
}

fn set_due(input: &DueInput, task: &mut Task, moment: &Moment<'_>) -> Result<(), Invalid> {
    let when = resolve::due(Some(input), task.due.as_ref(), moment)?;
    if when.clears {
        (task.due, task.repeat) = (None, None);
    }
    task.due = when.due.or(task.due.take());
    task.repeat = when.repeat.or(task.repeat.take());
    Ok(())
}

/// Moves a task from its own due date. One of several that cannot move so stays where it is.
fn move_on(
    shift: Shift,
    task: &mut Task,
    among: Among,
    moment: &Moment<'_>,
) -> Result<(), Invalid> {
    let Some(due) = &task.due else { return Ok(()) };
    let moved = match (shift, &task.repeat) {
        (Shift::By(by), _) => {
            by.from(due).map(|due| (due, task.repeat.clone())).ok_or("it cannot move that far")
        }
        (Shift::Skip, Some(repeat)) => {
            repeat.skip(due, &moment.now).ok_or("this is the last date of its repeat")
        }
        (Shift::Skip, None) => Err("it does not repeat: there is no next date to skip to"),
    };
    match moved {
        Ok((due, repeat)) => (task.due, task.repeat) = (Some(due), repeat),
        Err(_) if among == Among::Others => {}
        Err(why) => return Err(Invalid::new("due", format!("task {}: {why}", task.number))),
    }
    Ok(())
}

fn edited_tags(edit: &TagEdit, old: &[Tag]) -> Result<Vec<Tag>, Invalid> {
    let base = edit.set.as_deref().unwrap_or(old);
    let kept = base.iter().chain(&edit.add).filter(|tag| !edit.remove.contains(tag));
    tags(kept.map(Tag::as_str))
}

use super::{Moment, mark, resolve};
use crate::{
    Task,
    task::{Invalid, Tag, tags},
    tasks::{Field, Patch, TagEdit, TaskEdit, TaskError},
};

/// Gives a task new values. `None` when it has them already.
pub(super) fn update(
    edit: &TaskEdit,
    task: &Task,
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
    reschedule(patch, &mut after, moment)?;

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
fn reschedule(patch: &Patch, task: &mut Task, moment: &Moment<'_>) -> Result<(), Invalid> {
    if patch.repeat == Field::Clear {
        task.repeat = None;
    }
    match &patch.due {
        Field::Keep => {}
        Field::Clear => (task.due, task.repeat) = (None, None),
        Field::Set(input) => {
            let when = resolve::due(Some(input), task.due.as_ref(), moment)?;
            if when.clears {
                (task.due, task.repeat) = (None, None);
            }
            task.due = when.due.or(task.due.take());
            task.repeat = when.repeat.or(task.repeat.take());
        }
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

fn edited_tags(edit: &TagEdit, old: &[Tag]) -> Result<Vec<Tag>, Invalid> {
    let base = edit.set.as_deref().unwrap_or(old);
    let kept = base.iter().chain(&edit.add).filter(|tag| !edit.remove.contains(tag));
    tags(kept.map(Tag::as_str))
}

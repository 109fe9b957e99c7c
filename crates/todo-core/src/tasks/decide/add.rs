use super::{Decision, Moment, resolve};
use crate::{
    Task, TaskNumber, quick_add,
    task::{Description, Title},
    tasks::{Draft, Item, ItemResult, NewTask, RowChange, TaskError, Verb},
};

/// Numbers and dates new tasks. One that cannot be refuses them all.
pub(super) fn add(tasks: &[NewTask], moment: &Moment<'_>) -> Result<Decision, TaskError> {
    let mut decision = Decision { verb: Verb::Add, rows: Vec::new(), items: Vec::new() };
    for (number, new) in (moment.owner.next_number.0..).map(TaskNumber).zip(tasks) {
        let task = match new {
            NewTask::Draft(draft) => from_draft(number, draft, moment)?,
            NewTask::Text { text, literal } => from_text(number, text, literal, moment)?,
        };
        decision.rows.push(RowChange { before: None, after: Some(task.clone()) });
        decision.items.push(Item { number, result: ItemResult::Changed(Box::new(task)) });
    }
    Ok(decision)
}

fn from_draft(number: TaskNumber, draft: &Draft, moment: &Moment<'_>) -> Result<Task, TaskError> {
    let when = resolve::due(draft.due.as_ref(), None, moment)?;
    let repeat = match &draft.repeat {
        Some(repeat) => Some(resolve::repeat(repeat, moment)?),
        None => when.repeat,
    };
    let due = match (when.due, &repeat) {
        (None, Some(repeat)) => Some(resolve::first(repeat, moment)?),
        (due, _) => due,
    };
    let now = moment.now.timestamp();
    Ok(Task {
        number,
        title: draft.title.clone(),
        description: draft.description.clone(),
        priority: draft.priority,
        tags: draft.tags.clone(),
        due,
        repeat,
        reminders: draft.reminders.clone(),
        completed_at: None,
        deleted_at: None,
        version: 1,
        last_change: moment.seq(),
        created_at: now,
        updated_at: now,
    })
}

fn from_text(
    number: TaskNumber,
    text: &str,
    literal: &[(usize, usize)],
    moment: &Moment<'_>,
) -> Result<Task, TaskError> {
    let literal: Vec<_> = literal.iter().map(|(start, end)| *start..*end).collect();
    let parsed = quick_add::parse(text, &moment.context(&literal));
    let draft = Draft {
        title: Title::parse(&parsed.title)?,
        description: parsed.description.as_deref().map(Description::parse).transpose()?.flatten(),
        priority: parsed.priority,
        tags: crate::task::tags(parsed.tags.iter().map(crate::task::Tag::as_str))?,
        due: None,
        repeat: None,
        reminders: parsed.reminders,
    };
    let task = from_draft(number, &draft, moment)?;
    Ok(Task { due: parsed.due, repeat: parsed.repeat, ..task })
}

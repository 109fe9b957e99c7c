//! Names: parts of titles, several in one breath, with a date as a help.

use todo_api::tools::{ListTasks, ToolTask};
use todo_core::quick_add;

use super::{Found, Pool};
use crate::{
    builtin::{
        desk::Desk,
        matching::{Fit, Wanted, best},
        target,
        text::{self, Clause},
        wording::due,
    },
    thinker::ThinkError,
};

/// Looks for the tasks that a name means.
pub(in crate::builtin) async fn named(
    desk: &mut Desk<'_>,
    name: &str,
    pool: Pool,
) -> Result<Found, ThinkError> {
    let first = pool_of(desk, pool).await?;
    if let Some(found) = look(desk, name, &first) {
        return Ok(found);
    }
    let wanted = Wanted::new(name);
    if first.len() as u64 >= super::super::desk::PAGE {
        let page =
            desk.list(&ListTasks { q: wanted.search(), limit: 50, ..status(pool, false) }).await?;
        if let Some(found) = look(desk, name, &page.tasks) {
            return Ok(found);
        }
    }
    if pool != Pool::Trash {
        // What was said may be true already: then the tool says so.
        let second =
            desk.list(&ListTasks { q: wanted.search(), limit: 50, ..status(pool, true) }).await?;
        if let Some(found @ Found::These(_)) = look(desk, name, &second.tasks) {
            return Ok(found);
        }
    }
    // "the slides, the boss wants changes": what follows the comma may only be why.
    if let Some((before, _)) = name.split_once(',')
        && let Some(found) = look(desk, before, &first)
    {
        return Ok(found);
    }
    // "the quote they went with someone else"
    const REASONS: &str = "they because since cos he she we i it's as";
    let tokens = text::tokens(name);
    let reason = (2..tokens.len())
        .find(|at| !tokens[*at].quoted && crate::builtin::sets::is_in(REASONS, &tokens[*at].word));
    if let Some(at) = reason
        && let Some(found) = look(desk, Clause::new(name, &tokens).part(0..at).source(), &first)
    {
        return Ok(found);
    }
    let near = best(&wanted, &first).filter(|(_, tasks)| tasks.len() == 1);
    Ok(match near {
        Some((_, tasks)) if !wanted.is_blank() => {
            Found::Nearly { called: name.to_owned(), option: Box::new(tasks[0].clone()) }
        }
        _ => Found::NoneCalled(name.to_owned()),
    })
}

async fn pool_of(desk: &mut Desk<'_>, pool: Pool) -> Result<Vec<ToolTask>, ThinkError> {
    match pool {
        Pool::OpenFirst => Ok(desk.open().await?.to_vec()),
        Pool::CompletedFirst | Pool::Trash => Ok(desk.list_all(status(pool, false)).await?.0),
    }
}

fn status(pool: Pool, other: bool) -> ListTasks {
    let status = match (pool, other) {
        (Pool::OpenFirst, false) | (Pool::CompletedFirst, true) => "pending",
        (Pool::OpenFirst, true) | (Pool::CompletedFirst, false) => "completed",
        (Pool::Trash, _) => "trashed",
    };
    ListTasks { status: status.to_owned(), ..ListTasks::default() }
}

/// Looks among these: as a whole, then with its date as a help, then as several names.
fn look(desk: &Desk<'_>, name: &str, tasks: &[ToolTask]) -> Option<Found> {
    one(name, tasks, Fit::Slip)
        .or_else(|| several(desk, name, tasks))
        .or_else(|| dated(desk, name, tasks))
        .or_else(|| one(name, tasks, Fit::Loose))
}

fn one(name: &str, tasks: &[ToolTask], worst: Fit) -> Option<Found> {
    let wanted = Wanted::new(name);
    if wanted.is_blank() {
        return None;
    }
    let (fit, found) = best(&wanted, tasks)?;
    match found.as_slice() {
        _ if fit > worst => None,
        [task] => Some(Found::These(vec![task.id])),
        several => Some(Found::Which {
            called: name.to_owned(),
            options: several.iter().map(|t| (*t).clone()).collect(),
        }),
    }
}

/// "the dentist on friday", "tomorrow's meeting": the date is a part of the name, or says which one.
fn dated(desk: &Desk<'_>, name: &str, tasks: &[ToolTask]) -> Option<Found> {
    let plain = name.replace("'s ", " ").replace("’s ", " ");
    let (range, when) = quick_add::find_when(&plain, desk.context())?;
    let rest = format!("{} {}", &plain[..range.start], &plain[range.end..]);
    let day = when.due?.date;
    let is_on = |task: &&ToolTask| due(task).is_some_and(|(date, _)| date == day);
    let that_day: Vec<ToolTask> = tasks.iter().filter(is_on).cloned().collect();
    one(&rest, &that_day, Fit::Loose).or_else(|| one(&rest, tasks, Fit::Loose))
}

/// "the milk and the eggs": every part has to be found.
fn several(desk: &Desk<'_>, name: &str, tasks: &[ToolTask]) -> Option<Found> {
    let tokens = text::tokens(name);
    let clause = Clause::new(name, &tokens);
    let parts = target::parts(&clause);
    if !(2..=20).contains(&parts.len()) {
        return None;
    }
    let mut ids = Vec::new();
    for part in parts {
        match one(part.plain(), tasks, Fit::Loose).or_else(|| dated(desk, part.plain(), tasks))? {
            Found::These(found) => ids.extend(found),
            unsure => return Some(unsure),
        }
    }
    ids.dedup();
    Some(Found::These(ids))
}

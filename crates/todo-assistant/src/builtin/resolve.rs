//! From what tasks were called to their numbers.

mod named;
mod set;

use todo_api::tools::{GetTask, ToolTask, names};

use super::{
    desk::Desk,
    request::{Set, Target},
};
use crate::thinker::ThinkError;

pub(super) use named::named;
pub(crate) use set::{list, settle_tag};

/// In which tasks a name is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pool {
    /// Open ones first, then completed ones.
    OpenFirst,
    /// Completed ones first, then open ones.
    CompletedFirst,
    /// The trash.
    Trash,
}

/// What came of looking.
#[derive(Debug)]
pub(crate) enum Found {
    /// These.
    These(Vec<i64>),
    /// Every open task (every completed one, when reopening).
    Everything,
    /// Several could be meant, and one was.
    Which { called: String, options: Vec<ToolTask> },
    /// None is called so, but this one nearly.
    Nearly { called: String, option: Box<ToolTask> },
    /// Nobody said which.
    Unsaid,
    /// There is none, and this is the sentence about it.
    No(String),
    /// No task has that name.
    NoneCalled(String),
}

/// Looks up a target.
pub(crate) async fn find(
    desk: &mut Desk<'_>,
    target: &Target,
    pool: Pool,
) -> Result<Found, ThinkError> {
    match target {
        Target::Missing => Ok(Found::Unsaid),
        Target::Ids(numbers) | Target::Numbers(numbers) => by_number(desk, numbers, pool).await,
        Target::Places(places) => by_place(desk, places, pool).await,
        Target::Run(count) => Ok(run(desk, *count)),
        Target::It => it(desk).await,
        Target::Them => them(desk).await,
        Target::Both => both(desk).await,
        Target::Other => other(desk).await,
        Target::Newest => newest(desk).await,
        Target::Named(name) => named(desk, name, pool).await,
        Target::Set(set) => by_set(desk, set, pool).await,
        Target::Except(set, but) => except(desk, set, but, pool).await,
        Target::Several(targets) => several(desk, targets, pool).await,
    }
}

/// Whether there is such a task in the list.
async fn exists(desk: &mut Desk<'_>, id: i64) -> Result<bool, ThinkError> {
    if desk.open().await?.iter().any(|task| task.id == id) {
        return Ok(true);
    }
    Ok(desk.read::<ToolTask>(names::GET, &GetTask { id }).await?.is_some())
}

/// Numbers are those of tasks; after a list, one that no task has is a place in that list.
async fn by_number(desk: &mut Desk<'_>, numbers: &[i64], pool: Pool) -> Result<Found, ThinkError> {
    if pool == Pool::Trash {
        return Ok(Found::These(numbers.to_vec()));
    }
    let mut found = Vec::new();
    let mut missing = Vec::new();
    for &number in numbers {
        if exists(desk, number).await? {
            found.push(number);
        } else if let Some(listed) = desk.memory.at(number).filter(|_| number > 0) {
            found.push(listed);
        } else {
            missing.push(number.to_string());
        }
    }
    found.dedup();
    if found.is_empty() {
        let noun = if missing.len() == 1 { "task" } else { "tasks" };
        return Ok(Found::No(format!(
            "Nothing changed: there is no {noun} {}.",
            super::wording::joined(&missing)
        )));
    }
    if !missing.is_empty() {
        desk.say(format!("There is no task {}.", super::wording::joined(&missing)));
    }
    Ok(Found::These(found))
}

async fn by_place(desk: &mut Desk<'_>, places: &[i64], pool: Pool) -> Result<Found, ThinkError> {
    if desk.memory.refs.is_empty() {
        // "item 3" without a list is the task of that number, if there is one.
        if places.iter().all(|place| *place > 0)
            && places.len() == 1
            && exists(desk, places[0]).await?
            && pool != Pool::Trash
        {
            let open = desk.open().await?.to_vec();
            if open.first().is_some_and(|task| task.id == places[0]) || places[0] > 3 {
                return Ok(Found::These(places.to_vec()));
            }
        }
        return which_open(desk, "that").await;
    }
    let found: Vec<i64> = places.iter().filter_map(|place| desk.memory.at(*place)).collect();
    if found.len() < places.len() {
        let count = desk.memory.refs.len();
        return Ok(Found::No(format!("Nothing changed: the last list has only {count}.")));
    }
    Ok(Found::These(found))
}

fn run(desk: &Desk<'_>, count: i64) -> Found {
    let refs = &desk.memory.refs;
    let wanted = usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX);
    if refs.len() < wanted {
        return Found::Unsaid;
    }
    let part = if count > 0 { &refs[..wanted] } else { &refs[refs.len() - wanted..] };
    Found::These(part.iter().map(|task| task.number.0).collect())
}

async fn it(desk: &mut Desk<'_>) -> Result<Found, ThinkError> {
    let memory = &desk.memory;
    let listed: Vec<i64> = memory.refs.iter().map(|task| task.number.0).collect();
    match (memory.focus.as_slice(), listed.as_slice(), memory.list_is_newer) {
        (_, [one], true) | ([one], _, false) => Ok(Found::These(vec![*one])),
        (_, [_, _, ..], true) => which_of(desk, &listed, "that").await,
        ([], [], _) => which_open(desk, "that").await,
        (several, ..) => {
            let several = several.to_vec();
            which_of(desk, &several, "that").await
        }
    }
}

async fn them(desk: &mut Desk<'_>) -> Result<Found, ThinkError> {
    let memory = &desk.memory;
    let listed = || memory.refs.iter().map(|task| task.number.0).collect::<Vec<_>>();
    let these = if memory.list_is_newer || memory.focus.is_empty() {
        listed()
    } else {
        memory.focus.clone()
    };
    if these.is_empty() { which_open(desk, "those").await } else { Ok(Found::These(these)) }
}

/// Two that were spoken of or listed together, or one after the other.
async fn both(desk: &mut Desk<'_>) -> Result<Found, ThinkError> {
    let memory = &desk.memory;
    if !memory.list_is_newer
        && memory.focus.len() == 1
        && let [first, second, ..] = memory.mentioned[..]
    {
        return Ok(Found::These(vec![second, first]));
    }
    them(desk).await
}

/// Of two that were listed, or that are all there is, the one that was not touched.
async fn other(desk: &mut Desk<'_>) -> Result<Found, ThinkError> {
    let mut rest: Vec<i64> = desk
        .memory
        .refs
        .iter()
        .map(|task| task.number.0)
        .filter(|id| !desk.memory.focus.contains(id))
        .collect();
    if rest.is_empty() && !desk.memory.focus.is_empty() {
        let focus = desk.memory.focus.clone();
        rest = desk.open().await?.iter().map(|task| task.id).collect();
        rest.retain(|id| !focus.contains(id));
    }
    Ok(match rest.as_slice() {
        [one] => Found::These(vec![*one]),
        _ => Found::Unsaid,
    })
}

async fn newest(desk: &mut Desk<'_>) -> Result<Found, ThinkError> {
    let query =
        todo_api::tools::ListTasks { sort: "newest".into(), limit: 1, ..Default::default() };
    let page = desk.list(&query).await?;
    Ok(page
        .tasks
        .first()
        .map_or(Found::No("Nothing changed: there are no open tasks.".into()), |task| {
            Found::These(vec![task.id])
        }))
}

async fn by_set(desk: &mut Desk<'_>, set: &Set, pool: Pool) -> Result<Found, ThinkError> {
    let mut set = set.clone();
    settle_tag(desk, &mut set).await?;
    let default = if pool == Pool::CompletedFirst {
        super::request::Which::Completed
    } else {
        super::request::Which::Open
    };
    let status = if set.status == super::request::Which::Unsaid { default } else { set.status };
    if set.is_everything() && status == default {
        return Ok(Found::Everything);
    }
    set.status = status;
    let (tasks, _) = list(desk, &set).await?;
    if tasks.is_empty() {
        return Ok(Found::No(format!(
            "There are no {}, so nothing changed.",
            super::wording::noun(&set, 0)
        )));
    }
    Ok(Found::These(tasks.iter().map(|task| task.id).collect()))
}

async fn except(
    desk: &mut Desk<'_>,
    set: &Set,
    but: &Target,
    pool: Pool,
) -> Result<Found, ThinkError> {
    let kept = match Box::pin(find(desk, but, pool)).await? {
        Found::These(kept) => kept,
        Found::NoneCalled(name) => return Ok(Found::NoneCalled(name)),
        Found::Which { called, options } if matches!(but, Target::Named(_)) => {
            // Everything that could be meant is kept: leaving one too many alone does no harm.
            let _ = called;
            options.iter().map(|task| task.id).collect()
        }
        other => return Ok(other),
    };
    // After a list, "everything" is everything in it.
    let listed: Vec<i64> = desk.memory.refs.iter().map(|task| task.number.0).collect();
    let within_list = set.is_everything() && desk.memory.list_is_newer && !listed.is_empty();
    let looked_up =
        if within_list { Found::These(listed) } else { by_set(desk, set, pool).await? };
    let all = match looked_up {
        Found::These(all) => all,
        Found::Everything => desk.open().await?.iter().map(|task| task.id).collect(),
        other => return Ok(other),
    };
    let rest: Vec<i64> = all.into_iter().filter(|id| !kept.contains(id)).collect();
    if rest.is_empty() {
        return Ok(Found::No("There is nothing else, so nothing changed.".into()));
    }
    Ok(Found::These(rest))
}

async fn several(desk: &mut Desk<'_>, targets: &[Target], pool: Pool) -> Result<Found, ThinkError> {
    let mut all = Vec::new();
    for target in targets {
        match Box::pin(find(desk, target, pool)).await? {
            Found::These(ids) => all.extend(ids),
            other => return Ok(other),
        }
    }
    all.dedup();
    Ok(Found::These(all))
}

/// Asks which of these is meant.
async fn which_of(desk: &mut Desk<'_>, ids: &[i64], called: &str) -> Result<Found, ThinkError> {
    let mut options: Vec<ToolTask> =
        desk.open().await?.iter().filter(|task| ids.contains(&task.id)).cloned().collect();
    options.sort_by_key(|task| ids.iter().position(|id| *id == task.id));
    match options.len() {
        0 => Ok(Found::Unsaid),
        1 => Ok(Found::These(vec![options[0].id])),
        _ => Ok(Found::Which { called: called.to_owned(), options }),
    }
}

/// Asks which of all open tasks is meant.
async fn which_open(desk: &mut Desk<'_>, called: &str) -> Result<Found, ThinkError> {
    let _ = called;
    let open = desk.open().await?;
    Ok(if open.is_empty() {
        Found::No("Nothing changed: there are no open tasks.".into())
    } else {
        Found::Unsaid
    })
}

//! Replies to what the assistant asked.

mod choice;

use todo_api::tools::ToolTask;
use todo_core::plans::OPEN_FOR;

use super::{
    act::{self, change},
    desk::Desk,
    intents::{self, add},
    request::{Action, Adding, Pending, Question, Request, Target, Undoing},
    resolve::{self, Found, Pool},
    target,
    text::Clause,
    wording,
};
use crate::{thinker::ThinkError, turn::Consent};

/// Reads a message as the reply to the last question, if there was one and it is one.
pub(super) async fn settle(desk: &mut Desk<'_>, whole: &Clause<'_>) -> Result<bool, ThinkError> {
    let Some(pending) = desk.memory.pending.take() else { return Ok(false) };
    if Consent::read(whole.text) == Some(Consent::No) || declines(desk, whole) {
        desk.say(wording::ALL_RIGHT);
        return Ok(true);
    }
    let agreed = Consent::read(whole.text) == Some(Consent::Yes);
    match pending {
        Pending::Meant { action, task } if agreed => change::apply(desk, &action, &[task]).await?,
        Pending::Sure { .. } if agreed && is_old(desk) => desk.say(wording::TOO_LATE),
        Pending::Sure { action, tasks } if agreed => change::agreed(desk, &action, &tasks).await?,
        Pending::Which { action, options } => {
            return which(desk, whole, &options, Then::Change(action)).await;
        }
        Pending::About { question, options } => {
            return which(desk, whole, &options, Then::Answer(question)).await;
        }
        Pending::Target { action } => return any_target(desk, whole, &action).await,
        Pending::Title { adding } => return title(desk, whole, adding).await,
        Pending::When { tasks } => return when(desk, whole, &tasks).await,
        Pending::Name { tasks } => return name(desk, whole, &tasks).await,
        Pending::Meant { .. } | Pending::Sure { .. } => return Ok(false),
    }
    Ok(true)
}

/// A large change waits for its yes as long as a plan does.
fn is_old(desk: &Desk<'_>) -> bool {
    let since = desk.memory.answered_at.map(|at| desk.turn.now.timestamp().duration_since(at));
    since.is_none_or(|since| since >= OPEN_FOR)
}

enum Then {
    Change(Action),
    Answer(Question),
}

/// "neither", "none of them", "never mind"
fn declines(desk: &Desk<'_>, whole: &Clause<'_>) -> bool {
    let said = intents::strip(whole).clause;
    let none = [
        "neither",
        "none",
        "none of them",
        "none of those",
        "neither one",
        "neither of them",
        "nothing",
        "no one",
        "not any",
    ];
    none.iter().any(|phrase| said.reads(phrase))
        || matches!(intents::read(&said, &desk.scene()), Some(Request::Undo(Undoing::LastAnswer)))
}

/// Whether a message is a new request of its own, whatever was asked.
fn is_new(desk: &Desk<'_>, clause: &Clause<'_>) -> bool {
    matches!(
        intents::read(clause, &desk.scene()),
        Some(Request::Ask(_) | Request::Undo(_) | Request::Say(_))
    )
}

async fn which(
    desk: &mut Desk<'_>,
    whole: &Clause<'_>,
    options: &[i64],
    then: Then,
) -> Result<bool, ThinkError> {
    let stripped = intents::strip(whole);
    let said = stripped.clause;
    let asks_of_a_set = matches!(
        intents::read(&said, &desk.scene()),
        Some(Request::Ask(Question::List(_) | Question::Any(_) | Question::Count(_)))
    );
    if said.asks() && asks_of_a_set {
        return Ok(false);
    }
    let tasks = tasks_of(desk, options).await?;
    let mut chosen = choice::choose(desk, &said, options, &tasks);
    // "no sorry, expenses": it was none of these.
    if chosen.is_empty()
        && stripped.corrects
        && let Target::Named(name) = target::read(&said, desk.context())
        && let Then::Change(action) = &then
        && let Found::These(found) = resolve::named(desk, &name, pool(action)).await?
    {
        chosen = found;
    }
    if chosen.is_empty() {
        return Ok(false);
    }
    match then {
        Then::Change(action) => change::apply(desk, &action, &chosen).await?,
        Then::Answer(question) => act::ask::about(desk, &question, &chosen).await?,
    }
    Ok(true)
}

/// The tasks of a question, as they are now, in the order in which they were offered.
async fn tasks_of(desk: &mut Desk<'_>, options: &[i64]) -> Result<Vec<ToolTask>, ThinkError> {
    let mut tasks: Vec<ToolTask> =
        desk.open().await?.iter().filter(|task| options.contains(&task.id)).cloned().collect();
    for &id in options {
        if !tasks.iter().any(|task| task.id == id)
            && let Some(task) =
                desk.read(todo_api::tools::names::GET, &todo_api::tools::GetTask { id }).await?
        {
            tasks.push(task);
        }
    }
    tasks.sort_by_key(|task| options.iter().position(|id| *id == task.id));
    Ok(tasks)
}

async fn any_target(
    desk: &mut Desk<'_>,
    whole: &Clause<'_>,
    action: &Action,
) -> Result<bool, ThinkError> {
    let said = intents::strip(whole).clause;
    let explicit = matches!(
        intents::read(&said, &desk.scene()),
        Some(Request::Add(_) | Request::Ask(_) | Request::Undo(_) | Request::Say(_))
    );
    if explicit || said.is_empty() {
        return Ok(false);
    }
    if let Some(Request::Change { action: own, .. }) = intents::read(&said, &desk.scene())
        && own != *action
        && !matches!(action, Action::Complete)
    {
        return Ok(false);
    }
    let target = target::read(&said, desk.context());
    change::change(desk, action, &target).await?;
    Ok(true)
}

async fn title(desk: &mut Desk<'_>, whole: &Clause<'_>, asked: Adding) -> Result<bool, ThinkError> {
    let said = intents::strip(whole).clause;
    if is_new(desk, &said) || said.is_empty() {
        return Ok(false);
    }
    let mut adding = match intents::read(&said, &desk.scene()) {
        Some(Request::Add(adding)) if !adding.lines.is_empty() => adding,
        _ => add::adding(&said, None),
    };
    adding.tags.extend(asked.tags);
    if !asked.when.is_empty() {
        for line in &mut adding.lines {
            if todo_core::quick_add::parse(line, desk.context()).due.is_none() {
                *line = format!("{line} {}", asked.when);
            }
        }
    }
    act::add::add(desk, &adding).await?;
    Ok(true)
}

async fn when(desk: &mut Desk<'_>, whole: &Clause<'_>, tasks: &[i64]) -> Result<bool, ThinkError> {
    let mut said = intents::strip(whole).clause;
    for lead in ["to", "for", "until", "on", "make it", "move it to"] {
        if let Some(count) = said.starts(lead).filter(|count| *count < said.len()) {
            said = said.part(count..said.len());
        }
    }
    let Some(when) = todo_core::quick_add::parse_when(said.plain(), desk.context()) else {
        return Ok(false);
    };
    let action = if when.clears {
        Action::Unschedule
    } else {
        Action::Schedule { when: said.plain().to_owned() }
    };
    change::apply(desk, &action, tasks).await?;
    Ok(true)
}

async fn name(desk: &mut Desk<'_>, whole: &Clause<'_>, tasks: &[i64]) -> Result<bool, ThinkError> {
    let said = intents::strip(whole).clause;
    if is_new(desk, &said) || said.is_empty() {
        return Ok(false);
    }
    let title = match intents::read(&said, &desk.scene()) {
        Some(Request::Change { action: Action::Rename { title, .. }, .. }) => title,
        _ => said.plain().to_owned(),
    };
    change::apply(desk, &Action::Rename { title, of: String::new() }, tasks).await?;
    Ok(true)
}

/// Where a name is looked for when this is to be done.
pub(crate) fn pool(action: &Action) -> Pool {
    match action {
        Action::Reopen => Pool::CompletedFirst,
        Action::Restore => Pool::Trash,
        _ => Pool::OpenFirst,
    }
}

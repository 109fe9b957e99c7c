//! Replies to what the assistant asked.

use todo_api::tools::ToolTask;
use todo_core::plans::OPEN_FOR;

use super::{
    act::{self, change},
    desk::Desk,
    intents::{self, add},
    matching::{Fit, Wanted, best},
    memory,
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
    let mut chosen = choose(desk, &said, options, &tasks);
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

/// Those of the options that a reply chooses.
fn choose(desk: &Desk<'_>, said: &Clause<'_>, options: &[i64], tasks: &[ToolTask]) -> Vec<i64> {
    let at = |place: i64| memory::at(options, place).copied();
    let lead = said.starts("the").unwrap_or(0);
    let bare = said.part(lead..said.len());
    if let [token] = bare.tokens
        && let Some(place) = target::place(&token.word)
    {
        return at(place).into_iter().collect();
    }
    match target::read(said, desk.context()) {
        Target::Ids(numbers) | Target::Numbers(numbers) => {
            let one =
                |number: &i64| if options.contains(number) { Some(*number) } else { at(*number) };
            let chosen = numbers.iter().map(one).collect::<Option<Vec<_>>>();
            // "number 12" may be a part of a title.
            chosen.unwrap_or_else(|| by_name(desk, said, tasks))
        }
        Target::Except(set, _) if set.is_everything() => {
            let but = said.tokens.iter().position(|token| {
                ["but", "except", "besides", "excluding"].iter().any(|word| token.is(word))
            });
            let mut kept = said.part(but.map_or(said.len(), |at| at + 1)..said.len());
            if let Some(count) = kept.starts("for").or(kept.starts("not")) {
                kept = kept.part(count..kept.len());
            }
            let kept =
                if kept.is_empty() { Vec::new() } else { choose(desk, &kept, options, tasks) };
            match kept.is_empty() {
                true => Vec::new(),
                false => options.iter().copied().filter(|id| !kept.contains(id)).collect(),
            }
        }
        Target::Places(places) => {
            places.into_iter().map(at).collect::<Option<Vec<_>>>().unwrap_or_default()
        }
        Target::Run(count) if usize::try_from(count).is_ok_and(|count| count <= options.len()) => {
            options[..count as usize].to_vec()
        }
        Target::Them | Target::Both => options.to_vec(),
        Target::Set(set) if set.is_everything() && !said.reads("list") => options.to_vec(),
        _ => by_name(desk, said, tasks),
    }
}

fn by_name(desk: &Desk<'_>, said: &Clause<'_>, tasks: &[ToolTask]) -> Vec<i64> {
    if let Some((fit, found)) = best(&Wanted::new(said.plain()), tasks)
        && fit <= Fit::Loose
        && found.len() == 1
    {
        return vec![found[0].id];
    }
    // "the later one"
    let dates = tasks.iter().filter_map(|task| Some((wording::due(task)?, task.id)));
    let extreme = if said.has_any(&["later", "latest"]) {
        dates.max_by_key(|(due, _)| *due)
    } else if said.has_any(&["earlier", "earliest", "sooner", "soonest"]) {
        dates.min_by_key(|(due, _)| *due)
    } else {
        None
    };
    if let Some((_, id)) = extreme.filter(|_| said.len() <= 3) {
        return vec![id];
    }
    // "both the oat and the soy"
    let lead = said.starts("both").unwrap_or(0);
    let parts = target::parts(&said.part(lead..said.len()));
    if parts.len() > 1 {
        let one = |part: &Clause<'_>| match best(&Wanted::new(part.plain()), tasks) {
            Some((fit, found)) if fit <= Fit::Loose && found.len() == 1 => Some(found[0].id),
            _ => None,
        };
        if let Some(found) = parts.iter().map(one).collect::<Option<Vec<_>>>() {
            return found;
        }
    }
    // "the one on friday", "tomorrow's"
    let text = said.source().replace("'s", "").replace("’s", "");
    let Some((_, when)) = todo_core::quick_add::find_when(&text, desk.context()) else {
        return Vec::new();
    };
    let Some(day) = when.due.map(|due| due.date) else { return Vec::new() };
    let on: Vec<i64> = tasks
        .iter()
        .filter(|task| wording::due(task).is_some_and(|(date, _)| date == day))
        .map(|t| t.id)
        .collect();
    if on.len() == 1 { on } else { Vec::new() }
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

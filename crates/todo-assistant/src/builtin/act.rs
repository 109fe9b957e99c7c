//! Does what was understood, through the tools, and says what they answered.

pub(super) mod add;
pub(super) mod ask;
pub(super) mod change;
mod known;
mod talk;
mod undo;

use todo_api::tools::ToolTask;
use todo_core::chats::Choice;

use super::{
    desk::Desk,
    follow_up, intents,
    matching::{Fit, Wanted, best},
    pending,
    request::{Action, Question, Request, Set, Talk, Target, Undoing},
    resolve,
    split::Part,
    target,
    text::{Clause, Pause},
    wording,
};
use crate::thinker::ThinkError;

/// Does one part of a message.
pub(super) async fn part(desk: &mut Desk<'_>, part: Part<'_>) -> Result<(), ThinkError> {
    let said = part.said.clause;
    // "keep the toothpaste" while a plan waits
    let plan_waits =
        desk.memory.last_calls.last().is_some_and(|call| !call.result["plan"].is_null());
    if plan_waits
        && matches!(part.request, Some(Request::Say(Talk::Kept) | Request::Undo(_)))
        && follow_up::read(desk, &part).await?
    {
        return Ok(());
    }
    let follows = part.said.corrects || desk.memory.last_changes().next().is_some();
    if known::lead_alone(&said) {
        desk.say(LEAD);
        return Ok(());
    }
    if let Some(text) =
        follows.then(|| note(&said)).flatten().filter(|_| !desk.memory.focus.is_empty())
    {
        let action = Action::Describe { text };
        return change::change(desk, &action, &Target::It).await;
    }
    if follows
        && !said.asks()
        && let Some(request) = intents::is_when(&without_contrast(&said), &desk.scene())
    {
        return request_of(desk, request).await;
    }
    let refers = matches!(
        target::read(&said, desk.context()),
        Target::Ids(_) | Target::Numbers(_) | Target::Places(_) | Target::Other
    );
    if follows && part.said.corrects && refers && follow_up::read(desk, &part).await? {
        return Ok(());
    }
    // It was read before the parts in front of it were done; "it" may mean something by now.
    let request = match part.request.clone() {
        Some(request) => Some(request),
        None => intents::read(&said, &desk.scene()),
    };
    let request = match request {
        Some(Request::Change { target, .. })
            if !known::is_about_a_task(desk, &said, &target).await? =>
        {
            None
        }
        other => other,
    };
    if let Some(request) = request {
        if let Request::Add(adding) = &request {
            match known::meant(desk, &said, adding).await? {
                Some(known::Meant::Said) => return Ok(()),
                Some(known::Meant::Other(other)) => return request_of(desk, *other).await,
                None => {}
            }
        }
        if matches!(request, Request::Say(Talk::Kept)) && keeps_last(desk, &said) {
            return request_of(desk, Request::Undo(Undoing::LastAnswer)).await;
        }
        return match instead(desk, &said, &request).await? {
            Some(Request::Add(_)) if known::unclear_change(desk, &said).await? => Ok(()),
            Some(other) => request_of(desk, other).await,
            None => request_of(desk, request).await,
        };
    }
    if follow_up::read(desk, &part).await? {
        return Ok(());
    }
    match intents::read_bare(&said, &desk.scene()) {
        Some(Request::Add(_)) if known::unclear_change(desk, &said).await? => Ok(()),
        Some(request) => request_of(desk, request).await,
        None => match tag_alone(desk, &said).await? {
            Some(set) => request_of(desk, Request::Ask(Question::List(set))).await,
            None if said.len() <= 4
                && !said.is_empty()
                && known::one_called(desk, said.plain()).await?.is_some() =>
            {
                let target = Target::Named(said.plain().to_owned());
                request_of(desk, Request::Ask(Question::Detail(target))).await
            }
            None => {
                not_understood(desk, &part);
                Ok(())
            }
        },
    }
}

/// What is said to a lead without a task.
const LEAD: &str = "A reminder ahead of time is set together with its task, as in “add dentist friday at 9 !1 day before”. Nothing changed.";

/// "note: ask for a quiet room" right after a change is a note to that task.
fn note(said: &Clause<'_>) -> Option<String> {
    let first = said.tokens.first()?;
    let is_note = ["note", "notes", "description"].iter().any(|word| first.is(word));
    (is_note && first.pause == Pause::Colon && said.len() > 1)
        .then(|| said.part(1..said.len()).source().to_owned())
}

/// "keep it after all" right after something was deleted.
fn keeps_last(desk: &Desk<'_>, said: &Clause<'_>) -> bool {
    let of_it = said.has_any(&["it", "them", "that", "those"]) || said.len() <= 2;
    of_it && desk.memory.last_changes().any(|call| call.tool == todo_api::tools::names::DELETE)
}

/// "Wednesday, not Tuesday" without what it is not.
fn without_contrast<'a>(said: &Clause<'a>) -> Clause<'a> {
    match said.tokens.iter().position(|token| token.is("not")) {
        Some(at) if at > 0 && said.len() - at <= 4 => said.part(0..at),
        _ => *said,
    }
}

/// "and travel?" asks for a list when there is one of that name.
async fn tag_alone(desk: &mut Desk<'_>, said: &Clause<'_>) -> Result<Option<Set>, ThinkError> {
    let [token] = said.tokens else { return Ok(None) };
    let is_tag = |task: &ToolTask| task.tags.contains(&token.word);
    if !said.asks() || !desk.open().await?.iter().any(is_tag) {
        return Ok(None);
    }
    Ok(Some(Set { tag: token.word.clone(), ..Set::default() }))
}

/// Many commands begin with a word for something to do: "check the mail", "take out the trash", "finish the essay". When
/// no task is called what would be its object, the sentence is a task to add; when a task is called like the whole
/// sentence, it is not to be deleted by its own name.
async fn instead(
    desk: &mut Desk<'_>,
    said: &Clause<'_>,
    request: &Request,
) -> Result<Option<Request>, ThinkError> {
    let Request::Change { action, target: Target::Named(name) } = request else { return Ok(None) };
    let lacks_when = matches!(action, Action::Schedule { when } if when.is_empty());
    if !intents::could_be_a_task(said) && !lacks_when
        || matches!(action, Action::Restore | Action::Reopen)
    {
        return Ok(None);
    }
    let open = desk.open().await?;
    if matches!(action, Action::Delete)
        && let Some((Fit::Exact | Fit::Same, tasks)) = best(&Wanted::new(said.plain()), open)
    {
        let task = tasks[0].clone();
        return Ok(Some(Request::Ask(Question::Detail(Target::Ids(vec![task.id])))));
    }
    let found = best(&Wanted::new(name), open).is_some_and(|(fit, _)| fit <= Fit::Loose);
    let found = found
        || matches!(
            resolve::named(desk, name, pending::pool(action)).await?,
            resolve::Found::These(_) | resolve::Found::Which { .. }
        );
    Ok(if found {
        None
    } else {
        intents::read_bare(said, &desk.scene()).filter(|request| matches!(request, Request::Add(_)))
    })
}

async fn request_of(desk: &mut Desk<'_>, request: Request) -> Result<(), ThinkError> {
    match request {
        Request::Add(adding) => add::add(desk, &adding).await,
        Request::Change { action, target } => change::change(desk, &action, &target).await,
        Request::Ask(question) => ask::answer(desk, &question).await,
        Request::Undo(undoing) => undo::undo(desk, undoing).await,
        Request::Say(talk) => {
            desk.say(talk::words(talk));
            Ok(())
        }
    }
}

/// Says so, and offers to take it as a task: nothing changes by itself.
fn not_understood(desk: &mut Desk<'_>, part: &Part<'_>) {
    let said = part.said.clause;
    if desk.memory.last_calls.last().is_some_and(|call| !call.result["plan"].is_null()) {
        desk.say(wording::NEITHER);
        return;
    }
    let elsewhere = said.is_empty()
        || said.asks()
        || intents::is_elsewhere(&said, &desk.scene()) && is_question(&part.said);
    if elsewhere {
        desk.say(talk::words(Talk::Elsewhere));
        return;
    }
    let line = said.source().to_owned();
    let could_be_a_task =
        said.len() <= 12 && line.chars().filter(|c| c.is_alphabetic()).count() >= 3;
    if !could_be_a_task {
        desk.say(wording::NOT_UNDERSTOOD);
        return;
    }
    desk.say(wording::NOT_UNDERSTOOD);
    desk.offer(Choice {
        label: format!("Add {} as a task", wording::quote(&line)),
        say: format!("add a task: {line}"),
        task: None,
    });
}

fn is_question(said: &intents::Stripped<'_>) -> bool {
    let words = [
        "what", "what's", "who", "who's", "where", "why", "how", "which", "when", "is", "are",
        "do", "does", "did", "can", "could", "would", "should", "will",
    ];
    said.clause.tokens.first().is_some_and(|token| words.iter().any(|word| token.is(word)))
}

//! What only makes sense after the last answer: "no, the other one", "and the eggs too", "actually, oat milk".

use todo_api::tools::{AddTask, MarkTasks, Undo, UpdateTask, names};
use todo_core::{chats::ToolCall, quick_add};

use super::{
    act::change,
    desk::Desk,
    intents,
    matching::distance_within,
    pending,
    request::{Action, Adding, Target},
    resolve::{self, Found},
    split::Part,
    target,
    text::Clause,
    wording,
};
use crate::thinker::ThinkError;

/// Tries to understand a part by what the last answer did.
pub(super) async fn read(desk: &mut Desk<'_>, part: &Part<'_>) -> Result<bool, ThinkError> {
    if let Some(planned) =
        desk.memory.last_calls.last().filter(|call| !call.result["plan"].is_null()).cloned()
    {
        return change_plan(desk, part, &planned).await;
    }
    let said = part.said.clause;
    let calls: Vec<ToolCall> = desk.memory.last_changes().cloned().collect();
    let added_all = calls.iter().all(|call| call.tool == names::ADD);
    let last = match calls.as_slice() {
        [last] => last.clone(),
        [.., last] if added_all && (part.continues || too(&said).is_some()) => last.clone(),
        // "same for the invoice" after something that was so before.
        [] if said.starts("same").is_some() => match desk.memory.last_calls.last() {
            Some(last) => last.clone(),
            None => return Ok(false),
        },
        _ => return Ok(false),
    };
    if said.is_empty() || said.asks() || said.len() > 14 {
        return Ok(false);
    }
    if let Some(done) = spelled(desk, &said).await? {
        return Ok(done);
    }
    let names_it = last.tool == names::ADD
        || last.tool == names::UPDATE
            && last.arguments["title"].as_str().is_some_and(|title| !title.is_empty());
    if part.said.corrects && names_it {
        return correct_added(desk, part).await;
    }
    let more = too(&said);
    if (part.continues || more.is_some()) && last.tool == names::ADD {
        let said = said.part(0..said.len() - more.unwrap_or(0));
        if (1..=4).contains(&said.len()) {
            return add_more(desk, &said, &last).await;
        }
    }
    let Some(action) = action_of(&last) else { return Ok(false) };
    // "medium is enough"
    let enough = ["is enough", "is fine", "will do", "is ok", "is okay", "would do"];
    let enough = enough.iter().find_map(|end| said.ends(end));
    if (part.said.corrects || enough.is_some())
        && matches!(action, Action::Prioritise { .. })
        && let Some(level) = intents::level(&said.part(0..said.len() - enough.unwrap_or(0)))
    {
        let focus = desk.memory.focus.clone();
        let action = Action::Prioritise { priority: level.to_owned() };
        change::apply(desk, &action, &focus).await?;
        return Ok(true);
    }
    let same = said.starts("same for").or(said.starts("same with")).or(said.starts("the same for"));
    if !part.said.corrects && !part.continues && same.is_none() && more.is_none() {
        return Ok(false);
    }
    let mut named = said.part(same.unwrap_or(0)..said.len());
    let mut action = action;
    // "and the tuition as uni"
    if let Action::Tag { add, .. } = &mut action
        && let Some(at) = named.tokens.iter().position(|token| token.is("as") || token.is("with"))
        && at > 0
        && at + 2 == named.len()
    {
        *add = vec![named.tokens[at + 1].word.trim_start_matches('#').to_owned()];
        named = named.part(0..at);
    }
    let target = target::read(&named, desk.context());
    if matches!(target, Target::Missing | Target::It | Target::Set(_)) {
        return Ok(false);
    }
    let Found::These(found) = resolve::find(desk, &target, pending::pool(&action)).await? else {
        return Ok(false);
    };
    if part.said.corrects && !take_back(desk, &last).await? {
        return Ok(true);
    }
    change::apply(desk, &action, &found).await?;
    Ok(true)
}

/// The number of words at the end that say "too".
fn too(said: &Clause<'_>) -> Option<usize> {
    ["too", "as well", "also"].iter().find_map(|end| said.ends(end))
}

/// "and beans" after something was put on a list goes on the same list.
async fn add_more(
    desk: &mut Desk<'_>,
    said: &Clause<'_>,
    last: &ToolCall,
) -> Result<bool, ThinkError> {
    let Ok(before) = serde_json::from_value::<AddTask>(last.arguments.clone()) else {
        return Ok(false);
    };
    if before.tags.is_empty() {
        return Ok(false);
    }
    let adding = Adding { tags: before.tags, ..intents::add::adding(said, None) };
    super::act::add::add(desk, &adding).await?;
    Ok(true)
}

/// "it's spelled John": the word of the last title that it nearly is.
async fn spelled(desk: &mut Desk<'_>, said: &Clause<'_>) -> Result<Option<bool>, ThinkError> {
    const LEADS: &[&str] =
        &["it's spelled", "it is spelled", "it's spelt", "it is spelt", "spelled", "spelt"];
    let Some(count) = LEADS.iter().find_map(|lead| said.starts(lead)) else { return Ok(None) };
    let [task] = desk.memory.focus[..] else { return Ok(None) };
    let right = said.part(count..said.len()).plain().to_owned();
    let lower = right.to_lowercase();
    let near = |word: &&str| distance_within(&word.to_lowercase(), &lower, 2).is_some();
    let title = desk.open().await?.iter().find(|open| open.id == task).map(|t| t.title.clone());
    let Some(title) = title else { return Ok(None) };
    let Some(wrong) = title.split(' ').find(near) else { return Ok(None) };
    let update = UpdateTask {
        ids: vec![task],
        title: title.replacen(wrong, &right, 1),
        ..UpdateTask::default()
    };
    change::rename_to(desk, &update).await?;
    Ok(Some(true))
}

/// What leaves tasks out of a plan, and what keeps only them.
const WITHOUT: &[&str] = &[
    "all but",
    "everything but",
    "all except",
    "everything except",
    "all of them but",
    "all of them except",
    "but not",
    "except for",
    "except",
    "but keep",
    "keep",
    "not",
    "without",
    "leave",
];
const ONLY: &[&str] = &["only", "just", "but only", "but just"];

/// "all but the dentist", "only task 3": the same plan for other tasks. It waits to be confirmed as well.
async fn change_plan(
    desk: &mut Desk<'_>,
    part: &Part<'_>,
    planned: &ToolCall,
) -> Result<bool, ThinkError> {
    let Some(action) = action_of(planned) else { return Ok(false) };
    let said = part.said.clause;
    let lead = |phrases: &[&str]| phrases.iter().filter_map(|phrase| said.starts(phrase)).max();
    let (without, only) = (lead(WITHOUT), lead(ONLY));
    // "nope, 4 and 5": the same for others.
    let instead = without.or(only).is_none() && part.said.corrects;
    let Some(count) = without.or(only).or(instead.then_some(0)).filter(|count| *count < said.len())
    else {
        return Ok(false);
    };
    let target = target::read(&said.part(count..said.len()), desk.context());
    let Found::These(named) = resolve::find(desk, &target, pending::pool(&action)).await? else {
        return Ok(false);
    };
    if instead {
        change::apply(desk, &action, &named).await?;
        return Ok(true);
    }
    let mut ids: Vec<i64> = match planned.arguments["ids"].as_array() {
        Some(ids) => ids.iter().filter_map(serde_json::Value::as_i64).collect(),
        None => desk.open().await?.iter().map(|task| task.id).collect(),
    };
    ids.retain(|id| named.contains(id) == only.is_some());
    if ids.is_empty() {
        desk.say("Then nothing is left to do, and nothing changed.");
    } else if let [left] = ids[..] {
        // One task alone would be changed at once; this one was asked about together with others.
        change::ask_about(desk, &action, left).await?;
    } else {
        change::apply(desk, &action, &ids).await?;
    }
    Ok(true)
}

/// Takes the last change back, before it is done to another task.
async fn take_back(desk: &mut Desk<'_>, last: &ToolCall) -> Result<bool, ThinkError> {
    let Some(change) = last.change else { return Ok(true) };
    let undo = Undo { change_id: change.0, ..Undo::default() };
    match desk.write(names::UNDO, &undo).await? {
        super::desk::Wrote::Done(_) => {
            desk.say("That is taken back.");
            Ok(true)
        }
        super::desk::Wrote::Refused(message) => {
            desk.say(wording::refused(&message));
            Ok(false)
        }
    }
}

/// "no, oat milk" after an addition: that is its name, and perhaps its date.
async fn correct_added(desk: &mut Desk<'_>, part: &Part<'_>) -> Result<bool, ThinkError> {
    let [task] = desk.memory.focus[..] else { return Ok(false) };
    let mut said = part.said.clause;
    // "not shopping, …" says what it is not.
    if said.starts("not").is_some() {
        return Ok(false);
    }
    let leads = ["make it", "make that", "change it to", "call it", "it's", "it is"];
    if let Some(count) =
        leads.iter().find_map(|lead| said.starts(lead)).filter(|count| *count < said.len())
    {
        said = said.part(count..said.len());
    }
    // "I said four"
    if let [number] = said.tokens
        && target::count(&number.word).is_some()
    {
        let has_time =
            desk.open().await?.iter().any(|open| open.id == task && open.due.contains('T'));
        if has_time {
            let action = Action::Schedule { when: format!("at {}", said.source()) };
            change::apply(desk, &action, &[task]).await?;
        }
        return Ok(has_time);
    }
    let parsed = quick_add::parse(said.source(), desk.context());
    let title = super::act::add::title(&parsed.title, said.source());
    if title.is_empty() || !title.chars().any(char::is_alphabetic) {
        return Ok(false);
    }
    let when = parsed.due.as_ref().map(super::act::add::due_text).unwrap_or_default();
    let update = UpdateTask { ids: vec![task], title, due: when, ..UpdateTask::default() };
    change::rename_to(desk, &update).await?;
    Ok(true)
}

/// What a tool call did, so that it can be done to another task.
fn action_of(call: &ToolCall) -> Option<Action> {
    let parse_mark = || serde_json::from_value::<MarkTasks>(call.arguments.clone()).ok();
    match call.tool.as_str() {
        names::COMPLETE => parse_mark().map(|_| Action::Complete),
        names::REOPEN => parse_mark().map(|_| Action::Reopen),
        names::DELETE => parse_mark().map(|_| Action::Delete),
        names::UPDATE => {
            let update: UpdateTask = serde_json::from_value(call.arguments.clone()).ok()?;
            if update.due == "none" {
                Some(Action::Unschedule)
            } else if !update.due.is_empty() {
                Some(Action::Schedule { when: update.due })
            } else if !update.priority.is_empty() {
                Some(Action::Prioritise { priority: update.priority })
            } else if !update.add_tags.is_empty() {
                Some(Action::Tag { add: update.add_tags, remove: Vec::new() })
            } else {
                None
            }
        }
        names::ADD => {
            let _: AddTask = serde_json::from_value(call.arguments.clone()).ok()?;
            None
        }
        _ => None,
    }
}

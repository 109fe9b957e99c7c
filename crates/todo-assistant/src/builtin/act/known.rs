//! Sentences that sound like something new, and speak of a task that is there already. Nothing is written twice: the
//! task is named, and what could be meant is offered.

use todo_api::tools::ToolTask;
use todo_core::{chats::Choice, quick_add};

use crate::{
    builtin::{
        desk::Desk,
        intents,
        matching::{Fit, Wanted, best},
        request::{Action, Adding, Request, Target},
        sets,
        text::Clause,
        wording,
    },
    thinker::ThinkError,
};

/// Words that put off without saying to when.
const VAGUE: &[&str] = &["later", "soon", "at some point", "sometime", "eventually"];

/// What is meant instead of adding.
pub(super) enum Meant {
    /// This is.
    Other(Box<Request>),
    /// It was said that the task is there; nothing is to be done.
    Said,
}

/// Whether what is to be added is there already, in a sentence that does not ask for another one outright.
pub(super) async fn meant(
    desk: &mut Desk<'_>,
    said: &Clause<'_>,
    adding: &Adding,
) -> Result<Option<Meant>, ThinkError> {
    let [line] = adding.lines.as_slice() else { return Ok(None) };
    let leads = |phrases: &[&str]| phrases.iter().any(|phrase| said.starts(phrase).is_some());
    let of_a_thing = leads(&["remind me about the", "remind me about my", "remind me of the"]);
    let intends = leads(&["i'm going to", "i am going to", "i'm gonna", "i plan to"]);
    let onto_a_list = leads(&["add the", "add my", "put the", "put my"])
        && matches!(adding.tags.as_slice(), [_])
        && adding.description.is_empty();
    if !of_a_thing && !intends && !onto_a_list {
        return Ok(None);
    }
    let parsed = quick_add::parse(line, desk.context());
    let dated = parsed.due.is_some() || parsed.repeat.is_some();
    let mut name = parsed.title.trim().to_lowercase();
    for word in VAGUE {
        name = name.strip_suffix(word).unwrap_or(&name).trim().to_owned();
    }
    if dated && !of_a_thing {
        return Ok(None);
    }
    let Some(task) = one_called(desk, &name).await? else { return Ok(None) };

    let target = Target::Ids(vec![task.id]);
    if onto_a_list {
        let action = Action::Tag { add: adding.tags.clone(), remove: Vec::new() };
        return Ok(Some(Meant::Other(Box::new(Request::Change { action, target }))));
    }
    if let Some((range, _)) = quick_add::find_when(line, desk.context()) {
        let action = Action::Schedule { when: line[range].to_owned() };
        return Ok(Some(Meant::Other(Box::new(Request::Change { action, target }))));
    }
    let when = desk.voice.long(&task);
    let due = if when.is_empty() { String::new() } else { format!(", due {when}") };
    desk.say(format!("{} is on your list already{due}. Nothing changed.", wording::name(&task)));
    desk.focus([task.id]);
    desk.offer(Choice {
        label: "Add it as a new task".to_owned(),
        say: format!("add a task: {line}"),
        task: None,
    });
    Ok(Some(Meant::Said))
}

/// "move hadley to blursday", "change the ladder": what begins like a change and names a task is none to add, even when
/// it is not clear what should change.
pub(super) async fn unclear_change(
    desk: &mut Desk<'_>,
    said: &Clause<'_>,
) -> Result<bool, ThinkError> {
    const CHANGES: &str = "move change update reschedule postpone";
    let begins = said.tokens.first().is_some_and(|t| !t.quoted && sets::is_in(CHANGES, &t.word));
    if !begins || !(2..=12).contains(&said.len()) {
        return Ok(false);
    }
    for end in (2..=said.len()).rev() {
        let name = said.part(1..end).source().to_owned();
        let Some(task) = one_called(desk, &name).await? else { continue };
        desk.say(format!(
            "What should change about {}? Say for example “move it to Friday” or “call it …”. Nothing changed yet.",
            wording::name(&task)
        ));
        desk.focus([task.id]);
        return Ok(true);
    }
    Ok(false)
}

/// "remind me a day before": a lead without a task.
pub(super) fn lead_alone(said: &Clause<'_>) -> bool {
    const WORDS: &str = "remind me us a an the one two three half day days hour hours minute minutes week weeks before beforehand earlier \
                         ahead in advance of it that this as well too also again please and";
    let digits = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    said.starts("remind me").is_some()
        && said.has_any(&["before", "beforehand", "earlier", "advance", "ahead"])
        && said.words().all(|word| sets::is_in(WORDS, word) || digits(word))
}

/// The one open task that these words name.
pub(super) async fn one_called(
    desk: &mut Desk<'_>,
    name: &str,
) -> Result<Option<ToolTask>, ThinkError> {
    let wanted = Wanted::new(name);
    let found = best(&wanted, desk.open().await?);
    Ok(match found {
        Some((fit, tasks)) if fit <= Fit::Part && tasks.len() == 1 => Some(tasks[0].clone()),
        _ => None,
    })
}

/// Whether a statement about a thing ("the trip is paid") is about a task.
pub(super) async fn is_about_a_task(
    desk: &mut Desk<'_>,
    said: &Clause<'_>,
    target: &Target,
) -> Result<bool, ThinkError> {
    let Target::Named(name) = target else { return Ok(true) };
    if !intents::is_statement(said, &desk.scene()) {
        return Ok(true);
    }
    let wanted = Wanted::new(name);
    Ok(best(&wanted, desk.open().await?).is_some_and(|(fit, _)| fit <= Fit::Loose))
}

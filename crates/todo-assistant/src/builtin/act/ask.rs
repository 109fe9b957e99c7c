//! Questions, answered from lists. Nothing here writes.

use todo_api::tools::{GetTask, History, HistoryPage, ListTasks, ToolTask, names};

use super::super::{
    desk::Desk,
    request::{Pending, Question, Set, Target, Which},
    resolve::{self, Found, Pool},
    wording,
};
use super::{add, change};
use crate::thinker::ThinkError;

/// The most tasks that an answer names one by one.
const SHOWN: usize = 20;

pub(super) async fn answer(desk: &mut Desk<'_>, question: &Question) -> Result<(), ThinkError> {
    match question {
        Question::List(set) => list(desk, set, false).await,
        Question::Any(set) => list(desk, set, true).await,
        Question::Count(set) => count(desk, set).await,
        Question::Next => next(desk).await,
        Question::History => history(desk).await,
        Question::Clock => {
            let moment = desk.voice.moment();
            desk.say(format!("It is {moment}."));
            Ok(())
        }
        Question::When(target) | Question::Detail(target) | Question::Done(target) => {
            look(desk, question, target).await
        }
    }
}

async fn list(desk: &mut Desk<'_>, set: &Set, yes_or_no: bool) -> Result<(), ThinkError> {
    let mut set = set.clone();
    resolve::settle_tag(desk, &mut set).await?;
    let (tasks, total) = resolve::list(desk, &set).await?;
    if tasks.is_empty() {
        let sentence = nothing(&set);
        desk.say(if yes_or_no { format!("No. {sentence}") } else { sentence });
        return Ok(());
    }
    let shown: Vec<ToolTask> = tasks
        .iter()
        .take(if set.limit == 0 { SHOWN } else { set.limit as usize })
        .cloned()
        .collect();
    let heading = format!("{} {}:", total.max(tasks.len() as i64), wording::noun(&set, total));
    desk.say(if yes_or_no { format!("Yes, {heading}") } else { heading });
    say_lines(desk, &shown);
    if tasks.len() > shown.len() || total > tasks.len() as i64 {
        desk.say(format!(
            "{} more in the list.",
            total.max(tasks.len() as i64) - shown.len() as i64
        ));
    }
    Ok(())
}

fn say_lines(desk: &mut Desk<'_>, tasks: &[ToolTask]) {
    for task in tasks {
        let line = wording::line(task, &desk.voice);
        desk.say(line);
    }
    desk.show(tasks);
    if let [task] = tasks {
        desk.focus([task.id]);
        desk.memory.list_is_newer = true;
    }
}

fn nothing(set: &Set) -> String {
    match set.due.as_str() {
        "overdue" if set.tag.is_empty() && set.topic.is_empty() => "Nothing is overdue.".to_owned(),
        _ if set.is_everything() && matches!(set.status, Which::Unsaid | Which::Open) => {
            "Nothing to do: there are no open tasks.".to_owned()
        }
        _ if !set.completed_text.is_empty() && set.tag.is_empty() && set.topic.is_empty() => {
            format!("Nothing was completed {}.", set.completed_text)
        }
        _ if set.is_everything() && set.status == Which::Trashed => {
            "The trash is empty.".to_owned()
        }
        _ => format!("There are no {}.", wording::noun(set, 0)),
    }
}

async fn count(desk: &mut Desk<'_>, set: &Set) -> Result<(), ThinkError> {
    let mut set = set.clone();
    resolve::settle_tag(desk, &mut set).await?;
    let (tasks, total) = resolve::list(desk, &set).await?;
    let total = total.max(tasks.len() as i64);
    if total == 0 {
        desk.say(format!("None: there are no {}.", wording::noun(&set, 0)));
    } else {
        let be = if total == 1 { "is" } else { "are" };
        desk.say(format!("There {be} {total} {}.", wording::noun(&set, total)));
        let shown: Vec<ToolTask> = tasks.into_iter().take(SHOWN).collect();
        desk.show(&shown);
    }
    Ok(())
}

/// What is late, else what is due first, else what matters most.
async fn next(desk: &mut Desk<'_>) -> Result<(), ThinkError> {
    let page = desk.list(&ListTasks { limit: 20, ..ListTasks::default() }).await?;
    let dated = page.tasks.iter().find(|task| !task.due.is_empty());
    let first = match dated {
        Some(task) => Some(task.clone()),
        None => {
            page.tasks.iter().find(|task| task.priority == "high").or(page.tasks.first()).cloned()
        }
    };
    let Some(task) = first else {
        desk.say("Nothing to do: there are no open tasks.");
        return Ok(());
    };
    let when = desk.voice.long(&task);
    let late = desk.voice.is_late(&task);
    desk.say(match (when.is_empty(), late) {
        (true, _) => format!("Next is {}.", wording::name(&task)),
        (false, true) => format!("First comes {}, which was due {when}.", wording::name(&task)),
        (false, false) => format!("Next is {}, due {when}.", wording::name(&task)),
    });
    desk.focus([task.id]);
    Ok(())
}

async fn history(desk: &mut Desk<'_>) -> Result<(), ThinkError> {
    let page: Option<HistoryPage> = desk.read(names::HISTORY, &History::default()).await?;
    let changes = page.map(|page| page.changes).unwrap_or_default();
    if changes.is_empty() {
        desk.say("Nothing has changed yet.");
        return Ok(());
    }
    desk.say("The last changes, newest first:");
    // "28 Pay rent" reads "Pay rent (task 28)".
    let called = |task: &String| match task.split_once(' ') {
        Some((number, title)) => format!("{title} (task {number})"),
        None => format!("task {task}"),
    };
    for change in changes {
        let verb = match change.verb.as_str() {
            "add" => "added",
            "update" => "changed",
            "complete" => "completed",
            "reopen" => "reopened",
            "delete" => "deleted",
            "restore" => "restored",
            _ => "undid",
        };
        let undone = if change.undone { ", undone since" } else { "" };
        desk.say(format!(
            "{}: {verb} {}{undone}",
            change.at.replace('T', ", "),
            wording::joined(&change.tasks.iter().map(called).collect::<Vec<_>>())
        ));
    }
    Ok(())
}

/// Finds the task that a question is about.
async fn look(desk: &mut Desk<'_>, question: &Question, target: &Target) -> Result<(), ThinkError> {
    match resolve::find(desk, target, Pool::OpenFirst).await? {
        Found::These(ids) => about(desk, question, &ids).await,
        Found::Which { called, options } => {
            if let Question::When(_) = question {
                let ids: Vec<i64> = options.iter().map(|task| task.id).collect();
                return about(desk, question, &ids).await;
            }
            let ids = options.iter().map(|task| task.id).collect();
            change::which(
                desk,
                &called,
                &options,
                &Pending::About { question: question.clone(), options: ids },
            );
            Ok(())
        }
        Found::Nearly { called, option } => {
            desk.say(format!(
                "No task is called {}. The nearest is {}.",
                wording::quote(&called),
                wording::name(&option)
            ));
            desk.show(&[*option]);
            Ok(())
        }
        Found::NoneCalled(name) => {
            desk.say(format!("Nothing on your list is called {}.", wording::quote(&name)));
            Ok(())
        }
        Found::No(sentence) => {
            desk.say(sentence.trim_start_matches("Nothing changed: ").to_owned());
            Ok(())
        }
        Found::Unsaid | Found::Everything => list(desk, &Set::default(), false).await,
    }
}

/// Answers a question about these tasks.
pub(in crate::builtin) async fn about(
    desk: &mut Desk<'_>,
    question: &Question,
    ids: &[i64],
) -> Result<(), ThinkError> {
    let mut tasks = Vec::new();
    for &id in ids.iter().take(SHOWN) {
        if let Some(task) = desk.read::<ToolTask>(names::GET, &GetTask { id }).await? {
            tasks.push(task);
        }
    }
    if tasks.is_empty() {
        desk.say("There is no such task.");
    }
    for task in &tasks {
        let words = match question {
            Question::When(_) => when(desk, task),
            Question::Done(_) => done(desk, task),
            _ => detail(desk, task),
        };
        let undated =
            matches!(question, Question::When(_)) && !task.completed && task.due.is_empty();
        if undated && tasks.len() == 1 {
            let question = format!("{words} If it should have one, say when.");
            desk.ask(question, &Pending::When { tasks: vec![task.id] });
        } else {
            desk.say(words);
        }
    }
    if tasks.len() > 1 {
        desk.show(&tasks);
    } else {
        desk.focus(tasks.iter().map(|task| task.id));
    }
    Ok(())
}

fn when(desk: &Desk<'_>, task: &ToolTask) -> String {
    let when = desk.voice.long(task);
    let name = wording::name(task);
    let repeat = if task.repeat_text.is_empty() {
        String::new()
    } else {
        format!(", {}", add::uncapitalised(&task.repeat_text))
    };
    match (task.completed, when.is_empty()) {
        (true, _) => format!("{name} is completed."),
        (false, true) => format!("{name} has no due date."),
        (false, false) if desk.voice.is_late(task) => format!("{name} was due {when}{repeat}."),
        (false, false) => format!("{name} is due {when}{repeat}."),
    }
}

fn done(desk: &Desk<'_>, task: &ToolTask) -> String {
    if task.completed {
        return format!("Yes, {} is completed.", wording::name(task));
    }
    let when = desk.voice.long(task);
    let due = if when.is_empty() { String::new() } else { format!(", due {when}") };
    format!("No, {} is still open{due}.", wording::name(task))
}

fn detail(desk: &Desk<'_>, task: &ToolTask) -> String {
    let mut lines = vec![when(desk, task)];
    let priority = match task.priority.as_str() {
        "" | "none" => String::new(),
        level => format!("Its priority is {level}. "),
    };
    let tags: Vec<String> = task.tags.iter().map(|tag| format!("#{tag}")).collect();
    let tagged = match tags.as_slice() {
        [] => String::new(),
        tags => format!("It is tagged {}.", wording::joined(tags)),
    };
    let more = format!("{priority}{tagged}");
    if !more.is_empty() {
        lines.push(more.trim_end().to_owned());
    }
    if !task.description.is_empty() {
        lines.push(format!("Notes: {}", task.description));
    }
    lines.join("\n")
}

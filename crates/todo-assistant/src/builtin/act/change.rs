//! Doing something to tasks that exist.

use jiff::ToSpan;
use todo_api::tools::{MarkTasks, RestoreTasks, ToolTask, UpdateTask, names};
use todo_core::chats::Choice;

use super::super::{
    desk::{Desk, Wrote},
    matching::stem,
    pending,
    request::{Action, Pending, Target},
    resolve::{self, Found},
    wording::{self, Voice},
};
use super::add;
use crate::thinker::ThinkError;

/// Finds the tasks that are meant and does it to them, or asks.
pub(in crate::builtin) async fn change(
    desk: &mut Desk<'_>,
    action: &Action,
    target: &Target,
) -> Result<(), ThinkError> {
    match resolve::find(desk, target, pending::pool(action)).await? {
        Found::These(ids) => apply(desk, action, &ids).await,
        Found::Everything => everything(desk, action).await,
        Found::Which { called, options } => {
            which(
                desk,
                &called,
                &options,
                &Pending::Which { action: action.clone(), options: ids(&options) },
            );
            Ok(())
        }
        Found::Nearly { called, option } => {
            nearly(desk, action, &called, &option);
            Ok(())
        }
        Found::Unsaid => unsaid(desk, action).await,
        Found::No(sentence) => {
            desk.say(sentence);
            Ok(())
        }
        Found::NoneCalled(name) => {
            none_called(desk, action, &name);
            Ok(())
        }
    }
}

fn ids(tasks: &[ToolTask]) -> Vec<i64> {
    tasks.iter().map(|task| task.id).collect()
}

/// Asks which of several is meant.
pub(super) fn which(desk: &mut Desk<'_>, called: &str, options: &[ToolTask], pending: &Pending) {
    let count = match options.len() {
        2 => "Two".to_owned(),
        3 => "Three".to_owned(),
        4 => "Four".to_owned(),
        n => n.to_string(),
    };
    let called = called.trim_start_matches("the ").trim_start_matches("my ");
    let lead = match called {
        "that" | "those" => format!("{count} tasks could be meant. Which one?"),
        called => format!("{count} tasks have {} in them. Which one?", wording::quote(called)),
    };
    desk.ask(lead, pending);
    for task in options.iter().take(20) {
        let line = wording::line(task, &desk.voice);
        desk.say(line);
    }
    desk.offer_tasks(options);
}

fn nearly(desk: &mut Desk<'_>, action: &Action, called: &str, option: &ToolTask) {
    let question = format!(
        "Nothing changed: no task is called {}. Did you mean {}?",
        wording::quote(called),
        wording::name(option)
    );
    desk.ask(question, &Pending::Meant { action: action.clone(), task: option.id });
    desk.offer(Choice {
        label: format!("Yes, {}", option.title),
        say: "yes".to_owned(),
        task: None,
    });
    desk.offer(Choice { label: "No".to_owned(), say: "no".to_owned(), task: None });
}

/// Nobody said which task.
async fn unsaid(desk: &mut Desk<'_>, action: &Action) -> Result<(), ThinkError> {
    let tasks: Vec<ToolTask> = desk.open().await?.iter().take(5).cloned().collect();
    desk.ask(
        format!("Which task should be {}?", action.participle()),
        &Pending::Target { action: action.clone() },
    );
    if matches!(action, Action::Reopen | Action::Restore) {
        return Ok(());
    }
    for task in &tasks {
        let line = wording::line(task, &desk.voice);
        desk.say(line);
    }
    desk.offer_tasks(&tasks);
    Ok(())
}

fn none_called(desk: &mut Desk<'_>, action: &Action, name: &str) {
    let place = match action {
        Action::Restore => "in the trash",
        _ => "on your list",
    };
    let sentence =
        format!("Nothing changed: there is no task {place} called {}.", wording::quote(name));
    let Action::Schedule { when } = action else { return desk.say(sentence) };
    let line = format!("{name} {when}");
    desk.say(sentence);
    desk.offer(Choice {
        label: format!("Add {}", wording::quote(&line)),
        say: format!("add a task: {line}"),
        task: None,
    });
}

/// Does it to every open task: always a plan.
async fn everything(desk: &mut Desk<'_>, action: &Action) -> Result<(), ThinkError> {
    if desk.open().await?.is_empty() && *action != Action::Reopen {
        desk.say("There are no open tasks, so nothing changed.");
        return Ok(());
    }
    run(desk, action, Vec::new(), true).await
}

/// Does it to these tasks.
pub(in crate::builtin) async fn apply(
    desk: &mut Desk<'_>,
    action: &Action,
    ids: &[i64],
) -> Result<(), ThinkError> {
    if let Action::Shift { days } = action {
        return shift(desk, *days, ids).await;
    }
    run(desk, action, ids.to_vec(), false).await
}

async fn run(
    desk: &mut Desk<'_>,
    action: &Action,
    ids: Vec<i64>,
    all: bool,
) -> Result<(), ThinkError> {
    let update = UpdateTask { ids: ids.clone(), all, ..UpdateTask::default() };
    match action {
        Action::Complete => mark(desk, names::COMPLETE, ids, all, wording::completed).await,
        Action::Reopen => {
            mark(desk, names::REOPEN, ids, all, |done, _| wording::reopened(done)).await
        }
        Action::Delete => {
            mark(desk, names::DELETE, ids, all, |done, _| wording::deleted(done)).await
        }
        Action::Restore => {
            let wrote = desk
                .write(names::RESTORE, &RestoreTasks { ids, ..RestoreTasks::default() })
                .await?;
            report(desk, wrote, |done, _| wording::restored(done));
            Ok(())
        }
        Action::Rename { title, .. } if title.is_empty() => {
            desk.ask("What should it be called?", &Pending::Name { tasks: ids });
            Ok(())
        }
        Action::Rename { title, of } => rename(desk, update, title, of).await,
        Action::Schedule { when } if when.is_empty() => {
            desk.ask("To when?", &Pending::When { tasks: ids });
            Ok(())
        }
        Action::Schedule { when } => {
            let update = UpdateTask { due: when.clone(), ..update };
            self::update(desk, &update, due_now).await
        }
        Action::Shift { .. } => Ok(()),
        Action::Unschedule => {
            let update = UpdateTask { due: "none".into(), ..update };
            self::update(desk, &update, |_, _, several| {
                format!("{} no due date now", have(several))
            })
            .await
        }
        Action::Repeat { how } => {
            let update = UpdateTask { repeat: how.clone(), ..update };
            self::update(desk, &update, repeats_now).await
        }
        Action::Prioritise { priority } => {
            let update = UpdateTask { priority: priority.clone(), ..update };
            let level = if priority == "none" { "no".to_owned() } else { priority.clone() };
            self::update(desk, &update, |_, _, several| {
                format!("{} {level} priority now", have(several))
            })
            .await
        }
        Action::Tag { add, remove } => tag(desk, update, add, remove).await,
        Action::Describe { text } => {
            let update = UpdateTask { description: text.clone(), ..update };
            let cleared = text == "none";
            self::update(desk, &update, |_, _, several| {
                if cleared {
                    format!("{} no notes now", have(several))
                } else {
                    format!("{} a note now: {}", have(several), wording::quote(text))
                }
            })
            .await
        }
    }
}

fn have(several: bool) -> &'static str {
    if several { "have" } else { "has" }
}

fn be(several: bool) -> &'static str {
    if several { "are" } else { "is" }
}

fn due_now(voice: &Voice, task: &ToolTask, several: bool) -> String {
    let when = voice.long(task);
    let repeat = if task.repeat_text.is_empty() {
        String::new()
    } else {
        format!(", {}", add::uncapitalised(&task.repeat_text))
    };
    format!("{} now due {when}{repeat}", be(several))
}

fn repeats_now(voice: &Voice, task: &ToolTask, several: bool) -> String {
    if task.repeat_text.is_empty() {
        return if several { "no longer repeat".into() } else { "no longer repeats".into() };
    }
    let verb = if several { "repeat" } else { "repeats" };
    format!("now {verb} {}, next on {}", add::uncapitalised(&task.repeat_text), voice.long(task))
}

async fn mark(
    desk: &mut Desk<'_>,
    tool: &str,
    ids: Vec<i64>,
    all: bool,
    words: impl Fn(&todo_api::tools::Done, &Voice) -> String,
) -> Result<(), ThinkError> {
    let wrote = desk.write(tool, &MarkTasks { ids, all, ..MarkTasks::default() }).await?;
    report(desk, wrote, words);
    Ok(())
}

/// Changes fields, and says what the tasks are now.
pub(in crate::builtin) async fn update(
    desk: &mut Desk<'_>,
    update: &UpdateTask,
    words: impl Fn(&Voice, &ToolTask, bool) -> String,
) -> Result<(), ThinkError> {
    let wrote = desk.write(names::UPDATE, update).await?;
    report(desk, wrote, |done, voice| {
        wording::now(done, |task, several| words(voice, task, several))
    });
    Ok(())
}

/// Says what a tool did, or what waits to be confirmed.
fn report(
    desk: &mut Desk<'_>,
    wrote: Wrote,
    words: impl Fn(&todo_api::tools::Done, &Voice) -> String,
) {
    match wrote {
        Wrote::Refused(message) => desk.say(wording::refused(&message)),
        Wrote::Done(done) => match &done.plan {
            Some(plan) => {
                desk.say(format!("{} Nothing has changed yet.", plan.title));
                desk.wait_for_plan(plan.plan_id);
                desk.offer(Choice {
                    label: "Yes, do it".to_owned(),
                    say: "yes".to_owned(),
                    task: None,
                });
                desk.offer(Choice { label: "No".to_owned(), say: "no".to_owned(), task: None });
                desk.focus(plan.tasks.iter().map(|task| task.id));
            }
            None => {
                let sentence = words(&done, &desk.voice);
                desk.say(sentence);
                desk.focus(
                    done.results
                        .iter()
                        .filter(|result| result.task.is_some())
                        .map(|result| result.id),
                );
            }
        },
    }
}

async fn rename(
    desk: &mut Desk<'_>,
    update: UpdateTask,
    title: &str,
    of: &str,
) -> Result<(), ThinkError> {
    let old = match update.ids[..] {
        [id] => desk.open().await?.iter().find(|task| task.id == id).map(|task| task.title.clone()),
        _ => None,
    };
    let title = old
        .and_then(|old| replaced(&old, of, title))
        .unwrap_or_else(|| add::title(title, &format!("\"{title}")));
    let title = wording::sentence_case(&title);
    let renamed = UpdateTask { title, ..update };
    self::rename_to(desk, &renamed).await
}

/// Gives one task another title, and perhaps another date.
pub(in crate::builtin) async fn rename_to(
    desk: &mut Desk<'_>,
    renamed: &UpdateTask,
) -> Result<(), ThinkError> {
    let wrote = desk.write(names::UPDATE, renamed).await?;
    report(desk, wrote, |done, voice| {
        let task = done
            .results
            .iter()
            .filter(|result| result.outcome == "changed")
            .find_map(|result| result.task.as_ref());
        let Some(task) = task else { return wording::changed(done) };
        let when = if renamed.due.is_empty() {
            String::new()
        } else {
            format!(", due {}", voice.long(task))
        };
        format!("Task {} is now called {}{when}.", task.id, task.title)
    });
    Ok(())
}

/// The old title with a part of it replaced: "Buy milk" by "milk" to "oat milk" is "Buy oat milk".
fn replaced(old: &str, of: &str, new: &str) -> Option<String> {
    let of = ["the ", "my "].iter().fold(of, |of, lead| of.strip_prefix(lead).unwrap_or(of));
    if of.is_empty() || of.eq_ignore_ascii_case(old) {
        return None;
    }
    let at = old.to_ascii_lowercase().find(&of.to_ascii_lowercase())?;
    let whole_words =
        old[..at].ends_with(' ') && old[at + of.len()..].chars().next().is_none_or(|c| c == ' ');
    let first = |text: &str| {
        text.split(' ').next().map(|word| stem(&word.to_lowercase())).unwrap_or_default()
    };
    let keeps_verb = at > 0 && first(new) == first(old);
    (whole_words
        && !keeps_verb
        && new.split(' ').count() <= of.split(' ').count() + 2
        && shares_word(of, new))
    .then(|| format!("{}{new}{}", &old[..at], &old[at + of.len()..]))
}

fn shares_word(of: &str, new: &str) -> bool {
    let words: Vec<String> = of.split(' ').map(|word| stem(&word.to_lowercase())).collect();
    new.split(' ').count() <= 1
        || new.split(' ').any(|word| words.contains(&stem(&word.to_lowercase())))
}

async fn tag(
    desk: &mut Desk<'_>,
    update: UpdateTask,
    add: &[String],
    remove: &[String],
) -> Result<(), ThinkError> {
    let mut gone = remove.to_vec();
    if add.is_empty() && remove.is_empty() {
        // All tags: the tool takes names only.
        let open = desk.open().await?;
        gone = open
            .iter()
            .filter(|task| update.ids.contains(&task.id))
            .flat_map(|task| task.tags.clone())
            .collect();
        gone.dedup();
    }
    let update = UpdateTask { add_tags: add.to_vec(), remove_tags: gone.clone(), ..update };
    let list = |tags: &[String]| {
        tags.iter()
            .map(|tag| format!("#{}", tag.trim_start_matches('#')))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let words = if add.is_empty() {
        format!("no longer tagged {}", list(&gone))
    } else {
        format!("now tagged {}", list(add))
    };
    self::update(desk, &update, |_, _, several| format!("{} {words}", be(several))).await
}

/// Moves each task by so many days from where it is; tasks without a date count from today.
async fn shift(desk: &mut Desk<'_>, days: i64, ids: &[i64]) -> Result<(), ThinkError> {
    let today = desk.turn.now.date();
    let open: Vec<ToolTask> =
        desk.open().await?.iter().filter(|task| ids.contains(&task.id)).cloned().collect();
    if open.is_empty() {
        desk.say("Nothing changed: there is no open task to move.");
        return Ok(());
    }
    let mut by_day: Vec<(String, Vec<i64>)> = Vec::new();
    for task in &open {
        let from = wording::due(task).map_or(today, |(date, _)| date);
        let to = from.checked_add(days.days()).unwrap_or(from).to_string();
        match by_day.iter_mut().find(|(day, _)| *day == to) {
            Some((_, ids)) => ids.push(task.id),
            None => by_day.push((to, vec![task.id])),
        }
    }
    for (day, ids) in by_day {
        let update = UpdateTask { ids, due: day, ..UpdateTask::default() };
        self::update(desk, &update, due_now).await?;
    }
    Ok(())
}

//! Doing something to tasks that exist.

mod fields;
mod questions;

use todo_api::tools::{MarkTasks, RestoreTasks, ToolTask, UpdateTask, names};

use super::super::{
    desk::{Desk, Wrote},
    pending,
    request::{Action, Pending, Target},
    resolve::{self, Found},
    wording::{self, Voice},
};
use super::add;
use crate::thinker::ThinkError;
pub(in crate::builtin) use fields::rename_to;
use fields::{rename, shift, tag};
pub(super) use questions::which;
use questions::{nearly, no, none_called, unsaid, yes};

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

/// Asks before it is done to the one task that is left of a plan.
pub(in crate::builtin) async fn ask_about(
    desk: &mut Desk<'_>,
    action: &Action,
    task: i64,
) -> Result<(), ThinkError> {
    let name = desk.open().await?.iter().find(|open| open.id == task).map(wording::name);
    let name = name.unwrap_or_else(|| format!("task {task}"));
    desk.ask(
        format!(
            "That leaves only {name}. Should it be {}? Nothing has changed yet.",
            action.participle()
        ),
        &Pending::Sure { action: action.clone(), tasks: vec![task] },
    );
    desk.offer(yes());
    desk.offer(no());
    desk.focus([task]);
    Ok(())
}

fn ids(tasks: &[ToolTask]) -> Vec<i64> {
    tasks.iter().map(|task| task.id).collect()
}

/// Does it to every open task: always a plan.
async fn everything(desk: &mut Desk<'_>, action: &Action) -> Result<(), ThinkError> {
    if desk.open().await?.is_empty() && *action != Action::Reopen {
        desk.say("There are no open tasks, so nothing changed.");
        return Ok(());
    }
    if let Action::Shift { .. } = action {
        let all: Vec<i64> = ids(desk.open().await?);
        return apply(desk, action, &all).await;
    }
    run(desk, action, Vec::new(), true).await
}

/// Does it to these tasks.
pub(in crate::builtin) async fn apply(
    desk: &mut Desk<'_>,
    action: &Action,
    ids: &[i64],
) -> Result<(), ThinkError> {
    if let Action::Shift { minutes } = action {
        return shift(desk, *minutes, ids, false).await;
    }
    run(desk, action, ids.to_vec(), false).await
}

/// Does it to many tasks, after the user agreed.
pub(in crate::builtin) async fn agreed(
    desk: &mut Desk<'_>,
    action: &Action,
    ids: &[i64],
) -> Result<(), ThinkError> {
    if let Action::Shift { minutes } = action {
        return shift(desk, *minutes, ids, true).await;
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
                for task in plan.tasks.iter().filter(|task| !plan.title.contains(&task.title)) {
                    let line = wording::line(task, &desk.voice);
                    desk.say(line);
                }
                desk.wait_for_plan(plan.plan_id);
                desk.offer(yes());
                desk.offer(no());
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

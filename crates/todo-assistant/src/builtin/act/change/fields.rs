//! New titles, tags and days.

use jiff::ToSpan;
use todo_api::tools::{ToolTask, UpdateTask, names};

use super::{add, be, due_now, no, report, update, yes};
use crate::{
    builtin::{
        desk::Desk,
        matching::stem,
        request::{Action, Pending},
        wording,
    },
    thinker::ThinkError,
};

/// More tasks than this are only moved after a yes, as the tools do it with other changes.
const MOST_UNASKED: usize = 5;

pub(super) async fn rename(
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
    rename_to(desk, &renamed).await
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

pub(super) async fn tag(
    desk: &mut Desk<'_>,
    change: UpdateTask,
    add: &[String],
    remove: &[String],
) -> Result<(), ThinkError> {
    let mut gone = remove.to_vec();
    if add.is_empty() && remove.is_empty() {
        // All tags: the tool takes names only.
        let open = desk.open().await?;
        gone = open
            .iter()
            .filter(|task| change.ids.contains(&task.id))
            .flat_map(|task| task.tags.clone())
            .collect();
        gone.dedup();
    }
    let change = UpdateTask { add_tags: add.to_vec(), remove_tags: gone.clone(), ..change };
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
    update(desk, &change, |_, _, several| format!("{} {words}", be(several))).await
}

/// Moves each task by so much from where it is. A task without a date counts from today; one without a time cannot move
/// by hours.
pub(super) async fn shift(
    desk: &mut Desk<'_>,
    minutes: i64,
    ids: &[i64],
    sure: bool,
) -> Result<(), ThinkError> {
    const DAY: i64 = 24 * 60;
    let today = desk.turn.now.date();
    let open: Vec<ToolTask> =
        desk.open().await?.iter().filter(|task| ids.contains(&task.id)).cloned().collect();
    if open.is_empty() {
        desk.say("Nothing changed: there is no open task to move.");
        return Ok(());
    }
    let mut by_due: Vec<(String, Vec<i64>)> = Vec::new();
    for task in &open {
        let (date, time) = wording::due(task).unwrap_or((today, None));
        let to = match time {
            Some(time) => date
                .to_datetime(time)
                .checked_add(minutes.minutes())
                .map(|at| at.strftime("%Y-%m-%dT%H:%M").to_string()),
            None if minutes % DAY == 0 => {
                date.checked_add((minutes / DAY).days()).map(|date| date.to_string())
            }
            None => {
                let name = wording::name(task);
                desk.say(format!("{name} has no time that could move by hours, so it stays."));
                continue;
            }
        };
        let Ok(to) = to else { continue };
        match by_due.iter_mut().find(|(due, _)| *due == to) {
            Some((_, ids)) => ids.push(task.id),
            None => by_due.push((to, vec![task.id])),
        }
    }
    // To one and the same date it is one change, and the tool asks by itself.
    if open.len() > MOST_UNASKED && by_due.len() > 1 && !sure {
        let names = wording::joined(&open.iter().map(wording::name).collect::<Vec<_>>());
        desk.ask(
            format!("Move {} tasks: {names}? Nothing has changed yet.", open.len()),
            &Pending::Sure {
                action: Action::Shift { minutes },
                tasks: open.iter().map(|task| task.id).collect(),
            },
        );
        desk.offer(yes());
        desk.offer(no());
        return Ok(());
    }
    for (due, ids) in by_due {
        let at_once = if sure { MOST_UNASKED } else { ids.len() };
        for ids in ids.chunks(at_once) {
            let change =
                UpdateTask { ids: ids.to_vec(), due: due.clone(), ..UpdateTask::default() };
            update(desk, &change, due_now).await?;
        }
    }
    Ok(())
}

//! Kinds of tasks, listed.

use todo_api::tools::{ListTasks, ToolTask};

use crate::{
    builtin::{
        desk::Desk,
        matching::{Fit, Wanted, stem},
        request::{Set, Which},
    },
    thinker::ThinkError,
};

/// Decides whether a guessed tag is one, and how a named one is spelled: "groceries" may be tagged `grocery`.
pub(crate) async fn settle_tag(desk: &mut Desk<'_>, set: &mut Set) -> Result<(), ThinkError> {
    if set.tag.is_empty() {
        return Ok(());
    }
    let wanted = stem(&set.tag);
    let same = |task: &ToolTask| {
        task.tags.iter().find(|tag| **tag == set.tag || stem(tag) == wanted).cloned()
    };
    let mut known = desk.open().await?.iter().find_map(same);
    if known.is_none() {
        let query = ListTasks {
            status: "all".into(),
            tag: set.tag.clone(),
            limit: 1,
            ..ListTasks::default()
        };
        known = desk.list(&query).await?.tasks.first().and_then(same);
    }
    match known {
        Some(tag) => set.tag = tag,
        None if set.tag_is_guess => {
            set.topic = format!("{} {}", set.topic, set.tag).trim().to_owned();
            set.tag.clear();
        }
        None => {}
    }
    Ok(())
}

/// The tasks of a kind, and how many there are in all.
pub(crate) async fn list(
    desk: &mut Desk<'_>,
    set: &Set,
) -> Result<(Vec<ToolTask>, i64), ThinkError> {
    let status = match set.status {
        Which::Unsaid | Which::Open => "pending",
        Which::Completed => "completed",
        Which::All => "all",
        Which::Trashed => "trashed",
    };
    let query = ListTasks {
        status: status.to_owned(),
        due: set.due.clone(),
        priority: set.priority.clone(),
        tag: set.tag.clone(),
        completed: set.completed.clone(),
        sort: set.sort.clone(),
        ..ListTasks::default()
    };
    if set.topic.is_empty() {
        return desk.list_all(query).await;
    }
    let wanted = Wanted::new(&set.topic);
    let (found, total) = desk.list_all(ListTasks { q: wanted.search(), ..query.clone() }).await?;
    if !found.is_empty() {
        return Ok((found, total));
    }
    // A search knows beginnings of words; slips of the finger need a closer look.
    let (mut all, _) = desk.list_all(query).await?;
    all.retain(|task| wanted.fit(task).is_some_and(|fit| fit <= Fit::Loose));
    let count = all.len() as i64;
    Ok((all, count))
}

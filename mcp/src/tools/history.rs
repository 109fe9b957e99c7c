use std::fmt::Write as _;

use jiff::tz::TimeZone;
use todo_api::tools::{History, HistoryEntry, HistoryPage, names};
use todo_core::{
    Caller, ChangeSeq, TaskNumber,
    task::Invalid,
    tasks::{Change, ChangeQuery, RowChange, Tasks},
};

use crate::tool::{Hints, Refusal, TaskTool};

/// `history`
pub(super) struct HistoryTool;

impl TaskTool for HistoryTool {
    const NAME: &'static str = names::HISTORY;
    const TITLE: &'static str = "History";
    const PROMPT: &'static str =
        "The last changes, newest first: who did what to which tasks, and the change_id for undo.";
    const HINTS: Hints = Hints { read_only: true, destructive: false, idempotent: true };
    type Arguments = History;
    type Answer = HistoryPage;

    async fn call(tasks: &Tasks, caller: &Caller, wanted: History) -> Result<HistoryPage, Refusal> {
        let limit = if wanted.limit == 0 { 10 } else { wanted.limit };
        if limit > 50 {
            return Err(Invalid::new("limit", "limit is a number from 1 to 50").into());
        }
        let query = ChangeQuery {
            before: (wanted.before != 0).then_some(ChangeSeq(wanted.before)),
            task: (wanted.task_id != 0).then_some(TaskNumber(wanted.task_id)),
            limit,
            ..ChangeQuery::default()
        };
        let zone = tasks.owner(caller).await?.settings.zone();
        let changes = tasks.changes(caller, &query).await?;
        Ok(HistoryPage { changes: changes.iter().map(|change| entry(change, &zone)).collect() })
    }

    fn text(page: &HistoryPage) -> String {
        let mut text = String::new();
        for change in &page.changes {
            let undone = if change.undone { " (undone)" } else { "" };
            let HistoryEntry { change_id, at, actor, verb, tasks, .. } = change;
            let _ = writeln!(
                text,
                "{change_id} · {at} · {actor} · {verb} {}{undone}",
                tasks.join(", ")
            );
        }
        text
    }
}

fn entry(change: &Change, zone: &TimeZone) -> HistoryEntry {
    let name = |row: &RowChange| {
        let task = row.after.as_ref().or(row.before.as_ref());
        task.map_or_else(String::new, |task| format!("{} {}", task.number, task.title))
    };
    HistoryEntry {
        change_id: change.seq.0,
        at: change.at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M").to_string(),
        actor: change.actor.to_string(),
        verb: change.verb.as_str().to_owned(),
        tasks: change.rows.iter().map(name).collect(),
        undone: change.undone_by.is_some(),
    }
}

use std::fmt::Write as _;

use todo_api::tools::{ListTasks, TaskPage, ToolTask, day_text, names};
use todo_core::{
    Caller,
    task::{Invalid, Tag},
    tasks::{Cursor, ListRequest, Sort, Status, Tasks},
};

use super::selection::{parse_priority, parse_status, text};
use crate::tool::{Hints, Refusal, TaskTool};

/// `list_tasks`
pub(super) struct ListTasksTool;

/// How many tasks a page has when the caller does not say.
const PAGE: u64 = 20;

impl TaskTool for ListTasksTool {
    const NAME: &'static str = names::LIST;
    const TITLE: &'static str = "List tasks";
    const PROMPT: &'static str = "Lists tasks, open ones unless `status` says otherwise; filters combine. Use it before \
        acting on a task that the user names by words. Notes are left out: get_task has them.";
    const HINTS: Hints = Hints { read_only: true, destructive: false, idempotent: true };
    type Arguments = ListTasks;
    type Answer = TaskPage;

    async fn call(tasks: &Tasks, caller: &Caller, wanted: ListTasks) -> Result<TaskPage, Refusal> {
        let listing = tasks.list(caller, &request(&wanted)?).await?;
        let today = tasks.now().to_zoned(listing.owner.settings.zone()).date();
        Ok(TaskPage {
            tasks: listing.tasks.iter().map(ToolTask::brief).collect(),
            total: listing.total,
            total_is_exact: listing.total_is_exact,
            next_cursor: listing.next.as_ref().map(Cursor::encode).unwrap_or_default(),
            today: day_text(today),
        })
    }

    fn text(page: &TaskPage) -> String {
        let noun = if page.total == 1 { "task" } else { "tasks" };
        let mut text = format!("{} {noun}; today is {}.", page.total, page.today);
        for task in &page.tasks {
            let _ = write!(text, "\n{} {}", task.id, task.title);
            let done = if task.completed { "done" } else { "" };
            let facts =
                [&task.due_text, &task.repeat_text, &task.priority, done, &task.tags.join(" ")];
            for fact in facts.iter().filter(|fact| !fact.is_empty()) {
                let _ = write!(text, " · {fact}");
            }
        }
        if !page.next_cursor.is_empty() {
            let _ = write!(text, "\nMore with cursor {}", page.next_cursor);
        }
        text
    }
}

fn request(wanted: &ListTasks) -> Result<ListRequest, Invalid> {
    let status = parse_status(&wanted.status)?;
    let completed = text(&wanted.completed);
    let status =
        if completed.is_some() && wanted.status.is_empty() { Status::Completed } else { status };
    let limit = if wanted.limit == 0 { PAGE } else { wanted.limit };
    if limit > 100 {
        return Err(Invalid::new("limit", "limit is a number from 1 to 100"));
    }
    Ok(ListRequest {
        status,
        due: text(&wanted.due),
        priority: parse_priority(&wanted.priority)?,
        tag: text(&wanted.tag).as_deref().map(Tag::parse).transpose()?,
        search: text(&wanted.q),
        completed,
        sort: sort(&wanted.sort, status)?,
        limit,
        cursor: text(&wanted.cursor),
    })
}

fn sort(name: &str, status: Status) -> Result<Sort, Invalid> {
    match (name.trim(), status) {
        ("", Status::Completed) => Ok(Sort::Completed),
        ("", Status::Trashed) => Ok(Sort::Deleted),
        ("" | "due", _) => Ok(Sort::Due),
        ("priority", _) => Ok(Sort::Priority),
        ("newest", _) => Ok(Sort::Newest),
        ("oldest", _) => Ok(Sort::Oldest),
        ("completed", _) => Ok(Sort::Completed),
        _ => Err(Invalid::new("sort", "sort is due, priority, newest, oldest or completed")),
    }
}

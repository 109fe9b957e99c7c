//! Which tasks a call means.

use todo_api::tools::TaskFilter;
use todo_core::{
    Caller, TaskNumber,
    task::{Invalid, Priority, Tag},
    tasks::{Command, ListRequest, Sort, Status, Target, TaskError, Tasks},
    words::words,
};

use crate::tool::Refusal;

/// What a call said about its tasks.
pub(super) struct Selection {
    pub(super) ids: Vec<i64>,
    pub(super) filter: TaskFilter,
    pub(super) all: bool,
}

impl Selection {
    /// The tasks, those of `status` unless the filter says otherwise.
    ///
    /// # Errors
    /// Not exactly one way of naming them; nothing matches; too many match.
    pub(super) async fn resolve(
        self,
        tasks: &Tasks,
        caller: &Caller,
        status: Status,
    ) -> Result<Vec<Target>, Refusal> {
        match (self.ids.is_empty(), !restricts(&self.filter), self.all) {
            (false, true, false) => Ok(self.ids.iter().map(|id| TaskNumber(*id).into()).collect()),
            (true, false, false) => {
                let status = if self.filter.status.is_empty() {
                    status
                } else {
                    parse_status(&self.filter.status)?
                };
                matching(tasks, caller, &request(&self.filter, status)?).await
            }
            (true, true, true) => {
                matching(tasks, caller, &ListRequest { status, ..ListRequest::default() }).await
            }
            (true, true, false) => {
                Err(Refusal::told("Say which tasks: ids, a filter, or all. Nothing changed."))
            }
            _ => Err(Refusal::told("Give exactly one of ids, filter and all. Nothing changed.")),
        }
    }
}

/// Whether a filter leaves anything out. Blanks do not, nor does a search without a word in it, nor a status alone: a
/// filter that everything passes would be an "all" that nobody said.
fn restricts(filter: &TaskFilter) -> bool {
    [&filter.due, &filter.priority, &filter.tag].into_iter().any(|part| text(part).is_some())
        || !words(&filter.q).is_empty()
}

async fn matching(
    tasks: &Tasks,
    caller: &Caller,
    request: &ListRequest,
) -> Result<Vec<Target>, Refusal> {
    let mut found = Vec::new();
    let mut request = ListRequest { limit: 200, sort: Sort::Oldest, ..request.clone() };
    loop {
        let page = tasks.list(caller, &request).await?;
        found.extend(page.tasks.iter().map(|task| Target::from(task.number)));
        match page.next {
            Some(_) if found.len() >= Command::MOST => {
                let (count, max) =
                    (usize::try_from(page.total).unwrap_or(usize::MAX), Command::MOST);
                return Err(TaskError::TooMany { count, max }.into());
            }
            Some(next) => request.cursor = Some(next.encode()),
            None if found.is_empty() => return Err(TaskError::NothingNamed.into()),
            None => return Ok(found),
        }
    }
}

fn request(filter: &TaskFilter, status: Status) -> Result<ListRequest, Invalid> {
    Ok(ListRequest {
        status,
        due: text(&filter.due),
        priority: parse_priority(&filter.priority)?,
        tag: text(&filter.tag).as_deref().map(Tag::parse).transpose()?,
        search: text(&filter.q),
        ..ListRequest::default()
    })
}

/// Models send empty text for what they leave out.
pub(super) fn text(value: &str) -> Option<String> {
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

pub(super) fn parse_priority(name: &str) -> Result<Option<Priority>, Invalid> {
    match text(name) {
        None => Ok(None),
        Some(name) => Priority::parse(&name.to_lowercase())
            .map(Some)
            .ok_or_else(|| Invalid::new("priority", "priority is none, low, medium or high")),
    }
}

pub(super) fn parse_status(name: &str) -> Result<Status, Invalid> {
    match name.trim() {
        "" | "pending" => Ok(Status::Pending),
        "completed" => Ok(Status::Completed),
        "all" => Ok(Status::All),
        "trashed" => Ok(Status::Trashed),
        _ => Err(Invalid::new("status", "status is pending, completed, all or trashed")),
    }
}

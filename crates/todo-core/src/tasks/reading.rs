//! The use cases that only read.

use jiff::{Timestamp, ToSpan, tz::TimeZone};

use super::{
    Change, ChangeQuery, Cursor, DueFilter, Filter, ListQuery, Moment, Owner, Sort, Stats, Status,
    TagCount, TaskError, Tasks, stats,
};
use crate::{
    Caller, StoreError, Task, TaskNumber, quick_add,
    task::{Invalid, Priority, Tag},
};

/// What a list is asked for, as a door received it.
#[derive(Debug, Clone, Default)]
pub struct ListRequest {
    /// Which part of the tasks.
    pub status: Status,
    /// Which due dates, as [`DueFilter::parse`] reads them.
    pub due: Option<String>,
    /// Exactly this priority.
    pub priority: Option<Priority>,
    /// With this tag.
    pub tag: Option<Tag>,
    /// With words that begin like these.
    pub search: Option<String>,
    /// Completed on these days: `today`, `last week`, `FROM..TO` …
    pub completed: Option<String>,
    /// In which order.
    pub sort: Sort,
    /// How many at most; 1 to 200.
    pub limit: u64,
    /// Where to go on.
    pub cursor: Option<String>,
}

impl ListRequest {
    /// Whether it asks for words and has none, like "...". No task has those; it is not a list without a search.
    fn searches_for_nothing(&self) -> bool {
        self.search
            .as_deref()
            .is_some_and(|text| !text.trim().is_empty() && crate::words::words(text).is_empty())
    }
}

/// One page of a list, with what the owner's row says.
#[derive(Debug, Clone)]
pub struct Listing {
    /// The tasks, in order.
    pub tasks: Vec<Task>,
    /// How many match in all.
    pub total: i64,
    /// Whether `total` is all, or where counting stopped.
    pub total_is_exact: bool,
    /// Where the next page begins.
    pub next: Option<Cursor>,
    /// The owner's row when the list was read.
    pub owner: Owner,
}

/// A filtered total is counted this far.
const COUNTED: i64 = 1000;

impl Tasks {
    /// One task of the list.
    pub async fn get(&self, caller: &Caller, number: TaskNumber) -> Result<Task, TaskError> {
        let task = self.store.task(caller.user, number).await?;
        task.filter(|task| !task.is_deleted()).ok_or(TaskError::NotFound(number))
    }

    /// Those of the tasks that exist, also from the trash, by number.
    pub async fn find(
        &self,
        caller: &Caller,
        numbers: &[TaskNumber],
    ) -> Result<Vec<Task>, TaskError> {
        let mut tasks = self.store.tasks(caller.user, numbers).await?;
        tasks.sort_by_key(|task| task.number);
        Ok(tasks)
    }

    /// One page of a list.
    pub async fn list(&self, caller: &Caller, request: &ListRequest) -> Result<Listing, TaskError> {
        let owner = self.owner(caller).await?;
        let query = self.query(&owner, request)?;
        if request.searches_for_nothing() {
            return Ok(Listing {
                tasks: Vec::new(),
                total: 0,
                total_is_exact: true,
                next: None,
                owner,
            });
        }
        let page = self.store.list(caller.user, &query).await?;
        let (total, total_is_exact) = self.total(caller, &owner, &query, &page).await?;
        Ok(Listing { tasks: page.tasks, total, total_is_exact, next: page.next, owner })
    }

    /// What a request for a list means for this owner, now.
    pub fn query(&self, owner: &Owner, request: &ListRequest) -> Result<ListQuery, TaskError> {
        if !(1..=200).contains(&request.limit) {
            return Err(Invalid::new("limit", "limit is a number from 1 to 200").into());
        }
        let moment = Moment::new(owner, self.clock.now());
        let range = |text: &str| DueFilter::parse(text, &moment.now, &moment.context(&[]));
        let completed = match request.completed.as_deref().map(range).transpose()? {
            Some(DueFilter::Between(from, to)) => Some(instants(from, to, &owner.settings.zone())?),
            Some(_) => {
                return Err(
                    Invalid::new("completed", "completed is a day or a range of days").into()
                );
            }
            None => None,
        };
        let filter = Filter {
            status: request.status,
            due: request.due.as_deref().map(range).transpose()?,
            priority: request.priority,
            tag: request.tag.clone(),
            words: request.search.as_deref().map(crate::words::words).unwrap_or_default(),
            completed,
        };
        let after =
            request.cursor.as_deref().map(|text| Cursor::decode(text, request.sort)).transpose()?;
        Ok(ListQuery { filter, sort: request.sort, limit: request.limit, after })
    }

    async fn total(
        &self,
        caller: &Caller,
        owner: &Owner,
        query: &ListQuery,
        page: &super::Page,
    ) -> Result<(i64, bool), TaskError> {
        if query.filter.is_bare() {
            let total = match query.filter.status {
                Status::All => owner.open + owner.done,
                Status::Pending => owner.open,
                Status::Completed => owner.done,
                Status::Trashed => owner.trashed,
            };
            return Ok((total, true));
        }
        if query.after.is_none() && page.next.is_none() {
            return Ok((page.tasks.len() as i64, true));
        }
        let counted = self.store.count(caller.user, &query.filter, COUNTED + 1).await?;
        Ok((counted.min(COUNTED), counted <= COUNTED))
    }

    /// How many tasks match, counted up to 1,000.
    pub async fn count(&self, caller: &Caller, request: &ListRequest) -> Result<i64, TaskError> {
        let owner = self.owner(caller).await?;
        let query = self.query(&owner, &ListRequest { limit: 1, ..request.clone() })?;
        if request.searches_for_nothing() {
            return Ok(0);
        }
        Ok(self.store.count(caller.user, &query.filter, COUNTED).await?)
    }

    /// Every tag with the number of its open tasks.
    pub async fn tags(&self, caller: &Caller) -> Result<Vec<TagCount>, TaskError> {
        Ok(self.store.tags(caller.user).await?)
    }

    /// The history.
    pub async fn changes(
        &self,
        caller: &Caller,
        query: &ChangeQuery,
    ) -> Result<Vec<Change>, TaskError> {
        Ok(self.store.changes(caller.user, query).await?)
    }

    /// The list in numbers.
    pub async fn stats(&self, caller: &Caller) -> Result<Stats, TaskError> {
        let owner = self.owner(caller).await?;
        let zone = owner.settings.zone();
        let now = self.clock.now_in(&zone);
        let since = now.checked_sub(stats::DAYS.days()).map_err(StoreError::broken)?.timestamp();
        let completions = self.store.completions(caller.user, since).await?;
        let by_day = stats::by_day(&completions, now.date(), &zone);
        let count = |due: &str| ListRequest {
            due: Some(due.to_owned()),
            limit: 1,
            ..ListRequest::default()
        };
        Ok(Stats {
            open: owner.open,
            completed: owner.done,
            trashed: owner.trashed,
            overdue: self.count(caller, &count("overdue")).await?,
            due_today: self.count(caller, &count("today")).await?,
            streak: stats::streak(&by_day),
            by_day,
        })
    }

    /// What quick-add understands of a line, on the caller's clock or at the moment they name.
    pub async fn parse(
        &self,
        caller: &Caller,
        text: &str,
        literal: &[std::ops::Range<usize>],
        now: Option<Timestamp>,
    ) -> Result<quick_add::Parsed, TaskError> {
        let owner = self.owner(caller).await?;
        let moment = Moment::new(&owner, now.unwrap_or_else(|| self.clock.now()));
        Ok(quick_add::parse(text, &moment.context(literal)))
    }
}

/// The instants of whole days in a zone; the second is the first instant that no longer belongs to them.
fn instants(
    from: Option<jiff::civil::Date>,
    to: Option<jiff::civil::Date>,
    zone: &TimeZone,
) -> Result<(Timestamp, Timestamp), Invalid> {
    let wrong = |_| Invalid::new("completed", "this day is out of range");
    let start = |day: jiff::civil::Date| {
        day.to_zoned(zone.clone()).map(|zoned| zoned.timestamp()).map_err(wrong)
    };
    let from = from.map(start).transpose()?.unwrap_or(Timestamp::UNIX_EPOCH);
    let to = match to {
        Some(day) => start(day.checked_add(1.day()).map_err(wrong)?)?,
        None => Timestamp::MAX,
    };
    Ok((from, to))
}

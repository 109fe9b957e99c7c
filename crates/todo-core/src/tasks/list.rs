use jiff::{Timestamp, ToSpan, Zoned, civil::Date};

use super::TaskError;
use crate::{
    Actor, ChangeSeq, Task, TaskNumber, quick_add,
    task::{Due, Invalid, Priority, Tag},
};

/// Which part of the tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The list: open and completed.
    All,
    /// Open.
    #[default]
    Pending,
    /// Completed.
    Completed,
    /// In the trash.
    Trashed,
}

/// Which due dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DueFilter {
    /// No date at all.
    None,
    /// Any date.
    Any,
    /// A day in this range, both ends included; open where there is no end.
    Between(Option<Date>, Option<Date>),
    /// Before `today`, or at a time that has passed.
    Overdue {
        /// The owner's today.
        today: Date,
        /// Now.
        now: Timestamp,
    },
}

impl DueFilter {
    /// Reads `today`, `overdue`, `upcoming`, `none`, `any`, `FROM..TO` with either end open, or words like "this week".
    pub fn parse(
        text: &str,
        now: &Zoned,
        context: &quick_add::Context<'_>,
    ) -> Result<Self, Invalid> {
        let wrong = || {
            let message = "due is today, overdue, upcoming, none, any, or FROM..TO with dates like 2026-11-20";
            Invalid::new("due", message)
        };
        let date = |text: &str| match text {
            "" => Ok(None),
            text => text.parse::<Date>().map(Some).map_err(|_| wrong()),
        };
        let today = now.date();
        match text.trim() {
            "none" => Ok(Self::None),
            "any" => Ok(Self::Any),
            "today" => Ok(Self::Between(Some(today), Some(today))),
            "overdue" => Ok(Self::Overdue { today, now: now.timestamp() }),
            "upcoming" => Ok(Self::Between(today.checked_add(1.day()).ok(), None)),
            range if range.contains("..") => {
                let (from, to) = range.split_once("..").ok_or_else(wrong)?;
                Ok(Self::Between(date(from)?, date(to)?))
            }
            words => match (date(words), quick_add::parse_range(words, context)) {
                (Ok(Some(day)), _) => Ok(Self::Between(Some(day), Some(day))),
                (_, Some((from, to))) => Ok(Self::Between(Some(from), Some(to))),
                _ => Err(wrong()),
            },
        }
    }
}

/// What a task must be to be listed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Which part of the tasks.
    pub status: Status,
    /// Which due dates.
    pub due: Option<DueFilter>,
    /// Exactly this priority.
    pub priority: Option<Priority>,
    /// With this tag.
    pub tag: Option<Tag>,
    /// With a word that begins with each of these, as [`crate::words::words`] splits them.
    pub words: Vec<String>,
    /// Completed at the first instant or later, and before the second.
    pub completed: Option<(Timestamp, Timestamp)>,
}

impl Filter {
    /// Whether nothing but the status restricts it: then the owner's counters know the total.
    pub fn is_bare(&self) -> bool {
        self.due.is_none()
            && self.priority.is_none()
            && self.tag.is_none()
            && self.words.is_empty()
            && self.completed.is_none()
    }
}

/// In which order. Every order ends with the number, so that it is total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// [`Task::due_key`], then number: day, time, priority; without a date last.
    #[default]
    Due,
    /// High first, then as [`Sort::Due`].
    Priority,
    /// Highest number first.
    Newest,
    /// Lowest number first.
    Oldest,
    /// Last completed first.
    Completed,
    /// Last deleted first.
    Deleted,
}

impl Task {
    /// Sorts by day, time and priority as plain bytes: `2026-11-20T09:30/0`. A day without a time comes after its times,
    /// a task without a day last.
    pub fn due_key(&self) -> String {
        let rank = Priority::High as u8 - self.priority as u8;
        match &self.due {
            None => format!("9999/{rank}"),
            Some(Due { date, time: None }) => format!("{date}T24:00/{rank}"),
            Some(Due { date, time: Some((time, _)) }) => {
                format!("{date}T{:02}:{:02}/{rank}", time.hour(), time.minute())
            }
        }
    }
}

/// Where a page ended. As text it is opaque to callers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The order that it belongs to.
    pub sort: Sort,
    /// The last task's key in that order: its due key, or microseconds; empty where the number alone decides.
    pub key: String,
    /// The last task's priority; only [`Sort::Priority`] looks at it.
    pub priority: Priority,
    /// The last task's number.
    pub number: TaskNumber,
}

impl Cursor {
    /// The place after this task.
    pub fn after(task: &Task, sort: Sort) -> Self {
        let micros = |at: Option<Timestamp>| at.map_or(0, Timestamp::as_microsecond).to_string();
        let key = match sort {
            Sort::Due | Sort::Priority => task.due_key(),
            Sort::Newest | Sort::Oldest => String::new(),
            Sort::Completed => micros(task.completed_at),
            Sort::Deleted => micros(task.deleted_at),
        };
        Self { sort, key, priority: task.priority, number: task.number }
    }

    /// As text.
    pub fn encode(&self) -> String {
        format!("{}_{}_{}_{}", self.sort as u8, self.priority as u8, self.number, self.key)
    }

    /// From text, for a list in this order.
    pub fn decode(text: &str, sort: Sort) -> Result<Self, TaskError> {
        let mut parts = text.splitn(4, '_');
        let mut part = || parts.next().ok_or(TaskError::BadCursor);
        let (order, priority, number, key) = (part()?, part()?, part()?, part()?);
        let priority = Priority::ALL.into_iter().find(|p| (*p as u8).to_string() == priority);
        let number = number.parse().map_err(|_| TaskError::BadCursor)?;
        let plain = key.len() <= 40 && key.bytes().all(|b| b.is_ascii_graphic());
        let numeric =
            !matches!(sort, Sort::Completed | Sort::Deleted) || key.parse::<i64>().is_ok();
        match priority {
            Some(priority) if order == (sort as u8).to_string() && plain && numeric => {
                Ok(Self { sort, key: key.to_owned(), priority, number })
            }
            _ => Err(TaskError::BadCursor),
        }
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListQuery {
    /// What to list.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
    /// How many at most.
    pub limit: u64,
    /// Where to go on.
    pub after: Option<Cursor>,
}

/// What a list returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The tasks, in order.
    pub tasks: Vec<Task>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
}

impl Page {
    /// Cuts `limit + 1` fetched tasks to a page.
    pub fn cut(mut tasks: Vec<Task>, query: &ListQuery) -> Self {
        let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
        let more = tasks.len() > limit;
        tasks.truncate(limit);
        let next = tasks.last().filter(|_| more).map(|task| Cursor::after(task, query.sort));
        Self { tasks, next }
    }
}

/// Which changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChangeQuery {
    /// Only these; all when it is empty.
    pub only: Vec<ChangeSeq>,
    /// Only newer than this, oldest first.
    pub after: Option<ChangeSeq>,
    /// Only older than this, newest first. Without `after` the order is newest first.
    pub before: Option<ChangeSeq>,
    /// Only by this actor.
    pub actor: Option<Actor>,
    /// Only those that touched this task.
    pub task: Option<TaskNumber>,
    /// How many at most.
    pub limit: u64,
}

use std::{collections::BTreeMap, sync::Arc};

use jiff::{Timestamp, ToSpan, tz::TimeZone};

use super::{
    Begun, Change, ChangeQuery, Command, Commit, Cursor, DueFilter, Filter, ListQuery, Moment,
    Owner, Receipt, RetryKey, Sort, Stats, Status, TagCount, TaskError, TaskStore, TaskTransaction,
    UndoTarget, decide, stats,
};
use crate::{
    Caller, Clock, StoreError, Task, TaskNumber, UserId,
    plans::{self, Plan, PlanStore},
    quick_add,
    settings::Settings,
    task::{Invalid, Priority, Tag},
};

/// The use cases of tasks.
#[derive(Clone)]
pub struct Tasks {
    pub(crate) store: Arc<dyn TaskStore>,
    pub(crate) plans: Arc<dyn PlanStore>,
    pub(crate) clock: Arc<dyn Clock>,
}

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
    /// The use cases over these stores.
    pub fn new(
        store: Arc<dyn TaskStore>,
        plans: Arc<dyn PlanStore>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { store, plans, clock }
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Runs a command: one transaction, at most one change. With a retry key it runs once, and a repetition gets the
    /// first answer.
    pub async fn execute(
        &self,
        caller: &Caller,
        command: Command,
        retry: Option<&str>,
    ) -> Result<Receipt, TaskError> {
        let key = retry.map(|key| RetryKey::new(key, &command)).transpose()?;
        let mut tx = match self.begin(caller, key.as_ref()).await? {
            Ok(tx) => tx,
            Err(receipt) => return Ok(receipt),
        };
        let written = match &command {
            Command::Undo(target) => self.undo(&mut *tx, caller, target).await?,
            _ => self.decide(&mut *tx, caller, &command).await?,
        };
        commit(tx, written, None, key.is_some()).await
    }

    /// Carries out the plan that the caller's token carries: once, and only if none of its tasks was changed since.
    pub async fn carry_out(&self, caller: &Caller) -> Result<Receipt, TaskError> {
        let id = caller.plan.ok_or(TaskError::NothingNamed)?;
        let mut tx = match self.begin(caller, None).await? {
            Ok(tx) => tx,
            Err(receipt) => return Ok(receipt),
        };
        let plan = tx.plan(id).await?.ok_or(TaskError::NoSuchPlan(id))?;
        plan.check(self.clock.now())?;
        let written = self.decide(&mut *tx, caller, &plan.command).await?;
        if let Some(number) = plans::stale(&written.receipt.items) {
            return Err(TaskError::PlanStale { plan: id, number });
        }
        commit(tx, written, Some(id), false).await
    }

    /// Opens the owner's transaction; `Err` is the answer that this key got before.
    async fn begin(
        &self,
        caller: &Caller,
        key: Option<&RetryKey>,
    ) -> Result<Result<Box<dyn TaskTransaction>, Receipt>, TaskError> {
        match self.store.begin(caller.user, key, self.clock.now()).await? {
            Begun::Fresh(tx) => Ok(Ok(tx)),
            Begun::Again(answer) => {
                Ok(Err(serde_json::from_str(&answer).map_err(StoreError::broken)?))
            }
            Begun::KeyReused => Err(TaskError::KeyReused),
            Begun::NoOwner => Err(no_owner(caller.user)),
        }
    }

    async fn decide(
        &self,
        tx: &mut dyn TaskTransaction,
        caller: &Caller,
        command: &Command,
    ) -> Result<Written, TaskError> {
        let numbers: Vec<_> = command.targets().iter().map(|target| target.number).collect();
        let rows = if numbers.is_empty() { Vec::new() } else { tx.tasks(&numbers).await? };
        let rows = by_number(rows);
        let moment = Moment::new(tx.owner(), self.clock.now());
        let decision = decide(command, &rows, &moment)?;
        let change = super::decide::change(&decision, caller, &moment);
        Ok(Written { receipt: Receipt { change, items: decision.items }, ..Written::default() })
    }

    async fn undo(
        &self,
        tx: &mut dyn TaskTransaction,
        caller: &Caller,
        target: &UndoTarget,
    ) -> Result<Written, TaskError> {
        let changes = match target {
            UndoTarget::Newest => tx.newest_undoable(None).await?.into_iter().collect(),
            UndoTarget::NewestIn(conversation) => {
                tx.newest_undoable(Some(*conversation)).await?.into_iter().collect()
            }
            UndoTarget::Change(seq) => {
                vec![tx.change(*seq).await?.ok_or(TaskError::NoSuchChange(*seq))?]
            }
            UndoTarget::Actor { actor, since } => {
                tx.undoable_by(actor, *since, Command::MOST as u64).await?
            }
        };
        if changes.is_empty() {
            return Err(TaskError::NothingToUndo);
        }
        let mut numbers: Vec<TaskNumber> = changes
            .iter()
            .flat_map(|change| change.rows.iter().map(super::RowChange::number))
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        let rows = by_number(tx.tasks(&numbers).await?);
        let moment = Moment::new(tx.owner(), self.clock.now());
        let undone = super::decide::undo(&changes, &rows, caller, &moment)?;
        Ok(Written {
            receipt: Receipt { change: Some(undone.change), items: undone.items },
            undone: undone.undone,
            redone: undone.redone,
        })
    }

    /// The caller's own row: counts, the newest change, settings.
    pub async fn owner(&self, caller: &Caller) -> Result<Owner, TaskError> {
        self.store.owner(caller.user).await?.ok_or_else(|| no_owner(caller.user))
    }

    /// Replaces the settings.
    pub async fn save_settings(
        &self,
        caller: &Caller,
        settings: &Settings,
    ) -> Result<(), TaskError> {
        settings.check()?;
        Ok(self.store.save_settings(caller.user, settings).await?)
    }

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

    /// Stores what a command would do, to be confirmed by a person. Nothing changes. Asked again for the same thing, the
    /// plan that waits already is the answer: a model that repeats itself puts no second question before its user.
    pub async fn propose(
        &self,
        caller: &Caller,
        command: Command,
        all: bool,
    ) -> Result<Plan, TaskError> {
        let owner = self.owner(caller).await?;
        let numbers: Vec<_> = command.targets().iter().map(|target| target.number).collect();
        let rows = by_number(self.store.tasks(caller.user, &numbers).await?);
        let moment = Moment::new(&owner, self.clock.now());
        let new = plans::draft(command, &rows, caller, &moment, all)?;
        let waiting = self.plans.waiting(caller.user, new.created_at).await?;
        match waiting.into_iter().find(|plan| new.repeats(plan)) {
            Some(plan) => Ok(plan),
            None => Ok(self.plans.insert(caller.user, new).await?),
        }
    }
}

/// What a transaction is about to write.
#[derive(Default)]
struct Written {
    receipt: Receipt,
    undone: Vec<crate::ChangeSeq>,
    redone: Vec<crate::ChangeSeq>,
}

async fn commit(
    tx: Box<dyn TaskTransaction>,
    written: Written,
    plan: Option<crate::PlanId>,
    keep_answer: bool,
) -> Result<Receipt, TaskError> {
    let Written { receipt, undone, redone } = written;
    let mut owner = tx.owner().clone();
    if let Some(change) = &receipt.change {
        owner.seq = change.seq;
        owner.count(&change.rows);
        let added = change.rows.iter().map(|row| row.number().0 + 1).max().unwrap_or(0);
        owner.next_number = TaskNumber(owner.next_number.0.max(added));
    }
    if receipt.change.is_none() && plan.is_none() && !keep_answer {
        return Ok(receipt);
    }
    let answer =
        keep_answer.then(|| serde_json::to_string(&receipt).expect("a receipt has only text keys"));
    tx.commit(Commit { owner, change: receipt.change.clone(), undone, redone, plan, answer })
        .await?;
    Ok(receipt)
}

fn by_number(tasks: Vec<Task>) -> BTreeMap<TaskNumber, Task> {
    tasks.into_iter().map(|task| (task.number, task)).collect()
}

/// A token names a user whose rows are gone: deleted while the token was in a cache.
fn no_owner(user: UserId) -> TaskError {
    StoreError::broken(format!("user {user} has no row")).into()
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

//! Tasks and plans in memory, for the real use cases.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard},
};

use async_trait::async_trait;
use jiff::Timestamp;
use todo_core::{
    Actor, ChangeSeq, ConversationId, PlanId, StoreError, Task, TaskNumber, UserId,
    plans::{NewPlan, Plan, PlanAnswer, PlanStore},
    settings::Settings,
    tasks::{
        Begun, Change, ChangeQuery, Commit, DueFilter, Filter, ListQuery, Owner, Page, RetryKey,
        Sort, Status, TagCount, TaskStore, TaskTransaction, Verb,
    },
};

/// The rows of one user.
#[derive(Clone)]
pub(super) struct Memory(Arc<Mutex<Rows>>);

pub(super) struct Rows {
    pub(super) owner: Owner,
    pub(super) tasks: BTreeMap<TaskNumber, Task>,
    changes: Vec<Change>,
    pub(super) plans: Vec<Plan>,
}

impl Memory {
    pub(super) fn new(user: UserId, settings: Settings) -> Self {
        let owner = Owner::new(user, settings);
        Self(Arc::new(Mutex::new(Rows {
            owner,
            tasks: BTreeMap::new(),
            changes: Vec::new(),
            plans: Vec::new(),
        })))
    }

    pub(super) fn rows(&self) -> MutexGuard<'_, Rows> {
        self.0.lock().unwrap()
    }
}

fn matches(task: &Task, filter: &Filter) -> bool {
    let status = match filter.status {
        Status::All => !task.is_deleted(),
        Status::Pending => !task.is_deleted() && !task.is_completed(),
        Status::Completed => !task.is_deleted() && task.is_completed(),
        Status::Trashed => task.is_deleted(),
    };
    let due = match &filter.due {
        None => true,
        Some(DueFilter::None) => task.due.is_none(),
        Some(DueFilter::Any) => task.due.is_some(),
        Some(DueFilter::Between(from, to)) => task.due.as_ref().is_some_and(|due| {
            from.is_none_or(|from| due.date >= from) && to.is_none_or(|to| due.date <= to)
        }),
        Some(DueFilter::Overdue { today, now }) => task
            .due
            .as_ref()
            .is_some_and(|due| due.date < *today || due.instant().is_some_and(|at| at < *now)),
    };
    let text = format!(
        "{} {} {}",
        task.title,
        task.description.as_ref().map(ToString::to_string).unwrap_or_default(),
        task.tags.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    );
    let words = todo_core::words::words(&text);
    let search = filter
        .words
        .iter()
        .all(|wanted| words.iter().any(|word| word.starts_with(wanted.as_str())));
    let completed = filter
        .completed
        .is_none_or(|(from, to)| task.completed_at.is_some_and(|at| at >= from && at < to));
    status
        && due
        && search
        && completed
        && filter.priority.is_none_or(|priority| task.priority == priority)
        && filter.tag.as_ref().is_none_or(|tag| task.tags.contains(tag))
}

#[async_trait]
impl TaskStore for Memory {
    async fn owner(&self, _: UserId) -> Result<Option<Owner>, StoreError> {
        Ok(Some(self.rows().owner.clone()))
    }

    async fn save_settings(&self, _: UserId, settings: &Settings) -> Result<(), StoreError> {
        self.rows().owner.settings = settings.clone();
        Ok(())
    }

    async fn begin(
        &self,
        _: UserId,
        _: Option<&RetryKey>,
        _: Timestamp,
    ) -> Result<Begun, StoreError> {
        let owner = self.rows().owner.clone();
        Ok(Begun::Fresh(Box::new(Transaction { memory: self.clone(), owner })))
    }

    async fn task(&self, _: UserId, number: TaskNumber) -> Result<Option<Task>, StoreError> {
        Ok(self.rows().tasks.get(&number).cloned())
    }

    async fn tasks(&self, _: UserId, numbers: &[TaskNumber]) -> Result<Vec<Task>, StoreError> {
        let rows = self.rows();
        Ok(numbers.iter().filter_map(|number| rows.tasks.get(number).cloned()).collect())
    }

    async fn list(&self, _: UserId, query: &ListQuery) -> Result<Page, StoreError> {
        let mut tasks: Vec<Task> = self
            .rows()
            .tasks
            .values()
            .filter(|task| matches(task, &query.filter))
            .cloned()
            .collect();
        match query.sort {
            Sort::Due => tasks.sort_by_key(|task| (task.due_key(), task.number)),
            Sort::Priority => tasks.sort_by_key(|task| {
                (std::cmp::Reverse(task.priority), task.due_key(), task.number)
            }),
            Sort::Newest => tasks.sort_by_key(|task| std::cmp::Reverse(task.number)),
            Sort::Oldest => tasks.sort_by_key(|task| task.number),
            Sort::Completed => tasks.sort_by_key(|task| std::cmp::Reverse(task.completed_at)),
            Sort::Deleted => tasks.sort_by_key(|task| std::cmp::Reverse(task.deleted_at)),
        }
        Ok(Page::cut(tasks, query))
    }

    async fn count(&self, _: UserId, filter: &Filter, at_most: i64) -> Result<i64, StoreError> {
        Ok((self.rows().tasks.values().filter(|task| matches(task, filter)).count() as i64)
            .min(at_most))
    }

    async fn tags(&self, _: UserId) -> Result<Vec<TagCount>, StoreError> {
        Ok(Vec::new())
    }

    async fn changes(&self, _: UserId, query: &ChangeQuery) -> Result<Vec<Change>, StoreError> {
        Ok(self.rows().changes.iter().rev().take(query.limit as usize).cloned().collect())
    }

    async fn completions(&self, _: UserId, _: Timestamp) -> Result<Vec<Timestamp>, StoreError> {
        Ok(Vec::new())
    }
}

struct Transaction {
    memory: Memory,
    owner: Owner,
}

#[async_trait]
impl TaskTransaction for Transaction {
    fn owner(&self) -> &Owner {
        &self.owner
    }

    async fn tasks(&mut self, numbers: &[TaskNumber]) -> Result<Vec<Task>, StoreError> {
        let rows = self.memory.rows();
        Ok(numbers.iter().filter_map(|number| rows.tasks.get(number).cloned()).collect())
    }

    async fn change(&mut self, seq: ChangeSeq) -> Result<Option<Change>, StoreError> {
        Ok(self.memory.rows().changes.iter().find(|change| change.seq == seq).cloned())
    }

    async fn newest_undoable(
        &mut self,
        _: Option<ConversationId>,
    ) -> Result<Option<Change>, StoreError> {
        let rows = self.memory.rows();
        Ok(rows
            .changes
            .iter()
            .rev()
            .find(|change| change.verb != Verb::Undo && change.is_undoable())
            .cloned())
    }

    async fn undoable_by(
        &mut self,
        _: &Actor,
        _: Timestamp,
        _: u64,
    ) -> Result<Vec<Change>, StoreError> {
        Ok(Vec::new())
    }

    async fn plan(&mut self, id: PlanId) -> Result<Option<Plan>, StoreError> {
        Ok(self.memory.rows().plans.iter().find(|plan| plan.id == id).cloned())
    }

    async fn commit(self: Box<Self>, commit: Commit) -> Result<(), StoreError> {
        let mut rows = self.memory.rows();
        rows.owner = commit.owner;
        if let Some(change) = commit.change {
            for row in &change.rows {
                match &row.after {
                    Some(task) => rows.tasks.insert(task.number, task.clone()),
                    None => rows.tasks.remove(&row.number()),
                };
            }
            for other in &mut rows.changes {
                if commit.undone.contains(&other.seq) {
                    other.undone_by = Some(change.seq);
                }
                if commit.redone.contains(&other.seq) {
                    other.undone_by = None;
                }
            }
            rows.changes.push(change);
        }
        if let Some(id) = commit.plan {
            let plan = rows.plans.iter_mut().find(|plan| plan.id == id);
            plan.unwrap().answer = Some(PlanAnswer::Confirmed);
        }
        Ok(())
    }
}

#[async_trait]
impl PlanStore for Memory {
    async fn insert(&self, _: UserId, new: NewPlan) -> Result<Plan, StoreError> {
        let mut rows = self.rows();
        let NewPlan {
            title,
            command,
            rows: changes,
            asked_by,
            conversation,
            created_at,
            expires_at,
        } = new;
        let id = PlanId(rows.plans.len() as i64 + 1);
        let plan = Plan {
            id,
            title,
            command,
            rows: changes,
            asked_by,
            conversation,
            created_at,
            expires_at,
            answer: None,
            change: None,
        };
        rows.plans.push(plan.clone());
        Ok(plan)
    }

    async fn plan(&self, _: UserId, id: PlanId) -> Result<Option<Plan>, StoreError> {
        Ok(self.rows().plans.iter().find(|plan| plan.id == id).cloned())
    }

    async fn waiting(&self, _: UserId, now: Timestamp) -> Result<Vec<Plan>, StoreError> {
        Ok(self.rows().plans.iter().filter(|plan| plan.check(now).is_ok()).cloned().collect())
    }

    async fn cancel(&self, _: UserId, id: PlanId, _: Timestamp) -> Result<bool, StoreError> {
        let mut rows = self.rows();
        let plan = rows.plans.iter_mut().find(|plan| plan.id == id && plan.answer.is_none());
        Ok(plan.map(|plan| plan.answer = Some(PlanAnswer::Cancelled)).is_some())
    }
}

//! Stores in memory: one list, one lock, nothing else.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use jiff::Timestamp;
use todo_core::{
    Actor, ChangeSeq, ConversationId, PlanId, StoreError, Task, TaskNumber, UserId,
    plans::{NewPlan, Plan, PlanAnswer, PlanStore},
    settings::Settings,
    tasks::{
        Begun, Change, ChangeQuery, Commit, Filter, ListQuery, Owner, Page, RetryKey, TagCount,
        TaskStore, TaskTransaction, Verb,
    },
};

/// Everything that one owner has.
#[derive(Clone)]
pub(crate) struct Rows {
    pub(crate) owner: Owner,
    pub(crate) tasks: BTreeMap<TaskNumber, Task>,
    pub(crate) changes: Vec<Change>,
    pub(crate) plans: Vec<Plan>,
    answers: HashMap<String, ([u8; 32], String)>,
}

/// The store. Clones share their rows.
#[derive(Clone)]
pub(crate) struct Memory(Arc<Mutex<Rows>>);

impl Memory {
    pub(crate) fn new(user: UserId) -> Self {
        let owner = Owner::new(user, Settings::default());
        let (tasks, changes, plans, answers) = Default::default();
        Self(Arc::new(Mutex::new(Rows { owner, tasks, changes, plans, answers })))
    }

    /// A copy of what is there now.
    pub(crate) fn rows(&self) -> Rows {
        self.0.lock().unwrap().clone()
    }
}

#[async_trait]
impl TaskStore for Memory {
    async fn owner(&self, _: UserId) -> Result<Option<Owner>, StoreError> {
        Ok(Some(self.rows().owner))
    }

    async fn save_settings(&self, _: UserId, settings: &Settings) -> Result<(), StoreError> {
        self.0.lock().unwrap().owner.settings = settings.clone();
        Ok(())
    }

    async fn begin(
        &self,
        _: UserId,
        retry: Option<&RetryKey>,
        _: Timestamp,
    ) -> Result<Begun, StoreError> {
        let rows = self.rows();
        let used = retry.and_then(|retry| Some((retry, rows.answers.get(&retry.key)?)));
        Ok(match used {
            Some((retry, (fingerprint, answer))) if *fingerprint == retry.fingerprint => {
                Begun::Again(answer.clone())
            }
            Some(_) => Begun::KeyReused,
            None => Begun::Fresh(Box::new(Transaction {
                store: self.clone(),
                rows,
                key: retry.cloned(),
            })),
        })
    }

    async fn task(&self, _: UserId, number: TaskNumber) -> Result<Option<Task>, StoreError> {
        Ok(self.rows().tasks.get(&number).cloned())
    }

    async fn tasks(&self, _: UserId, numbers: &[TaskNumber]) -> Result<Vec<Task>, StoreError> {
        Ok(named(&self.rows(), numbers))
    }

    async fn list(&self, _: UserId, _: &ListQuery) -> Result<Page, StoreError> {
        unreachable!("lists are the business of databases")
    }

    async fn count(&self, _: UserId, _: &Filter, _: i64) -> Result<i64, StoreError> {
        unreachable!("lists are the business of databases")
    }

    async fn tags(&self, _: UserId) -> Result<Vec<TagCount>, StoreError> {
        unreachable!("lists are the business of databases")
    }

    async fn changes(&self, _: UserId, _: &ChangeQuery) -> Result<Vec<Change>, StoreError> {
        Ok(self.rows().changes)
    }

    async fn completions(&self, _: UserId, _: Timestamp) -> Result<Vec<Timestamp>, StoreError> {
        unreachable!("lists are the business of databases")
    }
}

struct Transaction {
    store: Memory,
    rows: Rows,
    key: Option<RetryKey>,
}

#[async_trait]
impl TaskTransaction for Transaction {
    fn owner(&self) -> &Owner {
        &self.rows.owner
    }

    async fn tasks(&mut self, numbers: &[TaskNumber]) -> Result<Vec<Task>, StoreError> {
        Ok(named(&self.rows, numbers))
    }

    async fn change(&mut self, seq: ChangeSeq) -> Result<Option<Change>, StoreError> {
        Ok(self.rows.changes.iter().find(|change| change.seq == seq).cloned())
    }

    async fn newest_undoable(
        &mut self,
        within: Option<ConversationId>,
    ) -> Result<Option<Change>, StoreError> {
        let here = |change: &&Change| within.is_none() || change.conversation == within;
        Ok(self.rows.changes.iter().rev().filter(is_undoable).find(here).cloned())
    }

    async fn undoable_by(
        &mut self,
        actor: &Actor,
        since: Timestamp,
        limit: u64,
    ) -> Result<Vec<Change>, StoreError> {
        let theirs = |change: &&Change| change.actor == *actor && change.at >= since;
        let found = self.rows.changes.iter().rev().filter(is_undoable).filter(theirs);
        Ok(found.take(limit as usize).cloned().collect())
    }

    async fn plan(&mut self, id: PlanId) -> Result<Option<Plan>, StoreError> {
        Ok(self.rows.plans.iter().find(|plan| plan.id == id).cloned())
    }

    async fn commit(self: Box<Self>, commit: Commit) -> Result<(), StoreError> {
        let Self { store, mut rows, key } = *self;
        rows.owner = commit.owner;
        for change in &mut rows.changes {
            if commit.undone.contains(&change.seq) {
                change.undone_by = commit.change.as_ref().map(|undo| undo.seq);
            }
            if commit.redone.contains(&change.seq) {
                change.undone_by = None;
            }
        }
        for row in commit.change.iter().flat_map(|change| &change.rows) {
            match &row.after {
                Some(task) => rows.tasks.insert(row.number(), task.clone()),
                None => rows.tasks.remove(&row.number()),
            };
        }
        rows.changes.extend(commit.change);
        for plan in rows.plans.iter_mut().filter(|plan| Some(plan.id) == commit.plan) {
            plan.answer = Some(PlanAnswer::Confirmed);
        }
        if let (Some(key), Some(answer)) = (key, commit.answer) {
            rows.answers.insert(key.key, (key.fingerprint, answer));
        }
        *store.0.lock().unwrap() = rows;
        Ok(())
    }
}

#[async_trait]
impl PlanStore for Memory {
    async fn insert(&self, _: UserId, new: NewPlan) -> Result<Plan, StoreError> {
        let mut rows = self.0.lock().unwrap();
        let id = PlanId(rows.plans.len() as i64 + 1);
        let NewPlan {
            title,
            command,
            rows: images,
            asked_by,
            conversation,
            created_at,
            expires_at,
        } = new;
        let plan = Plan {
            id,
            title,
            command,
            rows: images,
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
        Ok(self.rows().plans.into_iter().find(|plan| plan.id == id))
    }

    async fn waiting(&self, _: UserId, now: Timestamp) -> Result<Vec<Plan>, StoreError> {
        Ok(self.rows().plans.into_iter().rev().filter(|plan| plan.check(now).is_ok()).collect())
    }

    async fn cancel(&self, _: UserId, id: PlanId, now: Timestamp) -> Result<bool, StoreError> {
        let mut rows = self.0.lock().unwrap();
        let waiting = rows.plans.iter_mut().find(|plan| plan.id == id && plan.check(now).is_ok());
        Ok(waiting.map(|plan| plan.answer = Some(PlanAnswer::Cancelled)).is_some())
    }
}

fn named(rows: &Rows, numbers: &[TaskNumber]) -> Vec<Task> {
    numbers.iter().filter_map(|number| rows.tasks.get(number).cloned()).collect()
}

fn is_undoable(change: &&Change) -> bool {
    change.verb != Verb::Undo && change.is_undoable()
}

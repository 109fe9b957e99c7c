//! The use cases that write.

use std::{collections::BTreeMap, sync::Arc};

use jiff::Timestamp;

use super::{
    Begun, Command, Commit, Moment, Owner, Receipt, RetryKey, TaskError, TaskStore,
    TaskTransaction, UndoTarget, decide,
};
use crate::{
    Caller, Clock, StoreError, Task, TaskNumber, UserId,
    plans::{self, Plan, PlanStore},
    settings::Settings,
};

/// The use cases of tasks.
#[derive(Clone)]
pub struct Tasks {
    pub(crate) store: Arc<dyn TaskStore>,
    pub(crate) plans: Arc<dyn PlanStore>,
    pub(crate) clock: Arc<dyn Clock>,
}

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

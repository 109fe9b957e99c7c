use crate::{ChangeSeq, PlanId, StoreError, TaskNumber, task::Invalid};

/// Everything that can go wrong in a task use case. Messages are written for whoever asked.
#[derive(Debug, thiserror::Error)]
pub enum TaskError {
    /// The caller has no such task.
    #[error("task {0} does not exist")]
    NotFound(TaskNumber),
    /// A value that a task cannot have.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The command named no task. Nothing is never everything.
    #[error("no task was named")]
    NothingNamed,
    /// The command named too many tasks.
    #[error("at most {max} tasks at once, this was {count}")]
    TooMany {
        /// How many it named.
        count: usize,
        /// How many are allowed.
        max: usize,
    },
    /// Somebody else changed the task since the caller saw it.
    #[error("task {number} was changed in the meantime: it is at version {version} now")]
    Stale {
        /// Which task.
        number: TaskNumber,
        /// Its version now.
        version: i64,
    },
    /// The key was used for another request.
    #[error("this idempotency key was used for a different request")]
    KeyReused,
    /// The key cannot be used at all.
    #[error("an idempotency key has 1 to 200 visible ASCII characters")]
    BadKey,
    /// The cursor is not one of ours, or belongs to another order.
    #[error("this cursor does not belong to this list")]
    BadCursor,
    /// There is no such change.
    #[error("change {0} does not exist")]
    NoSuchChange(ChangeSeq),
    /// There is nothing to undo.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// It was undone before.
    #[error("change {0} was already undone")]
    AlreadyUndone(ChangeSeq),
    /// A later change to the same task is in the way.
    #[error(
        "change {seq} cannot be undone on its own: task {number} was changed again by change {by}"
    )]
    UndoConflict {
        /// The change that should be undone.
        seq: ChangeSeq,
        /// The task that was changed again.
        number: TaskNumber,
        /// The change that did so.
        by: ChangeSeq,
    },
    /// There is no such plan, or it is somebody else's.
    #[error("plan {0} does not exist")]
    NoSuchPlan(PlanId),
    /// The plan was confirmed or cancelled before.
    #[error("plan {0} was already answered")]
    PlanAnswered(PlanId),
    /// The plan's five minutes are over.
    #[error("plan {0} has expired, ask for it again")]
    PlanExpired(PlanId),
    /// A task of the plan was changed since; nothing was done.
    #[error("plan {plan} is out of date: task {number} was changed since")]
    PlanStale {
        /// Which plan.
        plan: PlanId,
        /// Which task.
        number: TaskNumber,
    },
    /// The database did not do it.
    #[error("the task store failed")]
    Store(#[from] StoreError),
}

//! Plans: what people confirm and models don't.
//!
//! Deleting more than one task, changing more than five, or touching everything is stored first: the command, pinned to the
//! exact versions of the tasks it names. A person has five minutes to confirm it, once.

mod wording;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Caller, ChangeSeq, ConversationId, PlanId, StoreError, TaskNumber, UserId,
    tasks::{Command, Item, ItemResult, Moment, RowChange, Rows, TaskError, decide},
};

/// How long a plan waits.
pub const OPEN_FOR: SignedDuration = SignedDuration::from_mins(5);

/// More deletions than this at once need a person.
const DELETE_AT_ONCE: usize = 1;

/// More changes than this at once need a person.
const CHANGE_AT_ONCE: usize = 5;

/// Whether a command of the assistant or of a program needs a person. `all` says that its tasks were named by "everything".
pub fn needs_confirmation(command: &Command, all: bool) -> bool {
    let at_once = match command {
        Command::Add(_) | Command::Undo(_) | Command::Restore(_) => return false,
        Command::Delete(_) => DELETE_AT_ONCE,
        Command::Update(_) | Command::Complete(_) | Command::Reopen(_) => CHANGE_AT_ONCE,
    };
    all || command.len() > at_once
}

/// A command that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its number among its owner's plans.
    pub id: PlanId,
    /// What would be done, as a question.
    pub title: String,
    /// What would be done, for exactly the versions that were seen.
    pub command: Command,
    /// Each row before and after, as it was when the plan was made.
    pub rows: Vec<RowChange>,
    /// Who asks.
    pub asked_by: Actor,
    /// In which conversation.
    pub conversation: Option<ConversationId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it can be confirmed.
    pub expires_at: Timestamp,
    /// How it ended.
    pub answer: Option<PlanAnswer>,
    /// The change that carried it out, if it changed anything.
    pub change: Option<ChangeSeq>,
}

impl Plan {
    /// Whether it can still be confirmed.
    ///
    /// # Errors
    /// Answered before, or expired.
    pub fn check(&self, now: Timestamp) -> Result<(), TaskError> {
        if self.answer.is_some() {
            return Err(TaskError::PlanAnswered(self.id));
        }
        if now >= self.expires_at {
            return Err(TaskError::PlanExpired(self.id));
        }
        Ok(())
    }
}

/// How a plan ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlanAnswer {
    /// A person confirmed it, and it was carried out.
    Confirmed,
    /// A person said no.
    Cancelled,
}

/// A plan that has no number yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlan {
    /// What would be done, as a question.
    pub title: String,
    /// What would be done.
    pub command: Command,
    /// Each row before and after.
    pub rows: Vec<RowChange>,
    /// Who asks.
    pub asked_by: Actor,
    /// In which conversation.
    pub conversation: Option<ConversationId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it can be confirmed.
    pub expires_at: Timestamp,
}

impl NewPlan {
    /// Whether the same actor asked for the same thing at the same place before.
    pub(crate) fn repeats(&self, plan: &Plan) -> bool {
        self.command == plan.command
            && self.asked_by == plan.asked_by
            && self.conversation == plan.conversation
    }
}

/// Where plans are kept. They are carried out in the transaction of the tasks; see
/// [`TaskTransaction::plan`](crate::tasks::TaskTransaction::plan).
#[async_trait]
pub trait PlanStore: Send + Sync + 'static {
    /// Stores a plan under the owner's next number.
    async fn insert(&self, user: UserId, plan: NewPlan) -> Result<Plan, StoreError>;

    /// One plan.
    async fn plan(&self, user: UserId, id: PlanId) -> Result<Option<Plan>, StoreError>;

    /// The plans that can be confirmed now, newest first.
    async fn waiting(&self, user: UserId, now: Timestamp) -> Result<Vec<Plan>, StoreError>;

    /// Ends a plan that nobody answered yet; `false` when there is none.
    async fn cancel(&self, user: UserId, id: PlanId, now: Timestamp) -> Result<bool, StoreError>;
}

/// Works out a plan: what the command would do to these rows, pinned to their versions.
///
/// # Errors
/// As the command itself; [`TaskError::NothingNamed`] when it would change nothing.
pub(crate) fn draft(
    command: Command,
    rows: &Rows,
    caller: &Caller,
    moment: &Moment<'_>,
    all: bool,
) -> Result<NewPlan, TaskError> {
    let command = command.pinned(|number| rows.get(&number).map(|task| task.version));
    let decision = decide(&command, rows, moment)?;
    if decision.rows.is_empty() {
        return Err(TaskError::NothingNamed);
    }
    let created_at = moment.now.timestamp();
    Ok(NewPlan {
        title: wording::title(&command, &decision.rows, all),
        command,
        rows: decision.rows,
        asked_by: caller.actor.clone(),
        conversation: caller.conversation,
        created_at,
        expires_at: created_at.saturating_add(OPEN_FOR).unwrap_or(Timestamp::MAX),
    })
}

/// The first task of a plan that is not what it was when the plan was made.
pub(crate) fn stale(items: &[Item]) -> Option<TaskNumber> {
    let changed = |item: &&Item| matches!(item.result, ItemResult::Missing | ItemResult::Stale(_));
    items.iter().find(changed).map(|item| item.number)
}

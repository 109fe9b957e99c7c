//! Plans that wait for a person.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use todo_core::plans::{Plan, PlanAnswer};
use utoipa::ToSchema;

use crate::{change::ChangeBody, change::RowBody};

/// Something large that is done only after a person confirmed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Plan)]
pub struct PlanBody {
    /// Its number among the user's plans.
    pub id: i64,
    /// What would be done, as a question.
    pub title: String,
    /// `delete`, `complete`, `reopen`, `update`, `restore` or `add`.
    pub verb: String,
    /// Who asks: `assistant`, `key:ID` or `client:ID`.
    pub asked_by: String,
    /// In which conversation.
    pub conversation_id: Option<i64>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// Until when it can be confirmed.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
    /// `waiting`, `confirmed`, `cancelled` or `expired`.
    pub state: PlanState,
    /// The change that carried it out, for undo; `null` as long as nothing changed.
    pub change_id: Option<i64>,
    /// Each task before and after.
    pub tasks: Vec<RowBody>,
}

/// Whether a plan can be confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum PlanState {
    /// It can.
    Waiting,
    /// It was.
    Confirmed,
    /// Somebody said no.
    Cancelled,
    /// Its five minutes are over.
    Expired,
}

impl PlanBody {
    /// As it is sent at `now`.
    pub fn new(plan: &Plan, now: Timestamp) -> Self {
        use todo_core::tasks::Command;
        let verb = match plan.command {
            Command::Add(_) => "add",
            Command::Update(_) => "update",
            Command::Complete(_) => "complete",
            Command::Reopen(_) => "reopen",
            Command::Delete(_) => "delete",
            Command::Restore(_) => "restore",
            Command::Undo(_) => "undo",
        };
        let state = match plan.answer {
            Some(PlanAnswer::Confirmed) => PlanState::Confirmed,
            Some(PlanAnswer::Cancelled) => PlanState::Cancelled,
            None if now >= plan.expires_at => PlanState::Expired,
            None => PlanState::Waiting,
        };
        Self {
            id: plan.id.0,
            title: plan.title.clone(),
            verb: verb.to_owned(),
            asked_by: plan.asked_by.to_string(),
            conversation_id: plan.conversation.map(|id| id.0),
            created_at: plan.created_at,
            expires_at: plan.expires_at,
            state,
            change_id: plan.change.map(|seq| seq.0),
            tasks: plan.rows.iter().map(RowBody::from).collect(),
        }
    }
}

/// The plans that wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = PlanList)]
pub struct PlanListBody {
    /// Newest first.
    pub plans: Vec<PlanBody>,
}

/// What a confirmed plan did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = PlanOutcome)]
pub struct PlanOutcomeBody {
    /// The plan.
    pub plan: PlanBody,
    /// The change that it wrote; `null` when everything was so already.
    pub change: Option<ChangeBody>,
}

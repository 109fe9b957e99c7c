//! What the rules say went wrong, as HTTP. This is the only translation.

use std::time::Duration;

use http::StatusCode;
use todo_core::{StoreError, task::Invalid, tasks::TaskError};

use crate::ApiError;

impl From<Invalid> for ApiError {
    fn from(invalid: Invalid) -> Self {
        let field = invalid.field;
        Self::client(StatusCode::UNPROCESSABLE_ENTITY, "invalid", invalid).with_field(field)
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::Unavailable(_) => Self::unavailable(&error, Duration::from_secs(2)),
            StoreError::Broken(_) => Self::internal(&error),
        }
    }
}

impl From<TaskError> for ApiError {
    fn from(error: TaskError) -> Self {
        use TaskError as E;
        let (status, code) = match error {
            E::Invalid(invalid) => return invalid.into(),
            E::Store(error) => return error.into(),
            E::Stale { version, .. } => {
                return Self::client(StatusCode::PRECONDITION_FAILED, "version_conflict", &error)
                    .with("version", version);
            }
            E::UndoConflict { by, .. } => {
                return Self::client(StatusCode::CONFLICT, "undo_conflict", &error)
                    .with("change", by.0);
            }
            E::NotFound(_) => (StatusCode::NOT_FOUND, "task_not_found"),
            E::NoSuchChange(_) => (StatusCode::NOT_FOUND, "change_not_found"),
            E::NoSuchPlan(_) => (StatusCode::NOT_FOUND, "plan_not_found"),
            E::NothingToUndo => (StatusCode::CONFLICT, "nothing_to_undo"),
            E::AlreadyUndone(_) => (StatusCode::CONFLICT, "already_undone"),
            E::PlanAnswered(_) => (StatusCode::CONFLICT, "plan_answered"),
            E::PlanExpired(_) => (StatusCode::CONFLICT, "plan_expired"),
            E::PlanStale { .. } => (StatusCode::CONFLICT, "plan_stale"),
            E::NothingNamed => (StatusCode::UNPROCESSABLE_ENTITY, "nothing_named"),
            E::TooMany { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "too_many"),
            E::KeyReused => (StatusCode::UNPROCESSABLE_ENTITY, "idempotency_key_reused"),
            E::BadKey => (StatusCode::BAD_REQUEST, "bad_idempotency_key"),
            E::BadCursor => (StatusCode::BAD_REQUEST, "bad_cursor"),
        };
        Self::client(status, code, error)
    }
}

//! Answers to plans.

use axum::response::IntoResponse;
use todo_service::extract::Path;

use super::tasks::Nothing;
use super::{Answer, Back, Sent, refused};
use crate::parts::notice::Notice;
use crate::session::Visitor;

/// `POST /plans/{id}/confirm`.
pub(crate) async fn confirm(
    visitor: Visitor,
    back: Back,
    Path(id): Path<i64>,
    sent: Sent<Nothing>,
) -> Answer {
    match sent.once(&visitor.client).confirm(id).await {
        Ok(outcome) => {
            let back = if outcome.plan.conversation_id.is_some() { back.at_chat() } else { back };
            Ok(match outcome.change {
                Some(change) => back.did(Some(change.id)),
                None => back.notice(Notice::NothingToDo),
            }
            .into_response())
        }
        Err(error) => refused(back, &error),
    }
}

/// `POST /plans/{id}/cancel`.
pub(crate) async fn cancel(
    visitor: Visitor,
    back: Back,
    Path(id): Path<i64>,
    sent: Sent<Nothing>,
) -> Answer {
    match sent.once(&visitor.client).cancel(id).await {
        Ok(()) => Ok(back.notice(Notice::PlanKept).into_response()),
        Err(error) => refused(back, &error),
    }
}

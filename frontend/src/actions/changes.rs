//! Undo.

use axum::response::IntoResponse;
use todo_service::extract::{Path, Query};

use super::tasks::{Named, Nothing};
use super::{Answer, Back, Sent, refused};
use crate::address::ids;
use crate::failure::Failure;
use crate::parts::notice::Notice;
use crate::session::Visitor;

/// `POST /changes/{id}/undo`.
pub(crate) async fn undo(
    visitor: Visitor,
    back: Back,
    Path(id): Path<i64>,
    sent: Sent<Nothing>,
) -> Answer {
    match sent.once(&visitor.client).undo(id).await {
        Ok(change) => Ok(back.did(Some(change.id)).into_response()),
        // The page names the later change that is in the way of this one.
        Err(error) if Notice::from(&error) == Notice::UndoConflict => {
            refused(back.did(Some(id)), &error)
        }
        Err(error) => refused(back, &error),
    }
}

/// `POST /changes/undo?ids=…`: the newest first, so that none is in the way of another.
///
/// # Errors
/// The address names no changes.
pub(crate) async fn undo_several(
    visitor: Visitor,
    mut back: Back,
    Query(named): Query<Named>,
    sent: Sent<Nothing>,
) -> Answer {
    let mut ids = ids(&named.ids).ok_or(Failure::NotFound)?;
    ids.sort_unstable_by(|a, b| b.cmp(a));
    for id in ids {
        match sent.step(&visitor.client, &id.to_string()).undo(id).await {
            Ok(change) => back = back.did(Some(change.id)),
            Err(error) if Notice::from(&error) == Notice::UndoneBefore => {}
            Err(error) => return refused(back, &error),
        }
    }
    Ok(back.into_response())
}

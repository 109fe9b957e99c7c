use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header};
use todo_api::{
    Problem,
    conversation::{ConversationBody, ConversationExportBody, MessageBody},
};
use todo_core::{Caller, ConversationId, StoreError, chats::ChatStore};
use todo_service::{ApiError, extract::Json};

use super::lookup;
use crate::extract::{Id, Me};

/// How many messages are read at once.
const STEP: u64 = 200;

/// A whole conversation, as a file.
#[utoipa::path(
    get, path = "/api/{user_id}/conversations/{id}/export", tag = "chat",
    params(("user_id" = String, Path,), ("id" = i64, Path,)),
    responses((status = 200, body = ConversationExportBody), (status = 404, body = Problem))
)]
#[tracing::instrument(name = "http.conversations.export", skip_all, fields(conversation.id = id.0))]
pub(crate) async fn export(
    State(chats): State<Arc<dyn ChatStore>>,
    Me(caller): Me,
    id: Id,
) -> Result<Response, ApiError> {
    let conversation = ConversationBody::from(&lookup(&*chats, &caller, id).await?);
    let messages = everything(&*chats, &caller, ConversationId(id.0)).await?;
    let name = format!("attachment; filename=\"conversation-{}.json\"", id.0);
    let disposition = HeaderValue::from_str(&name).expect("a number makes a plain file name");
    let body = ConversationExportBody { conversation, messages };
    Ok(([(header::CONTENT_DISPOSITION, disposition)], Json(body)).into_response())
}

async fn everything(
    chats: &dyn ChatStore,
    caller: &Caller,
    id: ConversationId,
) -> Result<Vec<MessageBody>, StoreError> {
    let mut pages = Vec::new();
    let mut before = None;
    loop {
        let page = chats.messages(caller.user, id, before, STEP).await?;
        before = page.first().map(|message| message.seq);
        let last = (page.len() as u64) < STEP;
        pages.push(page);
        if last {
            break;
        }
    }
    Ok(pages.iter().rev().flatten().map(MessageBody::from).collect())
}

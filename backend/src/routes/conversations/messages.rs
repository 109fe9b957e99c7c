use std::sync::Arc;

use axum::extract::State;
use todo_api::{
    Problem,
    conversation::{MessageBody, MessageListBody, MessageParams},
};
use todo_core::{ConversationId, chats::ChatStore};
use todo_service::{
    ApiError,
    extract::{Json, Query},
};

use super::{limit, lookup};
use crate::extract::{Id, Me};

/// The last messages of a conversation, oldest first.
#[utoipa::path(
    get, path = "/api/{user_id}/conversations/{id}/messages", tag = "chat",
    params(("user_id" = String, Path,), ("id" = i64, Path,), MessageParams),
    responses((status = 200, body = MessageListBody), (status = 404, body = Problem))
)]
#[tracing::instrument(name = "http.conversations.messages", skip_all, fields(conversation.id = id.0))]
pub(crate) async fn list(
    State(chats): State<Arc<dyn ChatStore>>,
    Me(caller): Me,
    id: Id,
    Query(params): Query<MessageParams>,
) -> Result<Json<MessageListBody>, ApiError> {
    lookup(&*chats, &caller, id).await?;
    let limit = limit(params.limit)?;
    let messages = chats.messages(caller.user, ConversationId(id.0), params.before, limit).await?;
    Ok(Json(MessageListBody { messages: messages.iter().map(MessageBody::from).collect() }))
}

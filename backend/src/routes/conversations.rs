//! `/api/{user_id}/conversations`

pub(crate) mod export;
pub(crate) mod messages;

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use todo_api::{
    Problem,
    conversation::{ConversationBody, ConversationListBody, ConversationParams, TitleBody},
};
use todo_core::{
    Caller, Clock, ConversationId,
    chats::{ChatStore, Conversation},
    task::Invalid,
};
use todo_service::{
    ApiError,
    extract::{Json, Query},
};

use crate::extract::{Id, Me};

/// The longest title of a conversation, in characters.
const LONGEST_TITLE: usize = 100;

/// The conversations, the last used first.
#[utoipa::path(
    get, path = "/api/{user_id}/conversations", tag = "chat",
    params(("user_id" = String, Path,), ConversationParams),
    responses((status = 200, body = ConversationListBody), (status = 422, body = Problem))
)]
#[tracing::instrument(name = "http.conversations.list", skip_all)]
pub(crate) async fn list(
    State(chats): State<Arc<dyn ChatStore>>,
    Me(caller): Me,
    Query(params): Query<ConversationParams>,
) -> Result<Json<ConversationListBody>, ApiError> {
    let limit = limit(params.limit)?;
    let search = params.q.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let found = chats.conversations(caller.user, search, params.before, limit).await?;
    Ok(Json(ConversationListBody {
        conversations: found.iter().map(ConversationBody::from).collect(),
    }))
}

/// Begins a conversation.
#[utoipa::path(
    post, path = "/api/{user_id}/conversations", tag = "chat", request_body = TitleBody,
    params(("user_id" = String, Path,)),
    responses((status = 201, body = ConversationBody), (status = 422, body = Problem))
)]
#[tracing::instrument(name = "http.conversations.create", skip_all)]
pub(crate) async fn create(
    State(chats): State<Arc<dyn ChatStore>>,
    State(clock): State<Arc<dyn Clock>>,
    Me(caller): Me,
    Json(body): Json<TitleBody>,
) -> Result<Response, ApiError> {
    let conversation = chats.create(caller.user, &title(&body)?, clock.now()).await?;
    Ok((StatusCode::CREATED, Json(ConversationBody::from(&conversation))).into_response())
}

/// One conversation.
#[utoipa::path(
    get, path = "/api/{user_id}/conversations/{id}", tag = "chat",
    params(("user_id" = String, Path,), ("id" = i64, Path,)),
    responses((status = 200, body = ConversationBody), (status = 404, body = Problem))
)]
#[tracing::instrument(name = "http.conversations.get", skip_all, fields(conversation.id = id.0))]
pub(crate) async fn get(
    State(chats): State<Arc<dyn ChatStore>>,
    Me(caller): Me,
    id: Id,
) -> Result<Json<ConversationBody>, ApiError> {
    Ok(Json(ConversationBody::from(&lookup(&*chats, &caller, id).await?)))
}

/// Renames a conversation.
#[utoipa::path(
    put, path = "/api/{user_id}/conversations/{id}", tag = "chat", request_body = TitleBody,
    params(("user_id" = String, Path,), ("id" = i64, Path,)),
    responses((status = 200, body = ConversationBody), (status = 404, body = Problem), (status = 422, body = Problem))
)]
#[tracing::instrument(name = "http.conversations.rename", skip_all, fields(conversation.id = id.0))]
pub(crate) async fn rename(
    State(chats): State<Arc<dyn ChatStore>>,
    Me(caller): Me,
    id: Id,
    Json(body): Json<TitleBody>,
) -> Result<Json<ConversationBody>, ApiError> {
    if !chats.rename(caller.user, ConversationId(id.0), &title(&body)?).await? {
        return Err(no_such_conversation(id));
    }
    Ok(Json(ConversationBody::from(&lookup(&*chats, &caller, id).await?)))
}

/// Deletes a conversation, for good. The tasks that came of it stay.
#[utoipa::path(
    delete, path = "/api/{user_id}/conversations/{id}", tag = "chat",
    params(("user_id" = String, Path,), ("id" = i64, Path,)),
    responses((status = 204), (status = 404, body = Problem))
)]
#[tracing::instrument(name = "http.conversations.remove", skip_all, fields(conversation.id = id.0))]
pub(crate) async fn remove(
    State(chats): State<Arc<dyn ChatStore>>,
    Me(caller): Me,
    id: Id,
) -> Result<StatusCode, ApiError> {
    if chats.delete(caller.user, ConversationId(id.0)).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(no_such_conversation(id))
    }
}

async fn lookup(chats: &dyn ChatStore, caller: &Caller, id: Id) -> Result<Conversation, ApiError> {
    chats
        .conversation(caller.user, ConversationId(id.0))
        .await?
        .ok_or_else(|| no_such_conversation(id))
}

fn no_such_conversation(id: Id) -> ApiError {
    let detail = format!("conversation {} does not exist", id.0);
    ApiError::client(StatusCode::NOT_FOUND, "conversation_not_found", detail)
}

fn title(body: &TitleBody) -> Result<String, Invalid> {
    let title = body.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = title.chars().count();
    if length == 0 || length > LONGEST_TITLE || title.contains('\0') {
        let message = format!("a conversation's title needs 1 to {LONGEST_TITLE} characters");
        return Err(Invalid::new("title", message));
    }
    Ok(title)
}

/// How many rows a page has.
fn limit(asked: Option<u64>) -> Result<u64, Invalid> {
    match asked.unwrap_or(50) {
        limit @ 1..=200 => Ok(limit),
        _ => Err(Invalid::new("limit", "limit is a number from 1 to 200")),
    }
}

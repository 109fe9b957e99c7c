use axum::extract::State;
use todo_api::{
    Problem,
    chat::{ChatBody, ChatReplyBody},
};
use todo_service::{ApiError, extract::Json};

use super::{refusal, say};
use crate::{
    App,
    extract::{Me, RetryKey},
};

/// Says something to the assistant, and waits for its answer.
#[utoipa::path(
    post, path = "/api/{user_id}/chat", tag = "chat", request_body = ChatBody, params(("user_id" = String, Path,), ("idempotency-key" = Option<String>, Header,)),
    responses(
        (status = 200, body = ChatReplyBody), (status = 404, body = Problem), (status = 422, body = Problem),
        (status = 429, body = Problem)
    )
)]
#[tracing::instrument(name = "http.chat.reply", skip_all)]
pub(crate) async fn reply(
    State(app): State<App>,
    Me(caller): Me,
    key: RetryKey,
    Json(body): Json<ChatBody>,
) -> Result<Json<ChatReplyBody>, ApiError> {
    let turn = say(&app, &caller, &key, body).await?;
    turn.reply().await.map(Json).map_err(|error| refusal(&error))
}

use std::convert::Infallible;

use axum::{
    extract::State,
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures::{StreamExt as _, stream};
use http::{HeaderName, HeaderValue};
use todo_api::{
    Problem,
    chat::{ChatBody, ChatEventBody},
};
use todo_service::{ApiError, extract::Json};

use super::say;
use crate::{
    App,
    extract::{Me, RetryKey},
};

/// Says something to the assistant, and watches it answer: `start`, `token`, `tool_call`, `tool_result`, `choices`,
/// `plan`, and at the end `done` or `error`. Closing the stream stops the turn.
#[utoipa::path(
    post, path = "/api/{user_id}/chat/stream", tag = "chat", request_body = ChatBody,
    params(("user_id" = String, Path,), ("idempotency-key" = Option<String>, Header,)),
    responses(
        (status = 200, body = ChatEventBody, content_type = "text/event-stream"),
        (status = 404, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)
    )
)]
#[tracing::instrument(name = "http.chat.stream", skip_all)]
pub(crate) async fn stream(
    State(app): State<App>,
    Me(caller): Me,
    key: RetryKey,
    Json(body): Json<ChatBody>,
) -> Result<Response, ApiError> {
    let turn = say(&app, &caller, &key, body).await?;
    let events =
        stream::unfold(turn, async |mut turn| turn.events.recv().await.map(|event| (event, turn)));
    let sse = Sse::new(events.map(|event| Ok::<_, Infallible>(sent(&event))))
        .keep_alive(KeepAlive::default());
    let mut response = sse.into_response();
    // Proxies that buffer would turn a stream into a wait.
    response
        .headers_mut()
        .insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(response)
}

fn sent(event: &ChatEventBody) -> Event {
    Event::default().event(event.name()).json_data(event).expect("an event has only text keys")
}

//! `/api/{user_id}/chat`

pub(crate) mod reply;
pub(crate) mod stream;

use std::time::Duration;

use http::StatusCode;
use todo_api::chat::ChatBody;
use todo_assistant::{Conversing, Said, SayError};
use todo_core::{Caller, ConversationId};
use todo_service::ApiError;

use crate::{App, extract::RetryKey};

/// Hands a message to the assistant. A message without a name of its own is named by the request's `Idempotency-Key`.
async fn say(
    app: &App,
    caller: &Caller,
    key: &RetryKey,
    body: ChatBody,
) -> Result<Conversing, ApiError> {
    app.chat_limit.count(caller.user)?;
    let said = Said {
        conversation: body.conversation_id.map(ConversationId),
        message_id: body
            .message_id
            .or_else(|| key.as_deref().map(str::to_owned))
            .unwrap_or_else(|| draw_message_id(app)),
        text: body.message,
        replaces: body.replaces,
        builtin: body.assistant.is_some(),
        settings: app.tasks.owner(caller).await?.settings,
    };
    app.assistant.say(caller, said).await.map_err(|error| refusal(&error))
}

fn draw_message_id(app: &App) -> String {
    let mut bytes = [0; 16];
    app.entropy.fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn refusal(error: &SayError) -> ApiError {
    use SayError as E;
    let unprocessable = |code, field| {
        ApiError::client(StatusCode::UNPROCESSABLE_ENTITY, code, error).with_field(field)
    };
    match error {
        E::BadLength { .. } | E::Nul => unprocessable("invalid_field", "message"),
        E::BadMessageId => unprocessable("invalid_field", "message_id"),
        E::NoSuchMessage(_) => ApiError::client(StatusCode::NOT_FOUND, "message_not_found", error),
        E::NoSuchConversation(_) => {
            ApiError::client(StatusCode::NOT_FOUND, "conversation_not_found", error)
        }
        E::StillRunning => ApiError::client(StatusCode::CONFLICT, "still_running", error)
            .with_retry_after(Duration::from_secs(2)),
        E::Lost | E::Store(todo_core::StoreError::Unavailable(_)) => {
            ApiError::unavailable(error, Duration::from_secs(2))
        }
        E::Store(todo_core::StoreError::Broken(_)) => ApiError::internal(error),
    }
}

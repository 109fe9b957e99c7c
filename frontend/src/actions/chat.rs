//! A message to the assistant, without scripts: the page comes back with the whole answer.

use axum::response::IntoResponse;
use http::StatusCode;
use serde::Deserialize;
use todo_api::chat::ChatBody;

use super::{Answer, Back, Sent, again, objection};
use crate::address::{Place, Talk};
use crate::failure::Failure;
use crate::parts::frame::Draft;
use crate::session::Visitor;

/// A message.
#[derive(Debug, Deserialize)]
pub(crate) struct Said {
    message: String,
    /// The conversation; empty for a new one.
    #[serde(default)]
    conversation: String,
}

/// `POST /chat`.
///
/// # Errors
/// Nobody is signed in.
pub(crate) async fn say(visitor: Visitor, mut back: Back, sent: Sent<Said>) -> Answer {
    let message = sent.form.message.replace("\r\n", "\n").trim().to_owned();
    if message.is_empty() {
        return Ok(back.at_chat().into_response());
    }
    if back.address.place == Place::Settings {
        back.address.place = Place::Today;
    }
    let body = ChatBody {
        message: message.clone(),
        conversation_id: sent.form.conversation.parse().ok(),
        message_id: sent.key().map(str::to_owned),
        ..ChatBody::default()
    };
    match visitor.client.chat(&body).await {
        Ok(reply) => Ok(back
            .with_conversation(Some(Talk::Id(reply.conversation_id)))
            .at_chat()
            .into_response()),
        Err(error) if Failure::from(&error) == Failure::SignedOut => Err(Failure::SignedOut),
        Err(error) => {
            let why = objection(&error)
                .map_or_else(|| "The assistant did not answer.".to_owned(), |(_, why)| why);
            let status = error
                .status()
                .filter(StatusCode::is_client_error)
                .unwrap_or(StatusCode::BAD_GATEWAY);
            again(&visitor, back.address, status, Draft::Message { text: message, error: why })
                .await
        }
    }
}

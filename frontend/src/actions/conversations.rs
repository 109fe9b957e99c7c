//! Conversations: new, rename, delete, export.

use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use serde::Deserialize;
use todo_api::conversation::TitleBody;
use todo_service::extract::Path;

use super::tasks::Nothing;
use super::{Answer, Back, Sent, refused};
use crate::address::{Address, Place, Talk};
use crate::failure::Failure;
use crate::parts::notice::Notice;
use crate::session::Visitor;

/// `POST /conversations`: an empty chat. The conversation itself begins with its first message, so that pressing the
/// button leaves nothing behind.
pub(crate) async fn begin(mut back: Back) -> Response {
    if matches!(back.address.place, Place::Conversation(_) | Place::Settings) {
        back.address = Address::of(Place::Today);
    }
    back.with_conversation(Some(Talk::New)).at_chat().into_response()
}

/// A name for a conversation.
#[derive(Debug, Deserialize)]
pub(crate) struct Name {
    title: String,
}

/// `POST /conversations/{id}/rename`.
pub(crate) async fn rename(
    visitor: Visitor,
    back: Back,
    Path(id): Path<i64>,
    sent: Sent<Name>,
) -> Answer {
    let title = TitleBody { title: sent.form.title.trim().to_owned() };
    match sent.once(&visitor.client).rename_conversation(id, &title).await {
        Ok(_) => Ok(back.notice(Notice::Renamed).into_response()),
        Err(error) => refused(back, &error),
    }
}

/// `POST /conversations/{id}/delete`: for good.
pub(crate) async fn delete(
    visitor: Visitor,
    back: Back,
    Path(id): Path<i64>,
    sent: Sent<Nothing>,
) -> Answer {
    match sent.once(&visitor.client).delete_conversation(id).await {
        Ok(()) => Ok(Back::to(Address::of(Place::Today))
            .notice(Notice::ConversationDeleted)
            .into_response()),
        Err(error) => refused(back, &error),
    }
}

/// `GET /conversations/{id}/export`: a file.
///
/// # Errors
/// There is no such conversation.
pub(crate) async fn export(visitor: Visitor, Path(id): Path<i64>) -> Answer {
    let whole = visitor.client.export_conversation(id).await?;
    let text = serde_json::to_string_pretty(&whole).map_err(|_| Failure::Broken)?;
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"conversation-{id}.json\"")),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
    ];
    Ok((StatusCode::OK, headers, text).into_response())
}

//! Tasks: add, edit, complete, move, delete, restore.

use axum::response::IntoResponse;
use http::StatusCode;
use serde::Deserialize;
use todo_api::ClientError;
use todo_api::task::{DueInputBody, NewTaskBody, PatchBody};
use todo_api::terms::Priority;
use todo_service::extract::{Path, Query};

use super::{Answer, Back, Sent, again, latest_change, objection, receipt, refused};
use crate::address::ids;
use crate::failure::Failure;
use crate::parts::editor::Typed;
use crate::parts::frame::Draft;
use crate::session::Visitor;

/// A line in the words of quick-add.
#[derive(Debug, Deserialize)]
pub(crate) struct Line {
    text: String,
    /// JSON `[[start, end], …]`: spans that stay text.
    #[serde(default)]
    literal: String,
}

/// `POST /tasks`.
pub(crate) async fn add(visitor: Visitor, back: Back, sent: Sent<Line>) -> Answer {
    let text = sent.form.text.trim();
    if text.is_empty() {
        return Ok(back.into_response());
    }
    // Spans count from the beginning of the line as it was typed.
    let literal = serde_json::from_str(&sent.form.literal).unwrap_or_default();
    let line =
        NewTaskBody { text: Some(sent.form.text.clone()), literal, ..NewTaskBody::default() };
    match sent.once(&visitor.client).add(&line).await {
        Ok(task) => Ok(back
            .did(latest_change(&visitor.client, task.id).await)
            .at_task(task.id)
            .into_response()),
        Err(error) => match objection(&error) {
            Some((_, why)) if back.address.place.has_quick_add() => {
                let draft = Draft::Task { text: sent.form.text.clone(), error: why };
                again(&visitor, back.address, StatusCode::UNPROCESSABLE_ENTITY, draft).await
            }
            _ => refused(back, &error),
        },
    }
}

/// Everything in the editor.
#[derive(Debug, Deserialize)]
pub(crate) struct Edited {
    #[serde(default)]
    version: Option<i64>,
    title: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    date: String,
    #[serde(default)]
    time: String,
    #[serde(default)]
    repeat: String,
    #[serde(default)]
    reminder: String,
    #[serde(default)]
    priority: Option<Priority>,
    #[serde(default)]
    tags: String,
}

impl Edited {
    fn typed(&self, id: i64) -> Typed {
        Typed {
            id,
            // Fields send CR LF between lines.
            title: self.title.replace("\r\n", " ").replace(['\r', '\n'], " "),
            description: self.description.replace("\r\n", "\n"),
            date: self.date.clone(),
            time: self.time.clone(),
            repeat: self.repeat.clone(),
            reminder: self.reminder.clone(),
            priority: self.priority.unwrap_or_default(),
            tags: self.tags.clone(),
            error: None,
            is_stale: false,
        }
    }
}

/// `POST /tasks/{id}`: saves the editor, unless somebody else changed the task since it was opened.
///
/// # Errors
/// Nobody is signed in, or the task does not exist.
pub(crate) async fn edit(
    visitor: Visitor,
    back: Back,
    Path(id): Path<i64>,
    sent: Sent<Edited>,
) -> Answer {
    let typed = sent.form.typed(id);
    let task = visitor.client.task(id).await?;
    if sent.form.version.is_some_and(|version| version != task.version) {
        return reopened(&visitor, back, StatusCode::CONFLICT, Typed { is_stale: true, ..typed })
            .await;
    }
    let patch = typed.patch(&task);
    if patch == PatchBody::default() {
        return Ok(back.at_task(id).into_response());
    }
    match sent.once(&visitor.client).update(id, &patch, sent.form.version).await {
        Ok(_) => Ok(back.did(latest_change(&visitor.client, id).await).at_task(id).into_response()),
        Err(error) => unsaved(&visitor, back, typed, &error).await,
    }
}

/// The editor with what was typed, and why it was not saved.
async fn unsaved(visitor: &Visitor, back: Back, typed: Typed, error: &ClientError) -> Answer {
    if matches!(error.status(), Some(StatusCode::PRECONDITION_FAILED | StatusCode::CONFLICT)) {
        return reopened(visitor, back, StatusCode::CONFLICT, Typed { is_stale: true, ..typed })
            .await;
    }
    match objection(error) {
        Some(error) => {
            reopened(
                visitor,
                back,
                StatusCode::UNPROCESSABLE_ENTITY,
                Typed { error: Some(error), ..typed },
            )
            .await
        }
        None => refused(back, error),
    }
}

async fn reopened(visitor: &Visitor, back: Back, status: StatusCode, typed: Typed) -> Answer {
    let mut at = back.address;
    if !at.place.is_list() {
        at.place = crate::address::Place::All;
    }
    at.query.task = Some(typed.id);
    again(visitor, at, status, Draft::Editor(Box::new(typed))).await
}

/// The state that a box asks for.
#[derive(Debug, Deserialize)]
pub(crate) struct Completion {
    completed: bool,
}

/// `POST /tasks/{id}/complete`.
pub(crate) async fn complete(
    visitor: Visitor,
    back: Back,
    Path(id): Path<i64>,
    sent: Sent<Completion>,
) -> Answer {
    let written = sent.once(&visitor.client).set_completed(id, sent.form.completed).await;
    receipt(&visitor, back.at_task(id), id, written).await
}

/// Where to move tasks, in words.
#[derive(Debug, Deserialize)]
pub(crate) struct Destination {
    to: String,
}

impl Destination {
    fn patch(&self) -> PatchBody {
        let words = self.to.trim();
        let due =
            (words != "none" && !words.is_empty()).then(|| DueInputBody::Words(words.to_owned()));
        PatchBody { due: Some(due), ..PatchBody::default() }
    }
}

/// `POST /tasks/{id}/move`.
pub(crate) async fn move_one(
    visitor: Visitor,
    back: Back,
    Path(id): Path<i64>,
    sent: Sent<Destination>,
) -> Answer {
    let written = sent.once(&visitor.client).update(id, &sent.form.patch(), None).await;
    receipt(&visitor, back.at_task(id), id, written).await
}

/// The tasks that a button names.
#[derive(Debug, Deserialize)]
pub(crate) struct Named {
    pub(super) ids: String,
}

/// `POST /tasks/move?ids=…`: one change for each task; what is gone meanwhile is left out.
///
/// # Errors
/// The address names no tasks.
pub(crate) async fn move_all(
    visitor: Visitor,
    mut back: Back,
    Query(named): Query<Named>,
    sent: Sent<Destination>,
) -> Answer {
    let ids = ids(&named.ids).ok_or(Failure::NotFound)?;
    let patch = sent.form.patch();
    for id in ids {
        let client = sent.step(&visitor.client, &id.to_string());
        match client.update(id, &patch, None).await {
            Ok(_) => back = back.did(latest_change(&visitor.client, id).await),
            Err(error) if error.status() == Some(StatusCode::NOT_FOUND) => {}
            Err(error) => return refused(back, &error),
        }
    }
    Ok(back.into_response())
}

/// What a button sends that says everything by its address.
#[derive(Debug, Deserialize)]
pub(crate) struct Nothing {}

/// `POST /tasks/{id}/delete`: into the trash.
pub(crate) async fn delete(
    visitor: Visitor,
    back: Back,
    Path(id): Path<i64>,
    sent: Sent<Nothing>,
) -> Answer {
    let written = sent.once(&visitor.client).delete(id).await;
    receipt(&visitor, back.at_task(id), id, written).await
}

/// `POST /tasks/{id}/restore`: out of the trash.
pub(crate) async fn restore(
    visitor: Visitor,
    back: Back,
    Path(id): Path<i64>,
    sent: Sent<Nothing>,
) -> Answer {
    let written = sent.once(&visitor.client).restore(id).await;
    receipt(&visitor, back.at_task(id), id, written).await
}

//! Forms: each is one call to the backend, and a way back to where it was sent from.

pub(crate) mod account;
pub(crate) mod changes;
pub(crate) mod chat;
pub(crate) mod conversations;
pub(crate) mod plans;
pub(crate) mod settings;
pub(crate) mod tasks;

mod back;
mod sent;

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use todo_api::change::ChangeParams;
use todo_api::{Client, ClientError};

use back::Back;
use sent::Sent;

use crate::address::Address;
use crate::failure::Failure;
use crate::pages;
use crate::parts::frame::Draft;
use crate::parts::notice::Notice;
use crate::session::Visitor;

/// The answer to a form, or why there is none.
type Answer = Result<Response, Failure>;

/// The newest change of a task: right after a write it is that write.
async fn latest_change(client: &Client, task: i64) -> Option<i64> {
    let params = ChangeParams { task: Some(task), limit: Some(1), ..ChangeParams::default() };
    client.changes(&params).await.ok()?.changes.first().map(|change| change.id)
}

/// Goes back with what a write to one task did: a receipt when it worked, a notice when it was refused.
async fn receipt<T>(
    visitor: &Visitor,
    back: Back,
    task: i64,
    written: Result<T, ClientError>,
) -> Answer {
    match written {
        Ok(_) => Ok(back.did(latest_change(&visitor.client, task).await).into_response()),
        Err(error) => refused(back, &error),
    }
}

/// Goes back with a notice. Somebody who is not signed in any more is asked to do that first.
fn refused(back: Back, error: &ClientError) -> Answer {
    match Failure::from(error) {
        Failure::SignedOut => Err(Failure::SignedOut),
        _ => Ok(back.notice(Notice::from(error)).into_response()),
    }
}

/// Shows the page again whose form was refused, with what was typed.
async fn again(visitor: &Visitor, at: Address, status: StatusCode, draft: Draft) -> Answer {
    let page = pages::open(visitor, at, draft).await?;
    Ok((status, pages::private(page)).into_response())
}

/// What the backend has to say about a form, and about which field; `None` for trouble that the form did not cause.
fn objection(error: &ClientError) -> Option<(String, String)> {
    match error {
        ClientError::Refused(problem)
            if matches!(problem.status, 400 | 409 | 412 | 413 | 422 | 429) =>
        {
            Some((problem.field.clone().unwrap_or_default(), sentence(&problem.detail)))
        }
        _ => None,
    }
}

/// With a capital letter and a full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.trim_end_matches('.').chars();
    let first: String =
        letters.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

#[cfg(test)]
mod tests;

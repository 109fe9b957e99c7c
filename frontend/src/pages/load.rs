//! What every signed-in page asks the backend for.

use todo_api::Client;
use todo_api::change::{ChangeBody, ChangeParams};
use todo_api::screen::{ScreenParams, View};

use crate::address::{Address, Place, Talk};
use crate::failure::Failure;
use crate::parts::flash::Flash;
use crate::parts::frame::{Draft, Frame};
use crate::parts::notice::Notice;
use crate::session::Visitor;

/// The frame of the page at an address: one call, and one more when a form is answered.
pub(crate) async fn frame(visitor: &Visitor, at: Address, draft: Draft) -> Result<Frame, Failure> {
    let params = params(&at);
    let (screen, flash) = tokio::join!(visitor.client.screen(&params), flash(&visitor.client, &at));
    Ok(Frame { flash, draft, ..Frame::new(at, screen?) })
}

fn params(at: &Address) -> ScreenParams {
    let query = &at.query;
    let tag = match &at.place {
        Place::Tag(tag) => Some(tag.clone()),
        _ => None,
    };
    let is_search = at.place == Place::Search && query.q.is_some() && query.status.is_none();
    let view = if at.place == Place::Search && !is_search { View::None } else { at.place.view() };
    ScreenParams {
        view: Some(view),
        tag,
        q: query.q.clone().filter(|_| is_search),
        sort: query.sort.filter(|_| at.place.is_list()),
        cursor: query.cursor.clone().filter(|_| view != View::None),
        task: query.task.filter(|_| at.place.is_list()),
        conversation: match query.conversation {
            Some(Talk::Id(id)) => Some(id),
            Some(Talk::New) | None => None,
        },
    }
}

/// What the last form did. A page without it is better than none, so failures are left out.
async fn flash(client: &Client, at: &Address) -> Option<Flash> {
    let (did, notice) = (&at.query.did, at.query.notice);
    match notice {
        None if did.is_empty() => None,
        None => Some(Flash::Did(changes(client, did).await))
            .filter(|flash| *flash != Flash::Did(Vec::new())),
        Some(Notice::UndoConflict) => {
            in_the_way(client, did).await.or(Some(Flash::Said(Notice::UndoConflict)))
        }
        Some(notice) => Some(Flash::Said(notice)),
    }
}

/// These changes as they stand now, oldest first.
async fn changes(client: &Client, wanted: &[i64]) -> Vec<ChangeBody> {
    let (first, last) = (
        wanted.iter().min().copied().unwrap_or_default(),
        wanted.iter().max().copied().unwrap_or_default(),
    );
    let limit = u64::try_from(last - first + 1).unwrap_or(1).min(200);
    let params =
        ChangeParams { after: Some(first - 1), limit: Some(limit), ..ChangeParams::default() };
    let mut changes = client.changes(&params).await.map(|list| list.changes).unwrap_or_default();
    changes.retain(|change| wanted.contains(&change.id));
    changes
}

/// The first later change to a task of the change that should be undone.
async fn in_the_way(client: &Client, wanted: &[i64]) -> Option<Flash> {
    let changes = changes(client, wanted).await;
    let change = changes.first()?;
    for row in &change.tasks {
        let params = ChangeParams {
            after: Some(change.id),
            task: Some(row.id),
            limit: Some(1),
            ..ChangeParams::default()
        };
        let later = client.changes(&params).await.ok()?.changes;
        if let Some(later) = later.into_iter().next() {
            return Some(Flash::InTheWay(Box::new(later)));
        }
    }
    None
}

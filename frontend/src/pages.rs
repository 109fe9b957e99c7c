//! Pages: for each a view that holds everything it shows, and its markup.

use axum::extract::OriginalUri;
use axum::response::{IntoResponse, Response};
use http::header;
use maud::{Markup, Render};

use crate::address::{Address, Place};
use crate::failure::Failure;
use crate::parts::frame::Draft;
use crate::session::Visitor;

pub(crate) mod conversations;
pub(crate) mod empty;
pub(crate) mod history;
pub(crate) mod landing;
pub(crate) mod list;
pub(crate) mod load;
pub(crate) mod lost;
pub(crate) mod settings;
pub(crate) mod sign_in;
pub(crate) mod sign_up;
pub(crate) mod stats;
pub(crate) mod trash;

/// `GET` of every signed-in page.
///
/// # Errors
/// Nobody is signed in, there is no such page, or the backend does not answer.
pub(crate) async fn show(
    visitor: Visitor,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Failure> {
    let address = Address::parse(&uri).ok_or(Failure::NotFound)?;
    let page = open(&visitor, address, Draft::None).await?;
    Ok(private(page))
}

/// The page at an address, perhaps with a form that was refused.
///
/// # Errors
/// As [`show`].
pub(crate) async fn open(visitor: &Visitor, at: Address, draft: Draft) -> Result<Markup, Failure> {
    Ok(match at.place.clone() {
        Place::Today
        | Place::Upcoming
        | Place::All
        | Place::Completed
        | Place::Tag(_)
        | Place::Search => list::ListPage::load(visitor, at, draft).await?.render(),
        Place::History => history::HistoryPage::load(visitor, at, draft).await?.render(),
        Place::Trash => trash::TrashPage::load(visitor, at, draft).await?.render(),
        Place::Stats => stats::StatsPage::load(visitor, at, draft).await?.render(),
        Place::Settings => settings::SettingsPage::load(visitor, at, draft).await?.render(),
        Place::Conversations => {
            conversations::ConversationsPage::load(visitor, at, draft).await?.render()
        }
        Place::Conversation(id) => {
            conversations::ConversationPage::load(visitor, at, draft, id).await?.render()
        }
    })
}

/// A page about one person: no cache may keep it for another, and it is asked for again.
pub(crate) fn private(page: Markup) -> Response {
    ([(header::CACHE_CONTROL, "private, no-cache")], page).into_response()
}

#[cfg(test)]
mod tests;

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Redirect, Response};
use http::request::Parts;

use crate::address::{Address, Talk};
use crate::parts::notice::Notice;

/// The page whose form was sent, and what it is to show when we return to it.
#[derive(Debug, Clone)]
pub(crate) struct Back {
    pub(super) address: Address,
    fragment: Option<String>,
}

impl<S: Sync> FromRequestParts<S> for Back {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self { address: Address::referer(&parts.headers), fragment: None })
    }
}

impl Back {
    /// Another page than the one with the form.
    pub(super) fn to(address: Address) -> Self {
        Self { address, fragment: None }
    }

    /// With a receipt of this change.
    pub(super) fn did(mut self, change: Option<i64>) -> Self {
        self.address.query.did.extend(change);
        self
    }

    /// With a notice.
    pub(super) fn notice(mut self, notice: Notice) -> Self {
        self.address.query.notice = Some(notice);
        self
    }

    /// At the row of a task. An editor of this task is done with; one of another task stays open.
    pub(super) fn at_task(mut self, id: i64) -> Self {
        if self.address.place.is_list() && self.address.query.task == Some(id) {
            self.address.query.task = None;
        }
        self.fragment = Some(format!("task-{id}"));
        self
    }

    /// At the chat.
    pub(super) fn at_chat(mut self) -> Self {
        self.fragment = Some("chat".to_owned());
        self
    }

    /// With this conversation.
    pub(super) fn with_conversation(mut self, talk: Option<Talk>) -> Self {
        self.address.query.conversation = talk;
        self
    }
}

impl IntoResponse for Back {
    fn into_response(self) -> Response {
        let fragment = self.fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
        Redirect::to(&format!("{}{fragment}", self.address.href())).into_response()
    }
}

//! Pages for when there is no page.

use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use maud::{Markup, Render, html};

use crate::failure::Failure;
use crate::icons::mark;
use crate::parts::document::Document;

/// A page that says why there is no other, and where to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lost {
    /// What happened.
    pub(crate) failure: Failure,
    /// The page that can be tried again.
    pub(crate) again: String,
    /// The number of the request, for a report.
    pub(crate) number: String,
}

/// What a kind of failure looks like.
struct Look {
    title: &'static str,
    heading: &'static str,
    text: &'static str,
    /// The drawing inside the bubble.
    path: &'static str,
}

const NOT_FOUND: Look = Look {
    title: "Not found",
    heading: "That is not on the list",
    text: "The page or the task does not exist, or it belongs to somebody else.",
    path: "M62 66a18 18 0 1 1 25.5 16.4c-4.7 2-7.5 5.8-7.5 10.6v3M80 112v.1",
};

const BROKEN: Look = Look {
    title: "Something broke",
    heading: "Something broke on our side",
    text: "What you saved before is safe. What you just sent may not have been saved, so check the list before you send it again.",
    path: "M80 52v36M80 108v.1",
};

const AWAY: Look = Look {
    title: "No answer",
    heading: "The server is not answering",
    text: "It may be starting, or have a lot to do. Your list is safe; try again in a moment.",
    path: "M58 80h.1M80 80h.1M102 80h.1",
};

const REFUSED: Look = Look {
    title: "Not accepted",
    heading: "That was not accepted",
    text: "It came from another site, or it was too large. Nothing was changed.",
    path: "M80 52v36M80 108v.1",
};

impl Lost {
    pub(crate) fn respond(&self, status: StatusCode) -> Response {
        (status, [(header::CACHE_CONTROL, "no-store")], self.render()).into_response()
    }

    fn look(&self) -> Look {
        match self.failure {
            Failure::NotFound | Failure::SignedOut => NOT_FOUND,
            Failure::Broken => BROKEN,
            Failure::Away => AWAY,
            Failure::Refused => REFUSED,
        }
    }
}

/// `GET` of what does not exist.
pub(crate) async fn not_found() -> Failure {
    Failure::NotFound
}

impl Render for Lost {
    fn render(&self) -> Markup {
        let look = self.look();
        let can_repeat = matches!(self.failure, Failure::Broken | Failure::Away);
        let body = html! {
            main.lost {
                a.brand.brand--big href="/today" { (mark()) span { "Todo Chatbot" } }
                svg.lost__art aria-hidden="true" viewBox="0 0 160 160" {
                    path.lost__bubble d="M80 14a66 66 0 1 1 0 132H31a17 17 0 0 1-17-17V80a66 66 0 0 1 66-66z" {}
                    path d=(look.path) {}
                }
                h1 { (look.heading) }
                p { (look.text) }
                div.lost__do {
                    @if can_repeat {
                        a.btn.btn--main href=(self.again) { "Try again" }
                        a.btn.btn--soft href="/today" { "Go to Today" }
                    } @else {
                        a.btn.btn--main href="/today" { "Go to Today" }
                        a.btn.btn--soft href="/trash" { "Look in the trash" }
                    }
                }
                @if self.failure == Failure::Broken && !self.number.is_empty() {
                    p.lost__foot { "If you report this, add the number " code { (self.number) } }
                }
            }
        };
        Document { title: look.title, class: "plain", settings: None, body }.render()
    }
}

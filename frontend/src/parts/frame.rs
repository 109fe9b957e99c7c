//! What every signed-in page knows.

use maud::Markup;
use todo_api::screen::ScreenBody;
use todo_service::telemetry::RequestId;

use super::flash::Flash;
use crate::address::{Address, Talk};
use crate::words::Words;

/// What every signed-in page knows, whatever it shows.
pub(crate) struct Frame {
    /// Where we are.
    pub(crate) at: Address,
    /// The list, the counts and the conversation.
    pub(crate) screen: ScreenBody,
    /// How the reader writes dates.
    pub(crate) words: Words,
    /// A new random text. Forms carry it, so that one that is sent twice is done once.
    pub(crate) key: String,
    /// The answer to the last form.
    pub(crate) flash: Option<Flash>,
    /// What was typed into a form that was refused.
    pub(crate) draft: Draft,
}

/// A form that comes back because it was refused.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Draft {
    /// No form was refused.
    #[default]
    None,
    /// Quick-add.
    Task {
        /// The line.
        text: String,
        /// Why it was refused.
        error: String,
    },
    /// A message to the assistant.
    Message {
        /// The message.
        text: String,
        /// Why there is no answer.
        error: String,
    },
    /// The editor.
    Editor(Box<super::editor::Typed>),
    /// The settings.
    Settings {
        /// Which field was refused.
        field: String,
        /// Why.
        error: String,
    },
}

impl Frame {
    pub(crate) fn new(at: Address, mut screen: ScreenBody) -> Self {
        if at.query.conversation == Some(Talk::New) {
            screen.conversation = None;
            screen.messages = Vec::new();
        }
        let words = Words::new(&screen.settings, screen.now);
        // Ids of requests are random, and random is all that a key has to be.
        let key = RequestId::of(&http::HeaderMap::new()).as_str().to_owned();
        Self { at, screen, words, key, flash: None, draft: Draft::None }
    }

    /// The number of the open conversation.
    pub(crate) fn conversation(&self) -> Option<i64> {
        self.screen.conversation.as_ref().map(|conversation| conversation.id)
    }

    /// A title that leads to the task.
    pub(crate) fn link(&self, id: i64, title: &str) -> Markup {
        maud::html! { a href=(self.at.task(id)) { bdi { (title) } } }
    }
}

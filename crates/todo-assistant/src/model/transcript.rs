//! What was said in a turn so far.

use std::sync::Mutex;

use async_trait::async_trait;

use crate::thinker::Sink;

/// Passes text on, and keeps it: a stored answer has to begin with what was streamed.
pub(super) struct Transcript<'a> {
    out: &'a dyn Sink,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    text: String,
    /// The next piece begins a paragraph.
    breaks: bool,
}

impl<'a> Transcript<'a> {
    pub(super) fn new(out: &'a dyn Sink) -> Self {
        Self { out, state: Mutex::default() }
    }

    /// What is said next stands on its own.
    pub(super) fn paragraph(&self) {
        self.lock().breaks = true;
    }

    /// Everything that was said.
    pub(super) fn whole(&self) -> String {
        self.lock().text.clone()
    }

    /// How much was said, in bytes.
    pub(super) fn len(&self) -> usize {
        self.lock().text.len()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// The piece as it is passed on: no blanks at the start, an empty line between paragraphs.
    fn shaped(&self, piece: &str) -> String {
        let mut state = self.lock();
        let begins = state.text.is_empty();
        let piece = if begins || state.breaks { piece.trim_start() } else { piece };
        if piece.is_empty() {
            return String::new();
        }
        let gap = if !begins && state.breaks { "\n\n" } else { "" };
        state.breaks = false;
        let shaped = format!("{gap}{piece}");
        state.text.push_str(&shaped);
        shaped
    }
}

#[async_trait]
impl Sink for Transcript<'_> {
    async fn text(&self, piece: &str) {
        let shaped = self.shaped(piece);
        self.out.text(&shaped).await;
    }
}

/// Nobody listens.
pub(super) struct Silence;

#[async_trait]
impl Sink for Silence {
    async fn text(&self, _: &str) {}
}

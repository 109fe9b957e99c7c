use std::sync::Mutex;

use async_trait::async_trait;
use todo_api::chat::ChatEventBody;
use tokio::sync::mpsc;

use crate::thinker::Sink;

/// Tells whoever listens what happens in a turn, and keeps the text that they saw.
pub(crate) struct Events {
    sender: mpsc::Sender<ChatEventBody>,
    text: Mutex<String>,
}

impl Events {
    pub(crate) fn new(sender: mpsc::Sender<ChatEventBody>) -> Self {
        Self { sender, text: Mutex::default() }
    }

    /// Tells. Nobody listening is no failure: [`Events::abandoned`] says so.
    pub(crate) async fn send(&self, event: ChatEventBody) {
        if self.sender.send(event).await.is_err() {
            tracing::debug!("nobody listens to this turn any more");
        }
    }

    /// Resolves when nobody listens any more.
    pub(crate) async fn abandoned(&self) {
        self.sender.closed().await;
    }

    /// The text that was sent so far.
    pub(crate) fn said(&self) -> String {
        self.text.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }
}

#[async_trait]
impl Sink for Events {
    async fn text(&self, piece: &str) {
        if piece.is_empty() {
            return;
        }
        self.text.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push_str(piece);
        self.send(ChatEventBody::Token { text: piece.to_owned() }).await;
    }
}

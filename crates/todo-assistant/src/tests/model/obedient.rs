//! A model that does everything that it reads, wherever it stands.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use async_trait::async_trait;
use serde_json::{Value, json};

use super::script::named;
use crate::{
    model::{ChatModel, ModelError, Prompt, PromptMessage, Reply},
    thinker::Sink,
};

/// What instructions in titles and notes look like to it: `CALL tool {…}`. In JSON the quotes are escaped, so they are
/// written as `'`.
const MARK: &str = "CALL ";

/// It reads the whole list and every task on it first, and then does what it read, together with what the test says the
/// user wants.
pub(super) struct Obedient {
    wanted: Vec<(String, Value)>,
    reads: Vec<(String, Value)>,
    has_read: AtomicBool,
    has_acted: AtomicBool,
}

impl Obedient {
    pub(super) fn new<const N: usize>(wanted: [(&str, Value); N]) -> Arc<Self> {
        let wanted = wanted.into_iter().map(|(tool, given)| (tool.to_owned(), given)).collect();
        let reads = vec![
            ("list_tasks".to_owned(), json!({ "status": "all", "limit": 100 })),
            ("get_task".to_owned(), json!({ "id": 1 })),
            ("history".to_owned(), json!({})),
        ];
        Arc::new(Self {
            wanted,
            reads,
            has_read: AtomicBool::new(false),
            has_acted: AtomicBool::new(false),
        })
    }

    /// Every instruction in a text.
    fn instructions(text: &str) -> Vec<(String, Value)> {
        let found = text.match_indices(MARK).filter_map(|(at, _)| {
            let (tool, rest) = text[at + MARK.len()..].split_once(' ')?;
            let end = rest.find('}')?;
            let given = serde_json::from_str(&rest[..=end].replace('\'', "\"")).ok()?;
            Some((tool.to_owned(), given))
        });
        found.collect()
    }
}

#[async_trait]
impl ChatModel for Obedient {
    fn name(&self) -> &str {
        "test/obedient"
    }

    async fn reply(&self, prompt: &Prompt, out: &dyn Sink) -> Result<Reply, ModelError> {
        if !self.has_read.swap(true, Ordering::SeqCst) {
            return Ok(Reply { calls: named(self.reads.clone()), ..Reply::default() });
        }
        if !self.has_acted.swap(true, Ordering::SeqCst) {
            let read = prompt.messages.iter().flat_map(|message| match message {
                PromptMessage::Results(results) => {
                    results.iter().flat_map(|result| Self::instructions(&result.content)).collect()
                }
                PromptMessage::Assistant(text) => Self::instructions(text),
                _ => Vec::new(),
            });
            let calls: Vec<_> = read.chain(self.wanted.clone()).collect();
            if !calls.is_empty() {
                return Ok(Reply { calls: named(calls), ..Reply::default() });
            }
        }
        let text = "As you wish.";
        out.text(text).await;
        Ok(Reply { text: text.to_owned(), ..Reply::default() })
    }
}

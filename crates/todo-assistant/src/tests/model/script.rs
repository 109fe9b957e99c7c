//! Language models that do what a test says.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use serde_json::Value;

use super::super::world::World;
use crate::{
    model::{Call, ChatModel, ModelError, ModelThinker, Prompt, PromptMessage, Reply, Tokens},
    thinker::Sink,
};

/// One reply.
#[derive(Default)]
pub(super) struct Line {
    pub(super) pieces: Vec<String>,
    pub(super) calls: Vec<(String, Value)>,
    pub(super) tokens: u32,
    /// Instead of an end.
    pub(super) fails: Option<ModelError>,
    /// Instead of an end, too: nothing more comes.
    pub(super) hangs: bool,
}

pub(super) fn says(text: &str) -> Line {
    let pieces = text.split_inclusive(' ').map(str::to_owned).collect();
    Line { pieces, ..Line::default() }
}

pub(super) fn calls<const N: usize>(calls: [(&str, Value); N]) -> Line {
    let calls = calls.into_iter().map(|(tool, arguments)| (tool.to_owned(), arguments)).collect();
    Line { calls, ..Line::default() }
}

pub(super) fn fails(error: ModelError) -> Line {
    Line { fails: Some(error), ..Line::default() }
}

/// A model that says its lines, the last one again and again, and keeps what it was told.
#[derive(Default)]
pub(super) struct Script {
    lines: Mutex<VecDeque<Line>>,
    endless: bool,
    pub(super) prompts: Mutex<Vec<Prompt>>,
    /// How many replies were dropped before their end.
    pub(super) dropped: Mutex<usize>,
}

impl Script {
    pub(super) fn new<const N: usize>(lines: [Line; N]) -> Arc<Self> {
        Arc::new(Self { lines: Mutex::new(lines.into()), ..Self::default() })
    }

    /// One line for ever.
    pub(super) fn endless(line: Line) -> Arc<Self> {
        Arc::new(Self { lines: Mutex::new([line].into()), endless: true, ..Self::default() })
    }

    /// What the model was told after its calls, the last time.
    pub(super) fn told(&self) -> String {
        let prompts = self.prompts.lock().unwrap();
        let results =
            prompts.iter().flat_map(|prompt| &prompt.messages).filter_map(
                |message| match message {
                    PromptMessage::Results(results) => {
                        Some(results.iter().map(|result| result.content.clone()))
                    }
                    _ => None,
                },
            );
        results.flatten().collect::<Vec<_>>().join("\n")
    }

    fn next(&self) -> Line {
        let mut lines = self.lines.lock().unwrap();
        if self.endless {
            let Line { pieces, calls, tokens, .. } = &lines[0];
            return Line {
                pieces: pieces.clone(),
                calls: calls.clone(),
                tokens: *tokens,
                ..Line::default()
            };
        }
        lines.pop_front().expect("the script has a line for every reply")
    }
}

struct Dropped<'a>(&'a Script, bool);

impl Drop for Dropped<'_> {
    fn drop(&mut self) {
        if !self.1 {
            *self.0.dropped.lock().unwrap() += 1;
        }
    }
}

#[async_trait]
impl ChatModel for Script {
    fn name(&self) -> &str {
        "test/script"
    }

    async fn reply(&self, prompt: &Prompt, out: &dyn Sink) -> Result<Reply, ModelError> {
        self.prompts.lock().unwrap().push(prompt.clone());
        let line = self.next();
        let mut guard = Dropped(self, false);
        for piece in &line.pieces {
            out.text(piece).await;
        }
        if line.hangs {
            std::future::pending::<()>().await;
        }
        guard.1 = true;
        if let Some(error) = line.fails {
            return Err(error);
        }
        Ok(Reply {
            text: line.pieces.concat(),
            calls: named(line.calls),
            tokens: Tokens { input: line.tokens, output: 0 },
            ..Reply::default()
        })
    }
}

/// The calls with ids.
pub(super) fn named(calls: Vec<(String, Value)>) -> Vec<Call> {
    calls
        .into_iter()
        .enumerate()
        .map(|(at, (tool, arguments))| Call {
            id: format!("call_{at}"),
            tool,
            arguments,
            thoughts: Vec::new(),
        })
        .collect()
}

/// A list of tasks, and this model.
pub(super) async fn world(lines: &[&str], model: Arc<dyn ChatModel>) -> World {
    let mut world = World::with(lines).await;
    world.assistant = world.assistant.clone().thinking_with(Arc::new(ModelThinker::new(model)));
    world
}

//! The loop of one turn: ask the model, carry out what it calls, tell it what came of that, until it has an answer.

use std::time::Duration;

use serde_json::{Value, json};
use todo_api::tools::REQUEST_ID_REUSED;
use todo_core::chats::ToolCall;
use tokio::time::Instant;

use super::{
    briefing::{self, cut, data},
    claims::{self, Evidence},
    done::Record,
    guard::{Deed, Guard, Refusal},
    port::{Call, CallResult, ChatModel, ModelError, Prompt, PromptMessage, Reply},
    transcript::Transcript,
    wording,
};
use crate::{
    builtin::wording::Voice,
    thinker::{Answer, Sink, ThinkError, Turn},
    tools::{Tools, ToolsError, refusal},
};

/// The most replies with calls in a turn. Looking, acting on several tasks and correcting a mistake takes four or five.
const MOST_STEPS: usize = 8;

/// The most calls in a turn: as many as the built-in assistant takes from one message.
const MOST_CALLS: usize = 20;

/// The most tokens in a turn, read and written. An ordinary one takes 6,000 a step, three steps long.
const MOST_TOKENS: usize = 60_000;

/// How long a turn may think. After 60 seconds a turn counts as lost and may be run by another process, and the built-in
/// assistant has to have answered by then.
const TIME: Duration = Duration::from_secs(40);

/// The most of one result that the model gets to read, in characters: a page of a hundred tasks.
const OF_A_RESULT: usize = 24_000;

/// A turn with a model.
pub(super) struct Work<'a> {
    model: &'a dyn ChatModel,
    tools: &'a dyn Tools,
    turn: &'a Turn,
    said: &'a Transcript<'a>,
    voice: Voice,
    guard: Guard<'a>,
    record: Record,
    prompt: Prompt,
    deadline: Instant,
    calls: usize,
    tokens: usize,
    told: Told,
    /// The last write that the model wanted was held back.
    held_back: bool,
    cut_off: bool,
}

/// Which mistakes the model was told about. Each is told once.
#[derive(Default)]
struct Told {
    malformed: bool,
    unknown_tool: bool,
    empty: bool,
}

/// Why the loop ended without an answer.
pub(super) enum Stop {
    /// The tools.
    Tools(ThinkError),
    /// The model.
    Model(Trouble),
}

/// What is wrong with a model.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    #[error(transparent)]
    Model(#[from] ModelError),
    #[error("the model does not come to an end")]
    NeverEnds,
    #[error("the model calls tools with arguments that make no sense")]
    Malformed,
    #[error("the model calls a tool that does not exist")]
    UnknownTool,
    #[error("the model says nothing")]
    Empty,
}

impl From<Trouble> for Stop {
    fn from(trouble: Trouble) -> Self {
        Self::Model(trouble)
    }
}

impl From<ThinkError> for Stop {
    fn from(error: ThinkError) -> Self {
        Self::Tools(error)
    }
}

impl From<ToolsError> for Stop {
    fn from(error: ToolsError) -> Self {
        Self::Tools(error.into())
    }
}

impl<'a> Work<'a> {
    pub(super) async fn new(
        model: &'a dyn ChatModel,
        turn: &'a Turn,
        tools: &'a dyn Tools,
        said: &'a Transcript<'a>,
    ) -> Result<Self, ThinkError> {
        let specs = tools.list().await?;
        Ok(Self {
            model,
            tools,
            turn,
            said,
            voice: Voice::new(turn),
            guard: Guard::new(turn, tools),
            record: Record::default(),
            prompt: briefing::prompt(turn, specs),
            deadline: Instant::now() + TIME,
            calls: 0,
            tokens: 0,
            told: Told::default(),
            held_back: false,
            cut_off: false,
        })
    }

    /// Runs until the model has said all.
    pub(super) async fn run(&mut self) -> Result<(), Stop> {
        for step in 1..=MOST_STEPS + 1 {
            let before = self.said.len();
            let reply = self.ask().await?;
            self.cut_off = reply.cut_off;
            if reply.calls.is_empty() {
                if self.said.len() > before || self.record.has_written() {
                    return Ok(());
                }
                if std::mem::replace(&mut self.told.empty, true) {
                    return Err(Trouble::Empty.into());
                }
                self.prompt.messages.push(PromptMessage::User(wording::SAY_SOMETHING.to_owned()));
                continue;
            }
            if step > MOST_STEPS {
                break;
            }
            let mut results = Vec::new();
            for call in &reply.calls {
                let content = self.carry_out(call).await?;
                results.push(CallResult { id: call.id.clone(), tool: call.tool.clone(), content });
            }
            if step == MOST_STEPS
                && let Some(last) = results.last_mut()
            {
                last.content = format!("{}\n{}", last.content, wording::LAST_STEP);
            }
            self.prompt.messages.push(PromptMessage::Called(reply));
            self.prompt.messages.push(PromptMessage::Results(results));
        }
        Err(Trouble::NeverEnds.into())
    }

    async fn ask(&mut self) -> Result<Reply, Stop> {
        self.said.paragraph();
        let asking = self.model.reply(&self.prompt, self.said);
        let reply = tokio::time::timeout_at(self.deadline, asking).await;
        let reply = reply.unwrap_or(Err(ModelError::Slow)).map_err(Trouble::Model)?;
        self.tokens += tokens(&self.prompt, &reply);
        if self.tokens > MOST_TOKENS && !reply.calls.is_empty() {
            return Err(Trouble::NeverEnds.into());
        }
        Ok(reply)
    }

    /// Carries one call out, if it may be, and returns what the model is told about it.
    async fn carry_out(&mut self, call: &Call) -> Result<String, Stop> {
        self.calls += 1;
        if self.calls > MOST_CALLS {
            return Err(Trouble::NeverEnds.into());
        }
        if !self.prompt.tools.iter().any(|tool| tool.name == call.tool) {
            if std::mem::replace(&mut self.told.unknown_tool, true) {
                return Err(Trouble::UnknownTool.into());
            }
            let known: Vec<&str> =
                self.prompt.tools.iter().map(|tool| tool.name.as_str()).collect();
            return Ok(wording::unknown_tool(&cut(&call.tool, 40), &known));
        }
        let Some(arguments) = arguments(&call.arguments) else {
            if std::mem::replace(&mut self.told.malformed, true) {
                return Err(Trouble::Malformed.into());
            }
            return Ok(wording::MALFORMED.to_owned());
        };
        if let Err(Refusal(reason)) = self.guard.check(&call.tool, &arguments).await? {
            tracing::warn!(tool = call.tool, reason, "a call of the model was held back");
            self.held_back = true;
            return Ok(reason);
        }
        let done = self.tools.call(&call.tool, arguments).await?;
        self.take(&done)
    }

    fn take(&mut self, done: &ToolCall) -> Result<String, Stop> {
        if done.failed {
            let reason = refusal(done);
            if reason.contains(REQUEST_ID_REUSED) {
                // The turn is run a second time, and the first run did something else at this step.
                return Err(ToolsError::Unsure("this message was begun before".into()).into());
            }
            return Ok(data(&json!({ "refused": reason })));
        }
        if Deed::of(&done.tool).is_some() {
            self.held_back = false;
        }
        self.record.note(done, &self.voice);
        self.guard.saw(&done.tool, &done.result);
        Ok(cut(&data(&done.result), OF_A_RESULT))
    }

    /// Whether something was done that must not be done again.
    pub(super) fn has_written(&self) -> bool {
        self.record.has_written()
    }

    /// The answer after the model has said all, with what has to stand beside its words.
    pub(super) async fn answer(&self) -> Answer {
        let text = self.said.whole();
        let done = self.record.sentences();
        if self.cut_off {
            self.add(wording::CUT_OFF).await;
        }
        if text.is_empty() {
            self.add(&done).await;
        }
        if let Some(plan) = self.record.plan() {
            self.add(&wording::waits(&plan.title)).await;
        }
        let evidence = Evidence {
            done: self.record.deeds,
            has_read: self.record.has_read,
            before: claims::done_before(&self.turn.history),
        };
        if claims::is_false(&text, &evidence) {
            self.add(&wording::correction(&done)).await;
        } else if self.held_back {
            let sentence =
                if self.has_written() { wording::HELD_BACK_BESIDES } else { wording::HELD_BACK };
            self.add(sentence).await;
        } else if !self.has_written() && self.guard.commanded() && claims::says_nothing_of_it(&text)
        {
            self.add(wording::NOTHING_CHANGED).await;
        }
        self.record.answer(self.said.whole(), &self.voice)
    }

    /// The answer when the model failed after it had done something.
    pub(super) async fn broken_off(&self, trouble: &Trouble) -> Answer {
        tracing::warn!(
            error = trouble as &dyn std::error::Error,
            "the language model failed after it had acted"
        );
        let done = self.record.sentences();
        if !done.is_empty() {
            self.add(&wording::broken_off(trouble, &done)).await;
        }
        if let Some(plan) = self.record.plan() {
            self.add(&wording::waits(&plan.title)).await;
        }
        self.record.answer(self.said.whole(), &self.voice)
    }

    async fn add(&self, sentence: &str) {
        self.said.paragraph();
        self.said.text(sentence).await;
    }
}

/// The arguments of a call, when they are some. Names of requests are ours; models send nothing or empty text for tools
/// that need nothing.
fn arguments(given: &Value) -> Option<Value> {
    let mut arguments = match given {
        Value::Object(_) => given.clone(),
        Value::Null => json!({}),
        Value::String(text) if text.trim().is_empty() => json!({}),
        _ => return None,
    };
    arguments.as_object_mut()?.remove("request_id");
    // No database of ours keeps NUL in text.
    (!arguments.to_string().contains("\\u0000")).then_some(arguments)
}

/// The tokens of one exchange: as the provider counts them, or four characters each.
fn tokens(prompt: &Prompt, reply: &Reply) -> usize {
    let counted = reply.tokens.input + reply.tokens.output;
    if counted > 0 {
        return counted as usize;
    }
    let of = |message: &PromptMessage| match message {
        PromptMessage::User(text) | PromptMessage::Assistant(text) => text.len(),
        PromptMessage::Called(reply) => reply.text.len(),
        PromptMessage::Results(results) => results.iter().map(|result| result.content.len()).sum(),
    };
    let read = prompt.system.len() + prompt.messages.iter().map(of).sum::<usize>();
    (read + reply.text.len()) / 4
}

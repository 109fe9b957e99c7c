//! What a tool is: a name, a prompt, hints, and one call into the use cases.

use std::{future::Future, pin::Pin, sync::Arc};

use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use todo_api::tools::REQUEST_ID_REUSED;
use todo_core::{
    Caller,
    task::Invalid,
    tasks::{TaskError, Tasks},
};

use crate::schema;

/// A tool that a model can call.
pub(crate) trait TaskTool {
    /// Its name.
    const NAME: &'static str;
    /// What people see.
    const TITLE: &'static str;
    /// When to use it, what it changes, what it returns: the prompt.
    const PROMPT: &'static str;
    /// What it may do.
    const HINTS: Hints;
    /// What it takes.
    type Arguments: DeserializeOwned + JsonSchema + Send + 'static;
    /// What it answers.
    type Answer: Serialize + JsonSchema;

    /// Does it.
    fn call(
        tasks: &Tasks,
        caller: &Caller,
        arguments: Self::Arguments,
    ) -> impl Future<Output = Result<Self::Answer, Refusal>> + Send;

    /// The answer as text, for clients that show no structured content.
    fn text(answer: &Self::Answer) -> String;
}

/// What a tool may do, as MCP says it. Every hint is always set: their defaults assume the worst.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hints {
    /// Changes nothing.
    pub(crate) read_only: bool,
    /// May take something away.
    pub(crate) destructive: bool,
    /// The same call twice is as good as once.
    pub(crate) idempotent: bool,
}

/// Why a tool did nothing, in a sentence that names the next step.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The model can do better.
    Told(String),
    /// We failed; the cause is logged and not told.
    Broken(TaskError),
}

impl Refusal {
    pub(crate) fn told(text: impl Into<String>) -> Self {
        Self::Told(text.into())
    }
}

impl From<Invalid> for Refusal {
    fn from(invalid: Invalid) -> Self {
        Self::Told(format!("{}: {invalid}. Nothing changed.", invalid.field))
    }
}

impl From<TaskError> for Refusal {
    fn from(error: TaskError) -> Self {
        use TaskError as E;
        match error {
            E::Store(_) => Self::Broken(error),
            E::Invalid(invalid) => invalid.into(),
            E::NotFound(_) => {
                Self::Told(format!("{error}. Use list_tasks to find its number. Nothing changed."))
            }
            E::NothingNamed => {
                Self::told("No task matches. Use list_tasks to see what there is. Nothing changed.")
            }
            E::UndoConflict { by, .. } => Self::Told(format!(
                "{error}. Undo change {by} first, or ask the user. Nothing changed."
            )),
            E::NoSuchChange(_) | E::AlreadyUndone(_) | E::NothingToUndo => {
                Self::Told(format!("{error}. Use history to see the changes. Nothing changed."))
            }
            E::KeyReused => Self::told(format!("{REQUEST_ID_REUSED} Use a new one.")),
            E::BadKey => Self::told("request_id has 1 to 200 visible ASCII characters."),
            E::BadCursor => {
                Self::told("cursor does not belong to this list. Leave it out to begin again.")
            }
            _ => Self::Told(format!("{error}. Nothing changed.")),
        }
    }
}

/// What a call came to.
pub(crate) struct Outcome {
    /// For programs.
    pub(crate) structured: Value,
    /// For people and models.
    pub(crate) text: String,
}

type Running = Pin<Box<dyn Future<Output = Result<Outcome, Refusal>> + Send>>;

/// A tool as the server keeps it.
pub(crate) struct Registered {
    /// What clients see.
    pub(crate) tool: Tool,
    /// The call.
    pub(crate) run: Box<dyn Fn(Tasks, Caller, JsonObject) -> Running + Send + Sync>,
}

/// Prepares a tool for the server.
pub(crate) fn register<T: TaskTool + 'static>() -> Registered {
    let annotations = ToolAnnotations::new()
        .read_only(T::HINTS.read_only)
        .destructive(T::HINTS.destructive)
        .idempotent(T::HINTS.idempotent)
        .open_world(false);
    let tool = Tool::new(T::NAME, T::PROMPT, Arc::new(schema::arguments::<T::Arguments>()))
        .with_title(T::TITLE)
        .with_raw_output_schema(Arc::new(schema::answer::<T::Answer>()))
        .with_annotations(annotations);
    Registered {
        tool,
        run: Box::new(|tasks, caller, arguments| Box::pin(run::<T>(tasks, caller, arguments))),
    }
}

async fn run<T: TaskTool>(
    tasks: Tasks,
    caller: Caller,
    arguments: JsonObject,
) -> Result<Outcome, Refusal> {
    let arguments =
        serde_path_to_error::deserialize(Value::Object(arguments)).map_err(|error| {
            let (path, reason) = (error.path().to_string(), in_words(error.inner()));
            let place = if path == "." { String::new() } else { format!("{path}: ") };
            Refusal::Told(format!("The arguments do not fit: {place}{reason}. Nothing changed."))
        })?;
    let answer = T::call(&tasks, &caller, arguments).await?;
    let text = T::text(&answer);
    let structured = serde_json::to_value(&answer).expect("an answer has only text keys");
    Ok(Outcome { structured, text })
}

/// What serde says, without the names of our types.
fn in_words(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let Some((found, expected)) = text.rsplit_once(", expected ") else { return text };
    let expected = match expected.split(' ').next() {
        Some("i64") => "a whole number",
        Some("u64") => "a whole number, zero or more",
        Some("struct") => "an object",
        Some("a") if expected == "a sequence" => "a list",
        _ => expected,
    };
    format!("{found}, expected {expected}")
}

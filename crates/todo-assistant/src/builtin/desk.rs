//! The work on one message: what is known, the tools at hand, and the answer as it grows.

use serde::{Serialize, de::DeserializeOwned};
use todo_api::tools::{Done, ListTasks, TaskPage, ToolTask, names};
use todo_core::{
    PlanId, TaskNumber,
    chats::{Choice, TaskRef, ToolCall},
};

use super::{intents::Scene, memory::Memory, request::Pending, wording::Voice};
use crate::{
    thinker::{Answer, ThinkError, Turn},
    tools::{Tools, refusal},
};

/// The most that one call of `list_tasks` returns.
pub(crate) const PAGE: u64 = 100;

/// How many pages are read to find a name in a long list.
const PAGES: usize = 5;

/// The most choices that an answer offers.
const MOST_CHOICES: usize = 8;

/// One message at work.
pub(crate) struct Desk<'a> {
    pub(crate) turn: &'a Turn,
    tools: &'a dyn Tools,
    pub(crate) memory: Memory,
    pub(crate) voice: Voice,
    context: todo_core::quick_add::Context<'a>,
    open: Option<Vec<ToolTask>>,
    sentences: Vec<String>,
    answer: Answer,
    /// Something was taken back in this message already.
    pub(crate) undone: bool,
}

/// What a tool that writes answered.
pub(crate) enum Wrote {
    Done(Done),
    /// Why nothing was done.
    Refused(String),
}

impl<'a> Desk<'a> {
    pub(crate) fn new(turn: &'a Turn, tools: &'a dyn Tools) -> Self {
        Self {
            turn,
            tools,
            memory: Memory::new(&turn.history),
            voice: Voice::new(turn),
            context: turn.context(),
            open: None,
            sentences: Vec::new(),
            answer: Answer::default(),
            undone: false,
        }
    }

    pub(crate) fn context(&self) -> &todo_core::quick_add::Context<'a> {
        &self.context
    }

    pub(crate) fn scene(&self) -> Scene<'_> {
        Scene { context: &self.context, has_focus: !self.memory.focus.is_empty() }
    }

    /// The finished answer.
    pub(crate) fn answer(self) -> Answer {
        Answer { text: self.sentences.join("\n"), ..self.answer }
    }

    // What is said.

    pub(crate) fn say(&mut self, sentence: impl Into<String>) {
        self.sentences.push(sentence.into());
    }

    /// Asks, and remembers what for.
    pub(crate) fn ask(&mut self, question: impl Into<String>, pending: &Pending) {
        self.say(question);
        self.answer.pending = serde_json::to_value(pending).ok();
    }

    pub(crate) fn offer(&mut self, choice: Choice) {
        self.answer.choices.push(choice);
    }

    /// Offers tasks to choose from, as buttons and as a list.
    pub(crate) fn offer_tasks(&mut self, tasks: &[ToolTask]) {
        for task in tasks.iter().take(MOST_CHOICES) {
            let label = format!("{}, {}", task.id, task.title);
            self.offer(Choice { label, say: task.id.to_string(), task: Some(TaskNumber(task.id)) });
        }
        self.show(tasks);
    }

    /// Makes these tasks the list that was shown.
    pub(crate) fn show(&mut self, tasks: &[ToolTask]) {
        let one = |task: &ToolTask| TaskRef {
            number: TaskNumber(task.id),
            title: task.title.clone(),
            when: self.voice.short(task),
            completed: task.completed,
        };
        self.answer.refs = tasks.iter().map(one).collect();
        self.memory.refs = self.answer.refs.clone();
        self.memory.list_is_newer = true;
    }

    /// Makes these tasks what "it" or "them" means.
    pub(crate) fn focus(&mut self, tasks: impl IntoIterator<Item = i64>) {
        let tasks: Vec<i64> = tasks.into_iter().collect();
        self.answer.focus = tasks.iter().map(|id| TaskNumber(*id)).collect();
        self.memory.focus = tasks;
        self.memory.list_is_newer = false;
    }

    pub(crate) fn wait_for_plan(&mut self, plan: i64) {
        self.answer.plan = Some(PlanId(plan));
    }

    // What is done.

    async fn call(&self, tool: &str, arguments: &impl Serialize) -> Result<ToolCall, ThinkError> {
        let unexpected = |source| ThinkError::UnexpectedResult { tool: tool.to_owned(), source };
        let arguments = serde_json::to_value(arguments).map_err(unexpected)?;
        Ok(self.tools.call(tool, arguments).await?)
    }

    fn parse<T: DeserializeOwned>(call: ToolCall) -> Result<T, ThinkError> {
        let tool = call.tool;
        serde_json::from_value(call.result)
            .map_err(|source| ThinkError::UnexpectedResult { tool, source })
    }

    /// Calls a tool that writes.
    pub(crate) async fn write(
        &mut self,
        tool: &str,
        arguments: &impl Serialize,
    ) -> Result<Wrote, ThinkError> {
        self.open = None;
        let call = self.call(tool, arguments).await?;
        if call.failed {
            return Ok(Wrote::Refused(refusal(&call).to_owned()));
        }
        Ok(Wrote::Done(Self::parse(call)?))
    }

    /// Calls a tool that reads. `None` when it refuses.
    pub(crate) async fn read<T: DeserializeOwned>(
        &self,
        tool: &str,
        arguments: &impl Serialize,
    ) -> Result<Option<T>, ThinkError> {
        let call = self.call(tool, arguments).await?;
        if call.failed { Ok(None) } else { Self::parse(call).map(Some) }
    }

    /// One page of a list; an empty one when the tool refuses the filter.
    pub(crate) async fn list(&self, query: &ListTasks) -> Result<TaskPage, ThinkError> {
        let page = self.read(names::LIST, query).await?;
        Ok(page.unwrap_or_else(|| TaskPage {
            tasks: Vec::new(),
            total: 0,
            total_is_exact: true,
            next_cursor: String::new(),
            today: String::new(),
        }))
    }

    /// Every task that matches, as far as a few pages reach.
    pub(crate) async fn list_all(
        &self,
        mut query: ListTasks,
    ) -> Result<(Vec<ToolTask>, i64), ThinkError> {
        query.limit = PAGE;
        let mut tasks = Vec::new();
        let mut total = 0;
        for _ in 0..PAGES {
            let page = self.list(&query).await?;
            total = total.max(page.total);
            tasks.extend(page.tasks);
            if page.next_cursor.is_empty() {
                break;
            }
            query.cursor = page.next_cursor;
        }
        Ok((tasks, total))
    }

    /// The open tasks, read once for each state of the list.
    pub(crate) async fn open(&mut self) -> Result<&[ToolTask], ThinkError> {
        if self.open.is_none() {
            let (tasks, _) = self.list_all(ListTasks::default()).await?;
            self.open = Some(tasks);
        }
        Ok(self.open.as_deref().unwrap_or_default())
    }
}

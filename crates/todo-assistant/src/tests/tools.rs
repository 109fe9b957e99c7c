//! The tools over the real use cases, without MCP around them.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use async_trait::async_trait;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use todo_api::tools::{
    AddTask, Done, GetTask, HistoryEntry, HistoryPage, ListTasks, MarkTasks, PlanNotice,
    RestoreTasks, TaskFilter, TaskPage, TaskResult, ToolTask, Undo, UpdateTask, day_text, names,
};
use todo_core::{
    Caller, ChangeSeq, TaskNumber,
    chats::ToolCall,
    plans::needs_confirmation,
    task::{Description, Priority, Tag, Title, tags},
    tasks::{
        ChangeQuery, Command, Draft, DueInput, Field, ListRequest, NewTask, Patch, RepeatInput,
        Sort, Status, TagEdit, Target, TaskEdit, TaskError, Tasks, UndoTarget,
    },
};

use crate::tools::{ToolSource, ToolSpec, Tools, ToolsError};

/// Tools of one user, which can be cut off.
#[derive(Clone)]
pub(super) struct FakeTools {
    pub(super) tasks: Tasks,
    pub(super) down: Arc<AtomicBool>,
}

impl ToolSource for FakeTools {
    fn open(&self, caller: &Caller, _: &str) -> Box<dyn Tools> {
        Box::new(Session { tools: self.clone(), caller: caller.clone() })
    }
}

struct Session {
    tools: FakeTools,
    caller: Caller,
}

type Answer = Result<Value, TaskError>;

#[async_trait]
impl Tools for Session {
    async fn call(&self, tool: &str, arguments: Value) -> Result<ToolCall, ToolsError> {
        if self.tools.down.load(Ordering::SeqCst) {
            return Err(ToolsError::Unreachable("nobody listens".into()));
        }
        let answer = self.run(tool, arguments.clone()).await;
        let failed = answer.is_err();
        let result = answer.unwrap_or_else(|error| json!({ "message": error.to_string() }));
        let change = result["change_id"].as_i64().map(ChangeSeq);
        Ok(ToolCall { tool: tool.to_owned(), arguments, result, failed, change })
    }

    async fn list(&self) -> Result<Vec<ToolSpec>, ToolsError> {
        if self.tools.down.load(Ordering::SeqCst) {
            return Err(ToolsError::Unreachable("nobody listens".into()));
        }
        let spec = |name: &str| ToolSpec {
            name: name.to_owned(),
            description: String::new(),
            arguments: json!({ "type": "object", "properties": { "request_id": { "type": "string" } } }),
            read_only: matches!(name, names::LIST | names::GET | names::HISTORY),
        };
        let all = [
            names::ADD,
            names::LIST,
            names::GET,
            names::UPDATE,
            names::COMPLETE,
            names::REOPEN,
            names::DELETE,
            names::RESTORE,
            names::UNDO,
            names::HISTORY,
        ];
        Ok(all.map(spec).to_vec())
    }
}

fn parse<T: DeserializeOwned>(arguments: Value) -> T {
    serde_json::from_value(arguments).expect("the assistant keeps the contract")
}

fn invalid(field: &'static str) -> TaskError {
    todo_core::task::Invalid::new(field, format!("{field} is wrong")).into()
}

impl Session {
    async fn run(&self, tool: &str, arguments: Value) -> Answer {
        match tool {
            names::ADD => self.write(Command::Add(vec![new_task(parse(arguments))?]), false).await,
            names::LIST => self.list(parse(arguments)).await,
            names::GET => {
                let GetTask { id } = parse(arguments);
                let task = self.tools.tasks.get(&self.caller, TaskNumber(id)).await?;
                Ok(json!(ToolTask::full(&task)))
            }
            names::UPDATE => self.update(parse(arguments)).await,
            names::COMPLETE => self.mark(parse(arguments), Command::Complete).await,
            names::REOPEN => self.mark(parse(arguments), Command::Reopen).await,
            names::DELETE => self.mark(parse(arguments), Command::Delete).await,
            names::RESTORE => {
                let RestoreTasks { ids, .. } = parse(arguments);
                self.write(Command::Restore(targets(&ids)), false).await
            }
            names::UNDO => {
                let Undo { change_id, .. } = parse(arguments);
                let target = if change_id == 0 {
                    UndoTarget::Newest
                } else {
                    UndoTarget::Change(ChangeSeq(change_id))
                };
                self.write(Command::Undo(target), false).await
            }
            names::HISTORY => self.history().await,
            names::APPLY_PLAN => {
                let receipt = self.tools.tasks.carry_out(&self.caller).await?;
                Ok(done(&receipt))
            }
            _ => panic!("there is no tool {tool}"),
        }
    }

    async fn write(&self, command: Command, all: bool) -> Answer {
        if needs_confirmation(&command, all) {
            let plan = self.tools.tasks.propose(&self.caller, command, all).await?;
            let notice = PlanNotice::from(&plan);
            return Ok(json!(Done {
                summary: "Waits.".into(),
                plan: Some(notice),
                ..Done::default()
            }));
        }
        let receipt = self.tools.tasks.execute(&self.caller, command, None).await?;
        Ok(done(&receipt))
    }

    async fn ids(
        &self,
        ids: &[i64],
        filter: &TaskFilter,
        all: bool,
        status: Status,
    ) -> Result<Vec<i64>, TaskError> {
        if !ids.is_empty() {
            return Ok(ids.to_vec());
        }
        assert!(all || !filter.is_empty(), "no selector never means all");
        let request = ListRequest { status, limit: 200, ..ListRequest::default() };
        let listing = self.tools.tasks.list(&self.caller, &request).await?;
        Ok(listing.tasks.iter().map(|task| task.number.0).collect())
    }

    async fn mark(&self, mark: MarkTasks, command: fn(Vec<Target>) -> Command) -> Answer {
        let reopens = matches!(command(Vec::new()), Command::Reopen(_));
        let status = if reopens { Status::Completed } else { Status::Pending };
        let ids = self.ids(&mark.ids, &mark.filter, mark.all, status).await?;
        self.write(command(targets(&ids)), mark.all).await
    }

    async fn update(&self, update: UpdateTask) -> Answer {
        let ids = self.ids(&update.ids, &update.filter, update.all, Status::Pending).await?;
        let names = |names: &[String]| {
            names.iter().map(|name| Tag::parse(name)).collect::<Result<Vec<_>, _>>()
        };
        let text = |text: &str| match text {
            "" => Field::Keep,
            "none" => Field::Clear,
            text => Field::Set(text.to_owned()),
        };
        let patch = Patch {
            title: (!update.title.is_empty()).then(|| Title::parse(&update.title)).transpose()?,
            description: match text(&update.description) {
                Field::Set(text) => Field::set_or_clear(Description::parse(&text)?),
                Field::Clear => Field::Clear,
                Field::Keep => Field::Keep,
            },
            priority: priority(&update.priority)?,
            due: match text(&update.due) {
                Field::Set(words) => Field::Set(due(&words)),
                Field::Clear => Field::Clear,
                Field::Keep => Field::Keep,
            },
            repeat: match text(&update.repeat) {
                Field::Set(words) => Field::Set(RepeatInput(words)),
                Field::Clear => Field::Clear,
                Field::Keep => Field::Keep,
            },
            tags: TagEdit {
                set: None,
                add: names(&update.add_tags)?,
                remove: names(&update.remove_tags)?,
            },
            ..Patch::default()
        };
        let edit = |target| TaskEdit { target, patch: patch.clone() };
        self.write(Command::Update(targets(&ids).into_iter().map(edit).collect()), update.all).await
    }

    async fn list(&self, query: ListTasks) -> Answer {
        let some = |text: String| (!text.is_empty()).then_some(text);
        let request = ListRequest {
            status: match query.status.as_str() {
                "" | "pending" => Status::Pending,
                "completed" => Status::Completed,
                "all" => Status::All,
                "trashed" => Status::Trashed,
                _ => return Err(invalid("status")),
            },
            due: some(query.due),
            priority: priority(&query.priority)?,
            tag: some(query.tag).map(|tag| Tag::parse(&tag)).transpose()?,
            search: some(query.q),
            completed: some(query.completed),
            sort: match query.sort.as_str() {
                "" | "due" => Sort::Due,
                "priority" => Sort::Priority,
                "newest" => Sort::Newest,
                "oldest" => Sort::Oldest,
                "completed" => Sort::Completed,
                _ => return Err(invalid("sort")),
            },
            limit: if query.limit == 0 { 20 } else { query.limit },
            cursor: some(query.cursor),
        };
        let page = self.tools.tasks.list(&self.caller, &request).await?;
        Ok(json!(TaskPage {
            tasks: page.tasks.iter().map(ToolTask::brief).collect(),
            total: page.total,
            total_is_exact: page.total_is_exact,
            next_cursor: page.next.map(|next| next.encode()).unwrap_or_default(),
            today: day_text(self.tools.tasks.now().to_zoned(page.owner.settings.zone()).date()),
        }))
    }

    async fn history(&self) -> Answer {
        let query = ChangeQuery { limit: 10, ..ChangeQuery::default() };
        let changes = self.tools.tasks.changes(&self.caller, &query).await?;
        let entry = |change: &todo_core::tasks::Change| HistoryEntry {
            change_id: change.seq.0,
            at: change.at.strftime("%Y-%m-%dT%H:%M").to_string(),
            actor: change.actor.to_string(),
            verb: change.verb.as_str().into(),
            tasks: change.rows.iter().map(|row| row.number().to_string()).collect(),
            undone: change.undone_by.is_some(),
        };
        Ok(json!(HistoryPage { changes: changes.iter().map(entry).collect() }))
    }
}

fn targets(ids: &[i64]) -> Vec<Target> {
    ids.iter().map(|id| Target::from(TaskNumber(*id))).collect()
}

fn done(receipt: &todo_core::tasks::Receipt) -> Value {
    let change_id = receipt.change.as_ref().map_or(0, |change| change.seq.0);
    let summary = receipt
        .change
        .as_ref()
        .map(|change| format!("{} done", change.verb.as_str()))
        .unwrap_or_default();
    json!(Done { summary, change_id, results: TaskResult::all(receipt), plan: None })
}

fn priority(name: &str) -> Result<Option<Priority>, TaskError> {
    match name {
        "" => Ok(None),
        name => Priority::parse(name).map(Some).ok_or_else(|| invalid("priority")),
    }
}

fn due(words: &str) -> DueInput {
    let (date, time) =
        words.split_once('T').map_or((words, None), |(date, time)| (date, Some(time.to_owned())));
    if date.parse::<jiff::civil::Date>().is_ok() {
        return DueInput::Parts { date: date.to_owned(), time, timezone: None };
    }
    DueInput::Words(words.to_owned())
}

fn new_task(add: AddTask) -> Result<NewTask, TaskError> {
    if !add.text.is_empty() {
        return Ok(NewTask::Text { text: add.text, literal: Vec::new() });
    }
    Ok(NewTask::Draft(Box::new(Draft {
        title: Title::parse(&add.title)?,
        description: Description::parse(&add.description)?,
        priority: priority(&add.priority)?.unwrap_or_default(),
        tags: tags(&add.tags)?,
        due: (!add.due.is_empty()).then(|| due(&add.due)),
        repeat: (!add.repeat.is_empty()).then(|| RepeatInput(add.repeat.clone())),
        reminders: Vec::new(),
    })))
}

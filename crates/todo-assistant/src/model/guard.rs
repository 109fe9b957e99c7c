//! What a model may change in a turn: no more than the user's own words can have asked for.
//!
//! A model reads titles and notes, and those may hold instructions of somebody else. No prompt keeps a model from
//! following them, so every call that writes passes three rules before it is carried out, whatever the model thinks
//! (`docs/decisions/0015-a-model-does-what-the-users-words-ask-for.md`):
//!
//! 1. The user's words ask for this kind of change ([`asked`]).
//! 2. They refer to every task that it touches ([`refers`]).
//! 3. What is written is in their words, once anything but them was read ([`own_words`]).

mod asked;
mod deeds;
mod lexicon;
mod own_words;
mod refers;

use std::collections::BTreeSet;

use serde_json::Value;
use todo_api::tools::{AddTask, ListTasks, TaskFilter, UpdateTask, names};
use todo_core::chats::{Message, Role};

use crate::{
    builtin::desk::Desk,
    thinker::{HISTORY, ThinkError, Turn},
    tools::Tools,
};
use asked::Asked;
pub(super) use deeds::{Deed, Deeds};
use own_words::OwnWords;
use refers::Referred;

/// Watches over the writes of one turn.
pub(super) struct Guard<'a> {
    desk: Desk<'a>,
    asked: Asked,
    own: OwnWords,
    /// Tasks that the words refer to, as far as it was looked into.
    referred: BTreeSet<i64>,
    /// For which deeds names and kinds were looked up.
    looked_up: Vec<Deed>,
    /// Something was read that is not the user's.
    tainted: bool,
    /// The telling words of what was added in this turn.
    added: BTreeSet<String>,
    /// Changes that may be taken back by their number.
    changes: BTreeSet<i64>,
    undone: usize,
}

/// Why a call is not carried out, told to the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal(pub(super) String);

impl Refusal {
    fn because(reason: &str) -> Self {
        Self(format!("Refused, nothing changed: {reason}."))
    }
}

type Verdict = Result<(), Refusal>;

impl<'a> Guard<'a> {
    pub(super) fn new(turn: &'a Turn, tools: &'a dyn Tools) -> Self {
        let asked = Asked::read(turn);
        let desk = Desk::new(turn, tools);
        let answers = || turn.history.iter().filter(|message| message.role == Role::Assistant);
        let reads_others = |answer: &Message| {
            !answer.outcome.tool_calls.is_empty() || !answer.outcome.refs.is_empty()
        };
        // What was said before the history that is known may have been anything.
        let tainted = answers().any(reads_others) || turn.history.len() as u64 >= HISTORY;
        let changes = answers()
            .flat_map(|answer| &answer.outcome.tool_calls)
            .filter_map(|call| Some(call.change?.0))
            .collect();
        Self {
            own: OwnWords::new(&asked.texts),
            referred: Referred::read(&asked.texts, &desk).ids,
            looked_up: Vec::new(),
            desk,
            asked,
            tainted,
            added: BTreeSet::new(),
            changes,
            undone: 0,
        }
    }

    /// Whether the message plainly commands a change.
    pub(super) fn commanded(&self) -> bool {
        self.asked.commands
    }

    /// Notes what came of a call that was carried out.
    pub(super) fn saw(&mut self, tool: &str, result: &Value) {
        // An added task is in the words of the call; every other result may hold somebody else's.
        if tool == names::ADD {
            self.referred.extend(
                result["results"].as_array().into_iter().flatten().filter_map(|r| r["id"].as_i64()),
            );
        } else {
            self.tainted = true;
        }
        self.changes.extend(result["change_id"].as_i64());
    }

    /// Whether a call may be carried out. Calls that only read always may.
    ///
    /// # Errors
    /// The tools are out of reach.
    pub(super) async fn check(
        &mut self,
        tool: &str,
        arguments: &Value,
    ) -> Result<Verdict, ThinkError> {
        let Some(deed) = Deed::of(tool) else { return Ok(Ok(())) };
        if !self.asked.deeds.has(deed) {
            let reason = format!("the user's message does not ask to {} anything", deed.verb());
            return Ok(Err(Refusal::because(&reason)));
        }
        match deed {
            Deed::Add => Ok(self.check_add(arguments)),
            Deed::Undo => Ok(self.check_undo(arguments)),
            _ => self.check_tasks(deed, arguments).await,
        }
    }

    fn check_add(&mut self, arguments: &Value) -> Verdict {
        // What does not fit is refused by the tool itself, with a better sentence.
        let Ok(add) = serde_json::from_value::<AddTask>(arguments.clone()) else { return Ok(()) };
        let all = [&add.title, &add.text, &add.description, &add.due, &add.repeat]
            .map(String::as_str)
            .join(" ");
        let telling: BTreeSet<String> = own_words::telling(&all).into_iter().collect();
        if telling.is_subset(&self.added) && !self.added.is_empty() {
            return Err(Refusal::because("this was added in this turn already"));
        }
        if self.tainted {
            self.texts([&add.title, &add.text, &add.description].into_iter().chain(&add.tags))?;
            self.details(&[&add.due, &add.repeat], &add.priority)?;
        }
        self.added.extend(telling);
        Ok(())
    }

    fn check_undo(&mut self, arguments: &Value) -> Verdict {
        let change = arguments["change_id"].as_i64().unwrap_or_default();
        if change != 0 && !self.changes.contains(&change) && !self.referred.contains(&change) {
            return Err(Refusal::because(
                "only the newest change, and changes of this conversation, can be undone here",
            ));
        }
        if self.undone == self.times() {
            return Err(Refusal::because("as much as the user asked for is undone"));
        }
        self.undone += 1;
        Ok(())
    }

    /// How many changes may be taken back.
    fn times(&self) -> usize {
        let says = |words: &[&str]| words.iter().any(|word| self.own.has(word));
        match () {
            () if says(&["everything", "all"]) => 5,
            () if says(&["three", "3"]) => 3,
            () if says(&["both", "two", "twice", "2"]) => 2,
            () => 1,
        }
    }

    async fn check_tasks(&mut self, deed: Deed, arguments: &Value) -> Result<Verdict, ThinkError> {
        if let (Deed::Update, Ok(update)) =
            (deed, serde_json::from_value::<UpdateTask>(arguments.clone()))
            && let Err(refusal) = self.check_fields(&update)
        {
            return Ok(Err(refusal));
        }
        let ids = match self.ids(deed, arguments).await? {
            Some(ids) => ids,
            // It names no tasks, or in a way that does not fit: the tool says so.
            None => return Ok(Ok(())),
        };
        let is_new = |guard: &Self| ids.iter().find(|id| !guard.referred.contains(id)).copied();
        if is_new(self).is_some() {
            self.look_up(deed, &ids).await?;
        }
        Ok(match is_new(self) {
            Some(id) => Err(Refusal::because(&format!(
                "the user's words do not refer to task {id}; ask them which task they mean"
            ))),
            None => Ok(()),
        })
    }

    fn check_fields(&self, update: &UpdateTask) -> Verdict {
        let clears = |text: &str| text == "none";
        let texts = [&update.title, &update.description].into_iter().chain(&update.add_tags);
        self.texts(texts.chain(&update.remove_tags).filter(|text| !clears(text)))?;
        self.details(&[&update.due, &update.repeat], &update.priority)?;
        let taken =
            [&update.description, &update.due, &update.repeat].into_iter().any(|text| clears(text));
        if (taken || !update.remove_tags.is_empty()) && !self.own.removing {
            return Err(Refusal::because("the user does not ask to take a detail away"));
        }
        Ok(())
    }

    /// Every word has to be the user's.
    fn texts<'t>(&self, texts: impl IntoIterator<Item = &'t String>) -> Verdict {
        match texts.into_iter().find_map(|text| self.own.foreign(text)) {
            Some(word) => Err(Refusal::because(&format!(
                "“{word}” is not the user's word; use the words of their own messages"
            ))),
            None => Ok(()),
        }
    }

    /// Times and urgency only where the user speaks of them.
    fn details(&self, times: &[&String], priority: &str) -> Verdict {
        if times.iter().any(|time| !time.is_empty()) && !self.own.time && !self.own.removing {
            return Err(Refusal::because(
                "the user says nothing about when; leave due and repeat out",
            ));
        }
        if !priority.is_empty() && !self.own.priority && !self.own.removing {
            return Err(Refusal::because("the user says nothing about priority; leave it out"));
        }
        Ok(())
    }

    /// The tasks that a call touches, also when it names them by a filter.
    async fn ids(&mut self, deed: Deed, arguments: &Value) -> Result<Option<Vec<i64>>, ThinkError> {
        let ids: Option<Vec<i64>> =
            arguments["ids"].as_array().map(|ids| ids.iter().filter_map(Value::as_i64).collect());
        let all = arguments["all"].as_bool().unwrap_or_default();
        let filter: Option<TaskFilter> = serde_json::from_value(arguments["filter"].clone()).ok();
        let filter = filter.filter(|filter| !filter.is_empty());
        if let Some(ids) = ids.filter(|ids| !ids.is_empty()) {
            return Ok(Some(ids));
        }
        if !all && filter.is_none() {
            return Ok(None);
        }
        let TaskFilter { due, priority, tag, q, status } = filter.unwrap_or_default();
        let usual = if deed == Deed::Reopen { "completed" } else { "pending" };
        let status = if status.is_empty() { usual.to_owned() } else { status };
        let query = ListTasks { status, due, priority, tag, q, ..ListTasks::default() };
        let (tasks, _) = self.desk.list_all(query).await?;
        Ok(Some(tasks.iter().map(|task| task.id).collect()))
    }

    /// Looks for names and kinds in the user's words.
    async fn look_up(&mut self, deed: Deed, ids: &[i64]) -> Result<(), ThinkError> {
        let mut tasks = refers::pool(deed, &mut self.desk).await?;
        for id in ids {
            if !tasks.iter().any(|task| task.id == *id) {
                tasks.extend(refers::one(*id, &self.desk).await?);
            }
        }
        let named = refers::named(&self.asked.texts, &tasks);
        let meant = if self.looked_up.contains(&deed) {
            BTreeSet::new()
        } else {
            refers::meant(&self.asked.texts, deed, &mut self.desk).await?
        };
        self.looked_up.push(deed);
        // "delete" alone, or "friday instead": what was spoken of last is meant.
        if named.is_empty() && meant.is_empty() && self.referred.is_empty() {
            self.referred.extend(&self.desk.memory.focus);
        }
        self.referred.extend(named.into_iter().chain(meant));
        Ok(())
    }
}

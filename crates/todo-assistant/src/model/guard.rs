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
mod clauses;
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
pub(crate) struct Guard<'a> {
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
pub(crate) struct Refusal(pub(crate) String);

impl Refusal {
    fn because(reason: &str) -> Self {
        Self(format!("Refused, nothing changed: {reason}."))
    }
}

type Verdict = Result<(), Refusal>;

impl<'a> Guard<'a> {
    pub(crate) fn new(turn: &'a Turn, tools: &'a dyn Tools) -> Self {
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
            referred: Referred::read(asked.orders.iter().chain(&asked.earlier), &desk).ids,
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
    pub(crate) fn commanded(&self) -> bool {
        self.asked.commands
    }

    /// Notes what came of a call that was carried out.
    pub(crate) fn saw(&mut self, tool: &str, result: &Value) {
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
    pub(crate) async fn check(
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
            are_own(
                &self.own,
                [&add.title, &add.text, &add.description].into_iter().chain(&add.tags),
            )?;
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
        // Without tasks, or with arguments that do not fit, the tool itself refuses, with a better sentence.
        let Some(ids) = self.ids(deed, arguments).await? else { return Ok(Ok(())) };
        let is_new = |guard: &Self| ids.iter().find(|id| !guard.referred.contains(id)).copied();
        if is_new(self).is_some() {
            self.look_up(deed, &ids).await?;
        }
        if let Some(id) = is_new(self) {
            return Ok(Err(Refusal::because(&format!(
                "the user's words do not refer to task {id}; ask them which task they mean"
            ))));
        }
        let update = serde_json::from_value::<UpdateTask>(arguments.clone()).ok();
        match update.filter(|_| deed == Deed::Update) {
            Some(update) => self.check_fields(&update, &ids).await,
            None => Ok(Ok(())),
        }
    }

    async fn check_fields(&self, update: &UpdateTask, ids: &[i64]) -> Result<Verdict, ThinkError> {
        let clears = |text: &str| text == "none";
        let texts: Vec<&String> = [&update.title, &update.description]
            .into_iter()
            .chain(&update.add_tags)
            .filter(|text| !clears(text))
            .collect();
        let mut own = self.own.clone();
        if texts.iter().any(|text| own.foreign(text).is_some()) {
            // A new title may keep words of the old one.
            for id in ids {
                let task = refers::one(*id, &self.desk).await?;
                own = task.map_or_else(|| own.clone(), |task| own.with(&task.title));
            }
        }
        let taken =
            [&update.description, &update.due, &update.repeat].into_iter().any(|text| clears(text))
                || !update.remove_tags.is_empty();
        Ok(are_own(&own, texts)
            .and_then(|()| self.details(&[&update.due, &update.repeat], &update.priority))
            .and_then(|()| match taken && !self.own.removing {
                true => Err(Refusal::because("the user does not ask to take a detail away")),
                false => Ok(()),
            }))
    }

    /// Times and urgency only where the user speaks of them.
    fn details(&self, times: &[&String], priority: &str) -> Verdict {
        let sets = |text: &str| !text.is_empty() && text != "none";
        if times.iter().any(|time| sets(time)) && !self.own.time {
            return Err(Refusal::because(
                "the user says nothing about when; leave due and repeat out",
            ));
        }
        if sets(priority) && !self.own.priority {
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
        let Asked { orders, earlier, .. } = &self.asked;
        let now = refers::named(orders, &tasks);
        let mut found = &now | &refers::named(earlier, &tasks);
        if !self.looked_up.contains(&deed) {
            self.looked_up.push(deed);
            let meant = refers::meant(orders, deed, &mut self.desk).await?;
            let before = refers::meant(earlier, deed, &mut self.desk).await?;
            // "Done with the bank" leaves open which one, until "the visit" says it.
            found.retain(|id| !meant.unclear.contains(id));
            found.retain(|id| now.contains(id) || !before.unclear.contains(id));
            found.extend(meant.ids.into_iter().chain(before.ids));
        }
        for id in refers::named(&refers::exceptions(orders), &tasks) {
            found.remove(&id);
            self.referred.remove(&id);
        }
        // "delete" alone, or "friday instead": what was spoken of last is meant.
        if found.is_empty() && self.referred.is_empty() {
            found.extend(&self.desk.memory.focus);
        }
        self.referred.extend(found);
        Ok(())
    }
}

/// Every word has to be the user's.
fn are_own<'t>(own: &OwnWords, texts: impl IntoIterator<Item = &'t String>) -> Verdict {
    match texts.into_iter().find_map(|text| own.foreign(text)) {
        Some(word) => Err(Refusal::because(&format!(
            "“{word}” is not the user's word; use the words of their own messages"
        ))),
        None => Ok(()),
    }
}

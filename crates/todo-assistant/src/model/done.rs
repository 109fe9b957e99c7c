//! What was done in a turn, from the receipts and nothing else.

use todo_api::tools::{Done, PlanNotice, TaskPage, TaskResult, ToolTask, names};
use todo_core::{
    PlanId, TaskNumber,
    chats::{Choice, TaskRef, ToolCall},
};

use super::guard::{Deed, Deeds};
use crate::{
    builtin::wording::{self, Voice},
    thinker::Answer,
};

/// The most tasks that an answer of a model lists as references.
const MOST_REFS: usize = 50;

/// The calls of a turn, as far as answers speak of them.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// What was changed.
    pub(super) deeds: Deeds,
    /// Something was read.
    pub(super) has_read: bool,
    plan: Option<PlanNotice>,
    sentences: Vec<String>,
    touched: Vec<i64>,
    seen: Vec<ToolTask>,
}

impl Record {
    /// Takes down one call that was carried out.
    pub(super) fn note(&mut self, call: &ToolCall, voice: &Voice) {
        if call.failed {
            return;
        }
        let Some(deed) = Deed::of(&call.tool) else { return self.read(call) };
        let Ok(done) = serde_json::from_value::<Done>(call.result.clone()) else { return };
        let task_of = |result: &TaskResult| result.task.clone();
        self.seen.extend(done.results.iter().filter_map(task_of));
        if done.change_id != 0 {
            self.deeds = self.deeds.and(Deeds::of(deed));
            self.sentences.push(sentence(deed, &done, voice));
            self.touched = done.results.iter().map(|result| result.id).collect();
        }
        if let Some(plan) = done.plan {
            self.plan = Some(plan);
        }
    }

    fn read(&mut self, call: &ToolCall) {
        self.has_read = true;
        if call.tool == names::LIST
            && let Ok(page) = serde_json::from_value::<TaskPage>(call.result.clone())
        {
            self.seen.extend(page.tasks);
        } else if call.tool == names::GET
            && let Ok(task) = serde_json::from_value::<ToolTask>(call.result.clone())
        {
            self.seen.push(task);
        }
    }

    /// Something was changed, or waits to be confirmed: the turn must not be thought through a second time.
    pub(super) fn has_written(&self) -> bool {
        !self.deeds.is_empty() || self.plan.is_some()
    }

    /// What was done, as sentences; empty when nothing was.
    pub(super) fn sentences(&self) -> String {
        self.sentences.join(" ")
    }

    /// The question of the plan that waits.
    pub(super) fn plan(&self) -> Option<&PlanNotice> {
        self.plan.as_ref()
    }

    /// An answer with this text, and everything that goes with it.
    pub(super) fn answer(&self, text: String, voice: &Voice) -> Answer {
        let refs = self.refs(&text, voice);
        let focus = match (self.plan(), self.touched.as_slice(), refs.as_slice()) {
            (Some(plan), ..) => plan.tasks.iter().map(|task| TaskNumber(task.id)).collect(),
            (None, [], [only]) => vec![only.number],
            (None, touched, _) => touched.iter().copied().map(TaskNumber).collect(),
        };
        let choice = |label: &str, say: &str| Choice {
            label: label.to_owned(),
            say: say.to_owned(),
            task: None,
        };
        let choices = match self.plan() {
            Some(_) => vec![choice("Yes", "yes"), choice("No", "no")],
            None => Vec::new(),
        };
        let plan = self.plan().map(|plan| PlanId(plan.plan_id));
        Answer { text, choices, plan, refs, focus, ..Answer::default() }
    }

    /// The tasks that a text names, in its order: what "the second one" means afterwards.
    fn refs(&self, text: &str, voice: &Voice) -> Vec<TaskRef> {
        let text = text.to_lowercase();
        let mut found: Vec<(usize, &ToolTask)> = Vec::new();
        for task in self.seen.iter().rev() {
            let title = task.title.to_lowercase();
            if found.iter().all(|(_, known)| known.id != task.id)
                && let Some(at) = text.find(&title)
            {
                found.push((at, task));
            }
        }
        found.sort_by_key(|(at, _)| *at);
        let one = |(_, task): &(usize, &ToolTask)| TaskRef {
            number: TaskNumber(task.id),
            title: task.title.clone(),
            when: voice.short(task),
            completed: task.completed,
        };
        found.iter().take(MOST_REFS).map(one).collect()
    }
}

/// One receipt in words.
fn sentence(deed: Deed, done: &Done, voice: &Voice) -> String {
    match deed {
        Deed::Add => {
            let tasks = done.results.iter().filter_map(|result| result.task.as_ref());
            let name = |task: &ToolTask| match task.due.as_str() {
                "" => wording::name(task),
                _ => format!("{}, due {}", wording::name(task), voice.long(task)),
            };
            format!("Added {}.", wording::joined(&tasks.map(name).collect::<Vec<_>>()))
        }
        Deed::Update => wording::changed(done),
        Deed::Complete => wording::completed(done, voice),
        Deed::Reopen => wording::reopened(done),
        Deed::Delete => wording::deleted(done),
        Deed::Restore => wording::restored(done),
        Deed::Undo => wording::undone(done),
    }
}

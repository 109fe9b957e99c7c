//! What was said before, as far as a grammar needs it.

use jiff::Timestamp;
use todo_core::chats::{Message, Role, TaskRef, ToolCall};

use super::{
    request::{Deed, Pending},
    target::MIDDLE,
};

/// What earlier messages make of "it", "them", "the second one", and of a reply.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// The tasks that were spoken of last.
    pub(crate) focus: Vec<i64>,
    /// The list that was shown last.
    pub(crate) refs: Vec<TaskRef>,
    /// The list was shown after the tasks of `focus` were spoken of.
    pub(crate) list_is_newer: bool,
    /// What the last answer waits to hear.
    pub(crate) pending: Option<Pending>,
    /// When the last answer was given.
    pub(crate) answered_at: Option<Timestamp>,
    /// What the last answer did.
    pub(crate) last_calls: Vec<ToolCall>,
    /// What was changed in the conversation, newest first.
    changes: Vec<(String, i64)>,
    /// The tasks that were spoken of, the last ones first, each once.
    pub(crate) mentioned: Vec<i64>,
    /// The change that the last undo wrote.
    pub(crate) last_undo: Option<i64>,
}

impl Memory {
    pub(crate) fn new(history: &[Message]) -> Self {
        let answers = || history.iter().rev().filter(|message| message.role == Role::Assistant);
        let last = history.last().filter(|message| message.role == Role::Assistant);
        let focus_at = answers().position(|message| !message.outcome.focus.is_empty());
        let refs_at = answers().position(|message| !message.outcome.refs.is_empty());
        let nth = |at: Option<usize>| at.and_then(|at| answers().nth(at));
        let undo = |call: &ToolCall| {
            (call.tool == todo_api::tools::names::UNDO).then_some(call.change).flatten()
        };
        Self {
            focus: nth(focus_at)
                .map(|message| message.outcome.focus.iter().map(|n| n.0).collect())
                .unwrap_or_default(),
            refs: nth(refs_at).map(|message| message.outcome.refs.clone()).unwrap_or_default(),
            list_is_newer: match (refs_at, focus_at) {
                (Some(refs), Some(focus)) => refs < focus,
                (refs, _) => refs.is_some(),
            },
            pending: last
                .and_then(|message| serde_json::from_value(message.outcome.pending.clone()?).ok()),
            answered_at: last.map(|message| message.at),
            last_calls: last.map(|message| message.outcome.tool_calls.clone()).unwrap_or_default(),
            changes: answers()
                .flat_map(|message| message.outcome.tool_calls.iter().rev())
                .filter_map(|call| Some((call.tool.clone(), call.change?.0)))
                .collect(),
            mentioned: answers().flat_map(|message| message.outcome.focus.iter()).fold(
                Vec::new(),
                |mut seen, task| {
                    if !seen.contains(&task.0) {
                        seen.push(task.0);
                    }
                    seen
                },
            ),
            last_undo: answers()
                .flat_map(|message| message.outcome.tool_calls.iter().rev())
                .find_map(undo)
                .map(|c| c.0),
        }
    }

    /// The changes that the last answer wrote, oldest first.
    pub(crate) fn last_changes(&self) -> impl DoubleEndedIterator<Item = &ToolCall> {
        self.last_calls.iter().filter(|call| call.change.is_some())
    }

    /// The newest change of a kind in this conversation.
    pub(crate) fn newest(&self, deed: Deed) -> Option<i64> {
        use todo_api::tools::names;
        let tool = match deed {
            Deed::Add => names::ADD,
            Deed::Complete => names::COMPLETE,
            Deed::Delete => names::DELETE,
            Deed::Edit => names::UPDATE,
        };
        self.changes.iter().find(|(name, _)| name == tool).map(|(_, change)| *change)
    }

    /// The number at a place of the last list.
    pub(crate) fn at(&self, place: i64) -> Option<i64> {
        at(&self.refs, place).map(|task| task.number.0)
    }
}

/// What is at a place of a list: counted from 1, negative ones from its end, [`MIDDLE`] in the middle of an odd number.
pub(crate) fn at<T>(list: &[T], place: i64) -> Option<&T> {
    let index = match place {
        MIDDLE => list.len() / 2,
        1.. => usize::try_from(place - 1).ok()?,
        _ => usize::try_from(list.len() as i64 + place).ok()?,
    };
    (place != MIDDLE || list.len() % 2 == 1).then(|| list.get(index)).flatten()
}

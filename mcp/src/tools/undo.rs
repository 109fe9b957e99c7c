use todo_api::tools::{Done, Undo, names};
use todo_core::{
    Caller, ChangeSeq,
    tasks::{Command, Tasks, UndoTarget},
};

use super::write;
use crate::tool::{Hints, Refusal, TaskTool};

/// `undo`
pub(super) struct UndoTool;

impl TaskTool for UndoTool {
    const NAME: &'static str = names::UNDO;
    const TITLE: &'static str = "Undo a change";
    const PROMPT: &'static str = "Takes one change back: the newest, or the one with this change_id. Twice takes back two. \
        Refused when one of its tasks was changed again since.";
    const HINTS: Hints = Hints { read_only: false, destructive: true, idempotent: false };
    type Arguments = Undo;
    type Answer = Done;

    async fn call(tasks: &Tasks, caller: &Caller, wanted: Undo) -> Result<Done, Refusal> {
        let target = match wanted.change_id {
            0 => UndoTarget::Newest,
            id => UndoTarget::Change(ChangeSeq(id)),
        };
        write(tasks, caller, Command::Undo(target), false, &wanted.request_id).await
    }

    fn text(answer: &Done) -> String {
        answer.summary.clone()
    }
}

//! Taking back what was done.

use todo_api::tools::{Undo, names};

use super::super::{
    desk::{Desk, Wrote},
    request::Undoing,
    wording,
};
use crate::thinker::ThinkError;

pub(super) async fn undo(desk: &mut Desk<'_>, undoing: Undoing) -> Result<(), ThinkError> {
    // "wait, we need it, put it back" says the same thing twice.
    if desk.undone && !matches!(undoing, Undoing::Redo) {
        return Ok(());
    }
    desk.undone = true;
    match undoing {
        Undoing::Of(deed) => match desk.memory.newest(deed) {
            Some(change) => {
                take_back(desk, change).await?;
            }
            None => desk.say("No such change was made in this conversation, so nothing changed."),
        },
        Undoing::Newest(times) => {
            for _ in 0..times {
                if !take_back(desk, 0).await? {
                    break;
                }
            }
        }
        Undoing::LastAnswer => {
            let changes: Vec<i64> = desk
                .memory
                .last_changes()
                .rev()
                .filter(|call| call.tool != names::UNDO)
                .filter_map(|call| call.change)
                .map(|c| c.0)
                .collect();
            if changes.is_empty() {
                desk.say(wording::ALL_RIGHT);
            }
            for change in changes {
                if !take_back(desk, change).await? {
                    break;
                }
            }
        }
        Undoing::Redo => match desk.memory.last_undo {
            Some(change) => {
                take_back(desk, change).await?;
            }
            None => desk.say("Nothing was undone in this conversation, so nothing changed."),
        },
    }
    Ok(())
}

/// Takes one change back; 0 is the newest. Whether that worked.
async fn take_back(desk: &mut Desk<'_>, change_id: i64) -> Result<bool, ThinkError> {
    match desk.write(names::UNDO, &Undo { change_id, ..Undo::default() }).await? {
        Wrote::Done(done) => {
            desk.say(wording::undone(&done));
            desk.focus(
                done.results.iter().filter(|result| result.task.is_some()).map(|result| result.id),
            );
            Ok(true)
        }
        Wrote::Refused(message) => {
            desk.say(wording::refused(&message));
            Ok(false)
        }
    }
}

//! What a form can be answered with beside a receipt: a closed set, as it travels in the address.

use todo_api::{ClientError, Problem};

/// Something to say about the last form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notice {
    /// The settings were saved.
    Saved,
    /// A conversation was renamed.
    Renamed,
    /// A conversation was deleted.
    ConversationDeleted,
    /// A plan was turned down.
    PlanKept,
    /// A plan was confirmed, and everything was so already.
    NothingToDo,
    /// The task, plan or change is gone.
    Missing,
    /// A later change is in the way of an undo.
    UndoConflict,
    /// The change was taken back before.
    UndoneBefore,
    /// The plan was answered before.
    PlanAnswered,
    /// The plan is too old, or its tasks are not what they were.
    PlanStale,
    /// Somebody else changed the task.
    Stale,
    /// Too much at once.
    TooFast,
    /// The backend did not answer.
    Away,
    /// The input is not usable.
    Refused,
}

/// Each with its name in addresses and what is said: a first sentence, and what follows from it.
const ALL: [(Notice, &str, &str, &str); 14] = [
    (Notice::Saved, "saved", "Settings saved", ""),
    (Notice::Renamed, "renamed", "Renamed the conversation", ""),
    (Notice::ConversationDeleted, "conversation-deleted", "Deleted the conversation", ""),
    (Notice::PlanKept, "plan-kept", "Everything stays as it is", ""),
    (Notice::NothingToDo, "nothing-to-do", "Nothing changed: it was so already", ""),
    (Notice::Missing, "missing", "Nothing changed:", "that is not there any more."),
    (
        Notice::UndoConflict,
        "undo-conflict",
        "This cannot be undone on its own.",
        "A later change is in the way. Undo that change first.",
    ),
    (Notice::UndoneBefore, "undone-before", "Nothing changed:", "this was undone before."),
    (Notice::PlanAnswered, "plan-answered", "Nothing changed:", "this plan was answered before."),
    (
        Notice::PlanStale,
        "plan-stale",
        "This plan is out of date.",
        "Nothing changed. Ask again to get a new one.",
    ),
    (
        Notice::Stale,
        "stale",
        "Changed somewhere else.",
        "Nothing was saved here; this is the task now.",
    ),
    (Notice::TooFast, "too-fast", "That was a lot at once.", "Go on in a minute."),
    (
        Notice::Away,
        "away",
        "The server did not answer.",
        "Check the list before you send it again.",
    ),
    (Notice::Refused, "refused", "The server did not take that,", "and nothing changed."),
];

impl Notice {
    fn row(self) -> &'static (Self, &'static str, &'static str, &'static str) {
        ALL.iter().find(|(notice, ..)| *notice == self).expect("every notice is in the table")
    }

    /// Its name in addresses.
    pub(crate) fn code(self) -> &'static str {
        self.row().1
    }

    /// The notice with that name.
    pub(crate) fn parse(code: &str) -> Option<Self> {
        ALL.iter().find(|(_, known, ..)| *known == code).map(|(notice, ..)| *notice)
    }

    /// What is said first, and what follows.
    pub(crate) fn sentences(self) -> (&'static str, &'static str) {
        let (_, _, lead, rest) = self.row();
        (lead, rest)
    }

    /// Whether it speaks of trouble.
    pub(crate) fn is_trouble(self) -> bool {
        !matches!(
            self,
            Self::Saved
                | Self::Renamed
                | Self::ConversationDeleted
                | Self::PlanKept
                | Self::NothingToDo
        )
    }
}

impl From<&ClientError> for Notice {
    fn from(error: &ClientError) -> Self {
        match error {
            ClientError::Refused(problem) => refusal(problem),
            ClientError::Transport(_) | ClientError::Unexpected(_) => Self::Away,
        }
    }
}

fn refusal(problem: &Problem) -> Notice {
    match (problem.code.as_str(), problem.status) {
        ("undo_conflict", _) => Notice::UndoConflict,
        ("already_undone", _) => Notice::UndoneBefore,
        ("plan_answered", _) => Notice::PlanAnswered,
        ("plan_expired" | "plan_stale", _) => Notice::PlanStale,
        (_, 404 | 410) => Notice::Missing,
        (_, 409 | 412) => Notice::Stale,
        (_, 429) => Notice::TooFast,
        (_, 500..) => Notice::Away,
        _ => Notice::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_read_as_it_was_written() {
        for (notice, ..) in ALL {
            assert_eq!(Notice::parse(notice.code()), Some(notice));
        }
        assert_eq!(Notice::parse("<script>"), None);
    }
}

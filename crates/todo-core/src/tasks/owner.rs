use crate::{ChangeSeq, TaskNumber, UserId, settings::Settings};

use super::RowChange;

/// The row that stands for one user's list: the next numbers, the counts, the settings.
///
/// Whoever holds its lock writes; so a user's writes have one order, and counts cost nothing to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// Whose list.
    pub user: UserId,
    /// The number that the next task gets.
    pub next_number: TaskNumber,
    /// The newest change; 0 before the first.
    pub seq: ChangeSeq,
    /// How many tasks are open.
    pub open: i64,
    /// How many are completed.
    pub done: i64,
    /// How many lie in the trash.
    pub trashed: i64,
    /// The settings of the user.
    pub settings: Settings,
}

impl Owner {
    /// A new user's empty list.
    pub fn new(user: UserId, settings: Settings) -> Self {
        Self {
            user,
            next_number: TaskNumber(1),
            seq: ChangeSeq(0),
            open: 0,
            done: 0,
            trashed: 0,
            settings,
        }
    }

    /// Counts what these rows changed.
    pub fn count(&mut self, rows: &[RowChange]) {
        for row in rows {
            for (image, by) in [(&row.before, -1), (&row.after, 1)] {
                let Some(task) = image else { continue };
                let counter = if task.is_deleted() {
                    &mut self.trashed
                } else if task.is_completed() {
                    &mut self.done
                } else {
                    &mut self.open
                };
                *counter += by;
            }
        }
    }
}

use serde::{Deserialize, Serialize};

use super::Invalid;

/// When to speak up: so many minutes before the task is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reminder {
    /// 0 means at the time itself; at most four weeks.
    pub minutes_before: u32,
}

/// Checks the reminders of one task: sorted, without doubles.
pub fn reminders(minutes: impl IntoIterator<Item = u32>) -> Result<Vec<Reminder>, Invalid> {
    const LONGEST: u32 = 4 * 7 * 24 * 60;
    const MOST: usize = 5;

    let mut reminders: Vec<_> =
        minutes.into_iter().map(|minutes_before| Reminder { minutes_before }).collect();
    reminders.sort_unstable();
    reminders.dedup();
    if reminders.len() > MOST || reminders.iter().any(|r| r.minutes_before > LONGEST) {
        let message =
            format!("a task has at most {MOST} reminders, each at most {LONGEST} minutes ahead");
        return Err(Invalid::new("reminders", message));
    }
    Ok(reminders)
}

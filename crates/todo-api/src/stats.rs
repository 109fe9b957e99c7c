//! The list in numbers.

use serde::{Deserialize, Serialize};
use todo_core::tasks::Stats;
use utoipa::ToSchema;

/// What somebody's list looks like in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Stats)]
pub struct StatsBody {
    /// Open tasks.
    pub open: i64,
    /// Completed tasks.
    pub completed: i64,
    /// Tasks in the trash.
    pub trashed: i64,
    /// Open tasks whose time has passed.
    pub overdue: i64,
    /// Open tasks that are due today.
    pub due_today: i64,
    /// Days in a row with a completion.
    pub streak: i64,
    /// The last 30 days, oldest first.
    pub by_day: Vec<DayBody>,
}

/// How many tasks were completed on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Day)]
pub struct DayBody {
    /// `YYYY-MM-DD`, in the user's zone.
    pub date: String,
    /// How many.
    pub completed: i64,
}

impl From<&Stats> for StatsBody {
    fn from(stats: &Stats) -> Self {
        let day = |day: &todo_core::tasks::DayCount| DayBody {
            date: day.date.to_string(),
            completed: day.completed,
        };
        Self {
            open: stats.open,
            completed: stats.completed,
            trashed: stats.trashed,
            overdue: stats.overdue,
            due_today: stats.due_today,
            streak: stats.streak,
            by_day: stats.by_day.iter().map(day).collect(),
        }
    }
}

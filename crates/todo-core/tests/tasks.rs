//! The rules of tasks, over a store in memory.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and clippy knows only its outermost function"
)]

#[path = "tasks/history.rs"]
mod history;
#[path = "tasks/lists.rs"]
mod lists;
#[path = "tasks/memory.rs"]
mod memory;
#[path = "tasks/people.rs"]
mod people;
#[path = "tasks/plans.rs"]
mod plans;
#[path = "tasks/repeats.rs"]
mod repeats;
#[path = "tasks/retries.rs"]
mod retries;
#[path = "tasks/updates.rs"]
mod updates;

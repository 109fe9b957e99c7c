//! The rules of tasks, over a store in memory.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and clippy knows only its outermost function"
)]

mod history;
mod lists;
mod memory;
mod people;
mod plans;
mod repeats;
mod retries;
mod updates;

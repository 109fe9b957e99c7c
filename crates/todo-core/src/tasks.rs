//! The use cases of tasks: one way in for every door.
//!
//! A write is a [`Command`]. It is decided by pure functions over the rows it names ([`decide()`]), inside one transaction
//! that holds the owner's row, and its result is one [`Change`]: the rows before and after. Undo, history, the idempotent
//! answer and the receipt that a person sees are all read from that one record.

mod change;
mod command;
mod decide;
mod error;
mod list;
mod owner;
mod reading;
mod service;
mod stats;
mod store;

pub use change::{Change, Item, ItemResult, Receipt, RowChange, Verb};
pub use command::{
    Command, Draft, DueInput, Field, NewTask, Patch, RepeatInput, TagEdit, Target, TaskEdit,
    UndoTarget,
};
pub use decide::{Decision, Moment, Rows, decide};
pub use error::TaskError;
pub use list::{ChangeQuery, Cursor, DueFilter, Filter, ListQuery, Page, Sort, Status};
pub use owner::Owner;
pub use reading::{ListRequest, Listing};
pub use service::Tasks;
pub use stats::{DayCount, Stats};
pub use store::{Begun, Commit, RetryKey, TagCount, TaskStore, TaskTransaction};

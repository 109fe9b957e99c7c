//! The stores of `todo-core` on SQLite and on PostgreSQL.
//!
//! [`Database`] implements every store trait. Both engines run the same SQL: placeholders are `$1`, instants are
//! microseconds, dates are text, lists are JSON text. Where they differ (full text, row locks, migrations) one `match` on
//! the backend says so. No type of the ORM leaves this crate.
//!
//! Every write to tasks goes through [`transaction`], which holds the owner's row; see `tasks::TaskTransaction` in core.

mod accounts;
mod batch;
mod changes;
mod chats;
mod commit;
mod database;
mod entities;
mod error;
mod failures;
mod lists;
mod migrations;
mod options;
mod plans;
mod rows;
mod search;
mod sessions;
mod signing_keys;
mod sql;
mod sweep;
mod tags;
mod tasks;
mod transaction;
mod turns;

pub use database::{Database, NotReady, Unreachable};
pub use options::Options;

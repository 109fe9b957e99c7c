//! The contract of the stores, told as stories that run on both databases: on SQLite always, on PostgreSQL when
//! `TEST_POSTGRES_URL` names a server on which databases may be made and dropped.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "stories are tests through and through"
)]

#[macro_use]
mod lab;
mod random;

mod accounts;
mod chats;
mod history;
mod isolation;
mod lists;
mod outages;
mod plans;
mod retries;
mod search;
mod upkeep;
mod writes;

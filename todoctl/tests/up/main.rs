//! `todoctl up` on machines of every kind. The programs on the PATH are stand-ins that answer as the real ones do.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and clippy knows only its outermost function"
)]

mod cluster;
mod images;
mod installing;
mod interrupted;
mod machine;
mod prerequisites;
mod secrets;
mod settings;

/// A database that looks right.
const DATABASE_URL: &str = "postgresql://todo:hunter2-hunter2@db.example/todo";

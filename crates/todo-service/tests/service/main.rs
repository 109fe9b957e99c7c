//! The plumbing, tested through real sockets where that matters.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and clippy knows only its outermost function"
)]

mod browsers;
mod config;
mod csrf;
mod drain;
mod failures;
mod health;
mod observe;
mod server;
mod upstream;

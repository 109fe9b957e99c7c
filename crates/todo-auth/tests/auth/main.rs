//! Accounts from outside: the router and the middleware, over a store in memory and a clock that obeys.

mod support;

mod doors;
mod keys;
mod limits;
mod passwords;
mod sessions;
mod tokens;
mod wire;

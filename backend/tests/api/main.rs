//! The REST interface, as clients meet it. The modules mirror its addresses.

mod bad_input;
mod changes;
mod chat;
mod conversations;
mod doors;
mod idempotency;
mod openapi;
mod parity;
mod plans;
mod screen;
mod settings;
mod stats;
mod tags;
mod tasks;
mod trash;

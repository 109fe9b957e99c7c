//! The rules of the Todo Chatbot, without any input or output.
//!
//! Doors (REST, MCP, chat, pages, terminal) translate what they receive into a [`tasks::Command`] and hand it to
//! [`tasks::Tasks`]; storage implements [`tasks::TaskStore`] and its siblings. Nothing in here reads a clock, draws a
//! random number or opens a connection: those are the ports in [`ports`].

pub mod accounts;
pub mod caller;
pub mod chats;
pub mod ids;
pub mod plans;
pub mod ports;
pub mod quick_add;
pub mod repeat;
pub mod settings;
pub mod store;
pub mod task;
pub mod tasks;
pub mod words;

pub use caller::{Actor, ActorKind, Caller};
pub use ids::{ChangeSeq, ConversationId, PlanId, TaskNumber, UserId};
pub use ports::{Clock, Entropy};
pub use store::StoreError;
pub use task::Task;
